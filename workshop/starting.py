"""python3 dev.py start"""

import argparse
import fcntl
import json
import os
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from workshop.processes import Child, end, look_after
from workshop.setting_up import SET_UP_STEPS, set_up
from workshop.steps import PROJECT, PYTHON, Steps, Stop, run, tell

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
PATIENCE = 60.0
DEMO = PROJECT / "src/leitai/site/management/commands/demo.py"


def start(args: argparse.Namespace, rest: Sequence[str]) -> int:
    signal.signal(signal.SIGTERM, _like_ctrl_c)
    signal.signal(signal.SIGHUP, _like_ctrl_c)
    refuse_taken(args.host, args.port)
    data = args.data.absolute()
    with _alone_with(data):
        steps = Steps(SET_UP_STEPS + 4)
        set_up(steps, packages="base")
        environment = surroundings(args, data)
        own_database = "DATABASE_URL" not in os.environ
        try:
            _database(steps, data, environment, own=own_database, size=args.size)
            _run_until_told(steps, args, environment)
        finally:
            if own_database:
                _postgres("stop", data, environment)
                tell("Everything has ended; the data stays.")
    return 0


def surroundings(args: argparse.Namespace, data: Path) -> dict[str, str]:
    """What the processes are told; whatever is set already wins."""
    told = {
        "LEITAI_PORT": str(args.port),
        "LEITAI_LIVE_PORT": str(free_port(args.host, args.port + 1)),
        "LEITAI_HOSTS": ",".join(names_of(args.host)),
    }
    if args.host in LOOPBACK:  # one click makes you organiser: for this machine only
        told["LEITAI_DEMO"] = "1"
    always = {"LEITAI_DATA": str(data), "PYTHONUNBUFFERED": "1"}
    return {**told, **os.environ, **always, "LEITAI_PORT": str(args.port)}


def names_of(host: str) -> list[str]:
    names = ["localhost", "127.0.0.1", "[::1]"]
    if host in {"0.0.0.0", "::"}:  # noqa: S104
        own = socket.gethostname()
        names += [own, *socket.gethostbyname_ex(own)[2]]
    elif host not in LOOPBACK:
        names.append(host)
    return names


def _database(
    steps: Steps, data: Path, environment: Mapping[str, str], *, own: bool, size: str
) -> None:
    with steps("PostgreSQL") as notes:
        if own:
            _postgres("start", data, environment)
        notes.append(f"in {data / 'pg'}" if own else "at DATABASE_URL")
    with steps("Database and static files"):
        trouble = "The database could not be prepared."
        said = run([PYTHON, "-m", "leitai", "prepare"], trouble=trouble, environment=environment)
    with steps(f"Demo data, size {size}") as notes:
        if "empty" not in said.split():
            notes.append("data is there already, and stays")
        elif not DEMO.exists():
            notes.append("none yet")
        else:
            command = [PYTHON, "-m", "leitai", "demo", "--size", size]
            run(command, trouble="The demo data could not be written.", environment=environment)


def _postgres(verb: str, data: Path, environment: Mapping[str, str]) -> None:
    command = [PYTHON, "-m", "leitai.foundation.postgres", verb, data / "pg"]
    run(command, trouble="PostgreSQL could not " + verb + ".", environment=environment)


def _run_until_told(steps: Steps, args: argparse.Namespace, environment: Mapping[str, str]) -> None:
    leitai = [str(PYTHON), "-m", "leitai"]
    live = ["live", "--host", args.host, "--port", environment["LEITAI_LIVE_PORT"]]
    children = [
        Child(
            "web", [*leitai, "serve", "--host", args.host, "--port", str(args.port)], environment
        ),
        Child("live", [*leitai, *live], environment),
        Child("worker", [*leitai, "work"], environment),
    ]
    try:
        with steps("Web, live process and worker"):
            _wait_until_well(children, args)
        tell(f"\nLeitai is ready: http://{_shown(args.host)}:{args.port}/")
        tell("Ctrl-C ends it.")
        while True:
            look_after(children)
            time.sleep(0.3)
    except KeyboardInterrupt:
        tell("\nEnding …")
    finally:
        end(children)


def _wait_until_well(children: Sequence[Child], args: argparse.Namespace) -> None:
    deadline = time.monotonic() + PATIENCE
    address = f"http://{_shown(args.host)}:{args.port}/healthz"
    facts: dict[str, str] = {}
    while time.monotonic() < deadline:
        look_after(children)
        if (facts := health(address)).get("status") == "ok":
            return
        time.sleep(0.1)
    if facts.get("database") != "ok":
        raise Stop(f"Leitai does not answer at {address}; the lines above should say why.")
    tell(f"        some parts are not well yet: {facts}")


def health(address: str) -> dict[str, str]:
    """What /healthz says; nothing while it does not answer. Never through a proxy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=5) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        return json.load(error) if error.code == 503 else {}
    except (OSError, ValueError):
        return {}


def _shown(host: str) -> str:
    if host in {"0.0.0.0", "::"}:  # noqa: S104
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def refuse_taken(host: str, port: int) -> None:
    if not _is_free(host, port):
        raise Stop(
            f"Port {port} is taken; choose another one: python3 dev.py start --port {port + 10}"
        )


def free_port(host: str, first: int) -> int:
    return next(port for port in range(first, first + 50) if _is_free(host, port))


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


@contextmanager
def _alone_with(data: Path) -> Iterator[None]:
    """Two Leitais on one data folder would tread on each other's toes."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "start.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stop(
                f"Leitai runs with the data in {data} already; end it, or choose another folder: "
                "python3 dev.py start --port 8010 --data .data2"
            ) from None
        yield


def _like_ctrl_c(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
