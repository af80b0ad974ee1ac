"""Leitai's three kinds of processes; of each, any number, on any machine, with one database."""

import argparse
import os
import resource

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from leitai.site import environment


def serve(words: list[str]) -> int:
    """answer browsers: pages and API"""
    parser = argparse.ArgumentParser(prog="leitai serve", description="Answer browsers.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=environment.web_port())
    parser.add_argument("--workers", type=int, default=max(1, min(4, (os.cpu_count() or 1) // 2)))
    parser.add_argument("--threads", type=int, default=12, help="in each worker")
    args = parser.parse_args(words)
    os.environ["LEITAI_PORT"] = str(args.port)
    Server(
        "leitai.site.wsgi:application",
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=args.workers,
        blocking_threads=args.threads,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        websockets=False,
        log_level=LogLevels.error,
    ).serve()
    return 0


def live(words: list[str]) -> int:
    """tell open pages when something is new"""
    parser = argparse.ArgumentParser(prog="leitai live", description="Tell open pages what is new.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=environment.live_port())
    args = parser.parse_args(words)
    _open_as_many_as_allowed()
    Server(
        "leitai.site.live.app:application",
        address=args.host,
        port=args.port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=1,  # one hub; more hosts carry more watchers
        backpressure=100_000,  # open streams, which only wait
        respawn_failed_workers=True,
        workers_kill_timeout=1,  # streams lose nothing: browsers come back
        websockets=False,
        log_level=LogLevels.error,
    ).serve()
    return 0


def _open_as_many_as_allowed() -> None:
    """Every open page is an open file, and shells commonly allow no more than 1,024 of them."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def work(words: list[str]) -> int:
    """do the work that waits in the background"""
    parser = argparse.ArgumentParser(prog="leitai work", description="Do the work that waits.")
    parser.add_argument("--concurrency", type=int, default=1, help="jobs at once in this process")
    parser.add_argument("--name", default="", help="what to call this worker in the log")
    args = parser.parse_args(words)

    import django

    django.setup()
    from procrastinate.contrib.django import app

    # SIGTERM lets running jobs end first; see PROCRASTINATE_WORKER_DEFAULTS for how long.
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(concurrency=args.concurrency, name=args.name or None)
    return 0


SERVICES = {"serve": serve, "work": work, "live": live}
