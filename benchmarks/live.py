"""How soon thousands of open pages see what was committed.

    .venv/bin/python benchmarks/live.py [--watchers 5000] [--per-second 2] [--packed] [--hosts 2]

Starts the live process on one core with a scratch database of the test cluster, opens the streams
from another core, and broadcasts snapshots of a final as they grow. The lag of a watcher runs from
the moment the commit returned to the last byte of the snapshot; each watcher counts for every
snapshot. Some watchers never read, to see that they cost nobody anything. With `--hosts 2` the
watchers are shared by two live processes, each in a network of its own (`ip netns`, as root).
Prints one line of Markdown a run.
"""

import argparse
import asyncio
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
import urllib.request
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT), str(PROJECT / "src")]
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
TOPIC = "finals/1/public"
SECRET = "only for tests, where a secret need not be secret"
LIVE_CORE, CLIENT_CORE = 0, 1
STUCK = 50  # watchers that open a stream and never read from it
VERSION = re.compile(rb'"v":(\d+)')


def snapshot(version: int, *, entries: int = 30, seats: int = 7) -> dict[str, Any]:
    """A final in its middle: half the entries are through, all marks of this one are open."""
    title = {"zh": "用超声阵列听焊缝，0.3 秒判定虚焊", "en": "Hearing a cold weld in 0.3 seconds"}
    team = {"zh": "砺石智能（苏州）有限公司", "en": "Whetstone Intelligence (Suzhou)"}
    cards = [{"number": n, "code": f"MFG-{n:04}", "title": title} for n in range(1, entries + 1)]
    return {
        "v": version,
        "at": datetime.now(UTC).isoformat(),
        "rehearsal": False,
        "heat": {"name": {"zh": "智能制造阶段赛", "en": "Smart manufacturing heat"}},
        "scene": "marks",
        "entry": {**cards[version % entries], "id": version % entries, "team": team},
        "clock": {"phase": "questions", "seconds": 420, "left": 12, "paused": True},
        "marks": [{"seat": s, "total": f"{70 + (s * version) % 25}.5"} for s in range(1, seats + 1)],
        "sealed": seats,
        "seats": seats,
        "standing": [{"place": c["number"], "entry": c, "score": "88.20"} for c in cards],
        "order": [{**card, "state": "waiting"} for card in cards],
    }


@dataclass
class Tally:
    """What all watchers saw."""

    committed: dict[int, float] = field(default_factory=dict)
    seen: list[tuple[int, float]] = field(default_factory=list)
    known: dict[bytes, int] = field(default_factory=dict)  # events are the same bytes for all

    def note(self, event: bytes, at: float) -> None:
        if event not in self.known:
            self.known[event] = self._version(event)
        if self.known[event]:
            self.seen.append((self.known[event], at))

    def _version(self, event: bytes) -> int:
        if b"event: " not in event and b"retry: " not in event:
            event = zlib.decompressobj(-15).decompress(event.removeprefix(bytes(10)))
        found = VERSION.search(event) if event.startswith(b"event: snapshot") else None
        return int(found[1]) if found else 0


class Watcher(asyncio.Protocol):
    """Takes a stream apart into the pieces in which it was written."""

    def __init__(self, path: str, host: str, tally: Tally, *, is_packed: bool) -> None:
        accept = "Accept-Encoding: gzip\r\n" if is_packed else ""
        self.question = f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{accept}\r\n".encode()
        self.tally = tally
        self.rest = b""
        self.is_open = False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.question)

    def data_received(self, data: bytes) -> None:
        at = time.monotonic()
        self.rest = self.rest + data if self.rest else data
        if not self.is_open:
            head, found, self.rest = self.rest.partition(b"\r\n\r\n")
            if not found:
                self.rest = head
                return
            assert head.startswith(b"HTTP/1.1 200"), head
            self.is_open = True
        while (cut := self.rest.find(b"\r\n")) > 0:
            end = cut + 2 + int(self.rest[:cut], 16)
            if len(self.rest) < end + 2:
                return
            self.tally.note(self.rest[cut + 2 : end].removeprefix(HEAD), at)
            self.rest = self.rest[end + 2 :]


class Stuck(asyncio.Protocol):
    """A phone in a tunnel: the stream is open, and nobody reads it."""

    def __init__(self, question: bytes) -> None:
        self.question = question

    def connection_made(self, transport: Any) -> None:
        transport.write(self.question)
        transport.pause_reading()


