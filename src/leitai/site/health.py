"""How Leitai is, for whoever watches over it."""

import json
import urllib.request
from typing import Any

import psycopg
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from leitai import __version__
from leitai.foundation.doors import public
from leitai.site import environment

PATIENCE = 2  # seconds; the database driver waits no less
WORKER_SILENCE = 40  # seconds; a worker gives a sign of life every ten

NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))

WORKERS = """
    SELECT count(*) FROM procrastinate_workers
    WHERE last_heartbeat > now() - make_interval(secs => %s)
"""


@public
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """503 only without a database: without a worker or the live process pages still work."""
    worker = workers_state()
    parts = {
        "database": "down" if worker is None else "ok",
        "worker": worker or "unknown",
        "live": live_state(),
    }
    status = "ok" if set(parts.values()) == {"ok"} else "degraded"
    if parts["database"] == "down":
        status = "down"
    body = {"status": status, **parts, "version": __version__}
    return JsonResponse(body, status=503 if status == "down" else 200)


def workers_state() -> str | None:
    """None when the database does not answer. Asked on a connection of its own: a health check
    must neither wait for the pool nor be fooled by it."""
    try:
        with psycopg.connect(address(), connect_timeout=PATIENCE) as connection:
            connection.execute(f"SET statement_timeout = '{PATIENCE}s'")
            return _workers_seen(connection)
    except psycopg.Error:
        return None


def address() -> str:
    """The database this process works with (in tests, not the one of the environment)."""
    at = settings.DATABASES["default"]
    given = {
        "dbname": "NAME",
        "user": "USER",
        "password": "PASSWORD",
        "host": "HOST",
        "port": "PORT",
    }
    words = {key: str(at[name]) for key, name in given.items() if at[name]}
    options = {key: value for key, value in at["OPTIONS"].items() if isinstance(value, str)}
    return psycopg.conninfo.make_conninfo(**words, **options)


def _workers_seen(connection: psycopg.Connection[Any]) -> str:
    try:
        row = connection.execute(WORKERS, [WORKER_SILENCE]).fetchone()
    except psycopg.errors.UndefinedTable:
        return "down"  # the tables are not there yet
    return "ok" if row and row[0] else "down"


def live_state() -> str:
    try:
        at = f"http://127.0.0.1:{environment.live_port()}/live/health"
        with NO_PROXY.open(at, timeout=PATIENCE) as answer:
            return "ok" if json.load(answer)["listening"] else "degraded"
    except (OSError, ValueError, KeyError):
        return "down"
