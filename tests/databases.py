"""A migrated database for each run of the tests, without migrating each time.

It is made once for each state of the migrations, and every run gets a copy: a copy takes a
moment, the migrations take long. Several people may run tests side by side.
"""

import fcntl
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from leitai.foundation.postgres import Cluster

PROJECT = Path(__file__).resolve().parents[1]
CLUSTER = Cluster(folder=PROJECT / ".data" / "test-pg", fast=True)
TEMPLATE = "template_leitai_"
KEPT = 3


def template() -> str:
    """The name of a database with today's migrations; made now if it is missing."""
    name = TEMPLATE + fingerprint()
    with _alone():
        if os.environ["DATABASE_URL"] == CLUSTER.url:
            CLUSTER.start()
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            _drop_leftovers(server)
            if name not in _names(server):
                _build(server, name)
    return name


def fingerprint() -> str:
    """Changes whenever a migration or a pinned package does."""
    files = [*sorted((PROJECT / "src").rglob("migrations/*.py")), PROJECT / "requirements/base.txt"]
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file.relative_to(PROJECT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _build(server: psycopg.Connection, name: str) -> None:
    making = f"making_{name}"
    _drop(server, making)
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
    base, query = os.environ["DATABASE_URL"].partition("?")[::2]
    url = f"{base.rpartition('/')[0]}/{making}?{query}"
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "leitai.site.settings",
        "PYTHONPATH": str(PROJECT / "src"),
    }
    for command in (["migrate", "-v0"], ["createcachetable", "-v0"]):
        done = subprocess.run(
            [sys.executable, "-m", "django", *command],
            env=environment,
            cwd=PROJECT,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"The migrations do not run:\n{done.stderr[-2000:]}")
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    server.execute(rename.format(sql.Identifier(making), sql.Identifier(name)))


def _drop_leftovers(server: psycopg.Connection) -> None:
    """What killed runs left behind, and templates of older migrations."""
    names = _names(server)
    for name in names:
        run = re.fullmatch(r"test_leitai_(\d+)(_gw\d+)?", name)
        if run and not Path(f"/proc/{run[1]}").exists() and Path("/proc/self").exists():
            _drop(server, name)
    for name in [name for name in names if name.startswith(TEMPLATE)][:-KEPT]:
        _drop(server, name)


def _names(server: psycopg.Connection) -> list[str]:
    """All databases, the oldest first."""
    return [row[0] for row in server.execute("SELECT datname FROM pg_database ORDER BY oid")]


def _drop(server: psycopg.Connection, name: str) -> None:
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    server.execute(drop.format(sql.Identifier(name)))


@contextmanager
def _alone() -> Iterator[None]:
    CLUSTER.folder.parent.mkdir(parents=True, exist_ok=True)
    with (CLUSTER.folder.parent / "test-template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def end_if_idle() -> None:
    """End the test cluster, unless somebody else's tests still use it."""
    with _alone():
        if not CLUSTER.is_running():
            return
        with psycopg.connect(CLUSTER.url) as server:
            others = server.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            ).fetchone()
        if others == (0,):
            CLUSTER.stop()


if __name__ == "__main__":
    end_if_idle()