@contextmanager
def scratch_database() -> Iterator[str]:
    """A copy of the migrated test database, gone afterwards; the cluster listens to nobody else."""
    import psycopg
    from psycopg import sql
    from tests.databases import CLUSTER, template

    CLUSTER.start()
    os.environ["DATABASE_URL"] = CLUSTER.url
    name = f"bench_live_{os.getpid()}"
    made, whole = sql.Identifier(name), sql.Identifier(template())
    with psycopg.connect(CLUSTER.url, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(made, whole))
    os.environ["DATABASE_URL"] = CLUSTER.url_of(name)
    try:
        import django

        django.setup()
        yield os.environ["DATABASE_URL"]
    finally:
        with psycopg.connect(CLUSTER.url, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(made))


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


async def watch(hosts: list[tuple[str, int]], tally: Tally, args: argparse.Namespace) -> list[Any]:
    """All streams open, in waves so that the queue of the listening socket suffices."""
    from leitai.foundation import tokens

    ticket = tokens.sign(TOPIC, until=datetime.now(UTC) + timedelta(hours=1), secret=SECRET)
    path = f"/live/{TOPIC}?token={ticket}"
    loop = asyncio.get_running_loop()
    opened = []
    for number in range(args.watchers + STUCK):
        host, port = hosts[number % len(hosts)]
        one = Watcher(path, host, tally, is_packed=args.packed)
        protocol = one if number < args.watchers else Stuck(one.question)
        opened.append(await loop.create_connection(lambda p=protocol: p, host, port))
        if number % 100 == 99:
            await asyncio.sleep(0.02)
    for _ in range(300):
        if all(one.is_open for _, one in opened[: args.watchers]):
            return opened
        await asyncio.sleep(0.1)
    raise SystemExit("not all streams opened")


async def push(tally: Tally, args: argparse.Namespace) -> int:
    """Broadcast at the wished rate; yields how large a snapshot was."""
    from leitai.foundation import live

    def commit(version: int) -> int:
        body = snapshot(version)
        live.broadcast(TOPIC, version, body)
        tally.committed[version] = time.monotonic()
        return len(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode())

    size, start = 0, time.monotonic()
    for number in range(1, int(args.seconds * args.per_second) + 1):
        await asyncio.sleep(max(0.0, start + number / args.per_second - time.monotonic()))
        size = await asyncio.to_thread(commit, number)
    return size


async def run(hosts: list[tuple[str, int]], pids: list[int], args: argparse.Namespace) -> None:
    tally = Tally()
    before = sum(map(memory_mib, pids))
    began = time.monotonic()
    opened = await watch(hosts, tally, args)
    opening = time.monotonic() - began
    idle = sum(map(memory_mib, pids))
    cpu = sum(map(cpu_seconds, pids))
    size = await push(tally, args)
    cpu = sum(map(cpu_seconds, pids)) - cpu
    await asyncio.sleep(5)
    loaded = sum(map(memory_mib, pids))
    for transport, _ in opened:
        transport.abort()
    due = args.watchers * len(tally.committed)
    lags = sorted(at - tally.committed[version] for version, at in tally.seen)
    newest = max(tally.committed)
    last = sum(version == newest for version, _ in tally.seen)
    p50, p95, p99 = (lags[int(len(lags) * share)] for share in (0.50, 0.95, 0.99))
    print(
        f"| {len(hosts)} | {args.watchers:,} | {args.per_second:g} | {size / 1000:.1f}"
        f" {'gzip' if args.packed else 'plain'} | {p50 * 1000:.0f} | {p95 * 1000:.0f}"
        f" | {p99 * 1000:.0f} | {lags[-1] * 1000:.0f} | {100 * len(lags) / due:.2f} %"
        f" | {last:,} | {100 * cpu / args.seconds:.0f} % | {before:.0f} → {idle:.0f} → {loaded:.0f}"
        f" | {opening:.1f} |",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--watchers", type=int, default=5000)
    parser.add_argument("--per-second", type=float, default=2.0)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--packed", action="store_true", help="ask for gzip, as browsers do")
    parser.add_argument("--hosts", type=int, default=1, choices=(1, 2))
    parser.add_argument("--port", type=int, default=8391)
    args = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with ExitStack() as stack:
        url = stack.enter_context(scratch_database())
        hosts, pids = [], []
        for number in range(1, args.hosts + 1):
            is_far = args.hosts > 1
            host = stack.enter_context(network(number)) if is_far else "127.0.0.1"
            within = ["ip", "netns", "exec", f"leitai{number}"] if is_far else []
            hosts.append((host, args.port))
            pids.append(stack.enter_context(live_process(url, args.port, within, host)))
        os.sched_setaffinity(0, {CLIENT_CORE})
        print(f"load {os.getloadavg()[0]:.1f}", file=sys.stderr)
        asyncio.run(run(hosts, pids, args))


HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"

if __name__ == "__main__":
    main()
