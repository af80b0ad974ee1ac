"""Hosts for the benchmark of the live process: a database, networks, the process on one core."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SECRET = "only for tests, where a secret need not be secret"
LIVE_CORE = 0


def favour(pid: int) -> None:
    """Linux shares processors among sessions first, so `nice` has to be said to each of them."""
    group = Path(f"/proc/{pid}/autogroup")
    if os.nice(0) < 0 and group.exists():
        group.write_text(str(os.nice(0)))


@contextmanager
def database() -> Iterator[str]:
    """A PostgreSQL of its own, with the one table that the live process reads."""
    from leitai.foundation.postgres import Cluster

    with tempfile.TemporaryDirectory(prefix="leitai-bench-") as folder:
        cluster = Cluster(folder=Path(folder) / "pg")
        cluster.start()
        favour(int((cluster.folder / "postmaster.pid").read_text().split()[0]))
        os.environ["DATABASE_URL"] = cluster.url
        try:
            import django

            django.setup()
            from django.db import connection

            from leitai.foundation.models import Broadcast

            with connection.schema_editor() as editor:
                editor.create_model(Broadcast)
            yield cluster.url
        finally:
            cluster.stop()


@contextmanager
def network(number: int) -> Iterator[str]:
    """A host of its own as far as networks go; yields its address."""
    name, ours, theirs = f"leitai{number}", f"leitai-a{number}", f"leitai-b{number}"
    address = f"10.77.{number}"
    words = [
        f"ip netns add {name}",
        f"ip link add {ours} type veth peer name {theirs} netns {name}",
        f"ip address add {address}.1/24 dev {ours}",
        f"ip link set {ours} up",
        f"ip -n {name} address add {address}.2/24 dev {theirs}",
        f"ip -n {name} link set {theirs} up",
        f"ip -n {name} link set lo up",
    ]
    try:
        for line in words:
            subprocess.run(line.split(), check=True)
        yield f"{address}.2"
    finally:
        subprocess.run(["ip", "netns", "delete", name], check=False)


@contextmanager
def live_process(url: str, port: int, within: list[str], host: str) -> Iterator[int]:
    """The real thing, held to one core; yields its process id."""
    command = [*within, "taskset", "-c", str(LIVE_CORE)]
    command += [sys.executable, "-m", "leitai", "live", "--host", host, "--port", str(port)]
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "LEITAI_SECRET_KEY": SECRET,
        "PYTHONPATH": str(PROJECT / "src"),
    }
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        favour(process.pid)
        _until_listening(f"http://{host}:{port}/live/health")
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _until_listening(address: str) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if json.load(answer)["listening"]:
                    return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the live process does not listen")


def family(pid: int) -> list[int]:
    """The process and those below it; granian serves from a child."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid"], capture_output=True, text=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()[1:]]
    found = [pid]
    for parent in found:
        found += [child for child, above in pairs if above == parent]
    return found


def memory_mib(pid: int) -> float:
    """What the processes hold for themselves: shared pages are counted once."""
    total = 0
    for member in family(pid):
        rollup = Path(f"/proc/{member}/smaps_rollup").read_text()
        total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.M)[1])
    return total / 1024


def cpu_seconds(pid: int) -> float:
    ticks = 0
    for member in family(pid):
        stat = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        ticks += int(stat[11]) + int(stat[12])
    return ticks / os.sysconf("SC_CLK_TCK")
