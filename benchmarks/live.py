"""How soon thousands of open pages see what was committed.

    .venv/bin/python benchmarks/live.py [--watchers 5000] [--per-second 2] [--packed] [--hosts 2]

Starts the live process on one core with a PostgreSQL of its own, opens the streams from another
core, and broadcasts snapshots of a final as they grow. The lag of a watcher runs from
the moment the commit returned to the last byte of the snapshot; each watcher counts for every
snapshot. Some watchers never read, to see that they cost nobody anything. With `--hosts 2` the
watchers are shared by two live processes, each in a network of its own (`ip netns`, as root).
Prints one line of Markdown a run.
"""

import argparse
import json
import os
import random
import re
import resource
import select
import socket
import string
import sys
import threading
import time
import zlib
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "src")]
os.environ["DJANGO_SETTINGS_MODULE"] = "leitai.site.settings"
os.environ["LEITAI_NO_POOL"] = "1"

from live_hosts import (  # noqa: E402
    SECRET,
    cpu_seconds,
    database,
    favour,
    live_process,
    memory_mib,
    network,
)

TOPIC = "finals/1/public"
CLIENT_CORE = 1
STUCK = 50  # watchers that open a stream and never read from it
VERSION = re.compile(rb'"v":(\d+)')
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


def words(seed: int) -> dict[str, str]:
    """A title that packs worse than a real one: letters without any order."""
    chance = random.Random(seed)
    zh = "".join(chr(0x4E00 + chance.randrange(3000)) for _ in range(18))
    return {"zh": zh, "en": "".join(chance.choices(string.ascii_lowercase + "     ", k=42))}


def snapshot(version: int, *, entries: int = 30, seats: int = 7) -> dict[str, Any]:
    """A final in its middle: half the entries are through, all marks of this one are open."""
    cards = [{"number": n, "code": f"MFG-{n:04}", "title": words(n)} for n in range(1, entries + 1)]
    return {
        "v": version,
        "at": datetime.now(UTC).isoformat(),
        "rehearsal": False,
        "heat": {"name": {"zh": "智能制造阶段赛", "en": "Smart manufacturing heat"}},
        "scene": "marks",
        "entry": {**cards[version % entries], "id": version % entries, "team": words(0)},
        "clock": {"phase": "questions", "seconds": 420, "left": 12, "paused": True},
        "marks": [
            {"seat": s, "total": f"{70 + (s * version) % 25}.5"} for s in range(1, seats + 1)
        ],
        "sealed": seats,
        "seats": seats,
        "standing": [{"place": c["number"], "entry": c, "score": "88.20"} for c in cards],
        "order": [{**card, "state": "waiting"} for card in cards],
    }


class Crowd:
    """All watchers, in one plain loop: this client must not be slower than what it measures.

    A piece of a stream is the same bytes for everybody, so each is read once and known afterwards.
    """

    def __init__(self, *, is_packed: bool) -> None:
        self.is_packed = is_packed
        self.poll = select.epoll()
        self.sockets: dict[int, socket.socket] = {}
        self.rest: dict[int, bytes] = {}  # pieces that came in parts
        self.stuck: list[socket.socket] = []
        self.seen: dict[int, list[float]] = {}  # version: when each watcher had its last byte
        self.known: dict[bytes, int] = {}
        self.closed = 0

    def open(self, host: str, port: int, path: str, *, is_stuck: bool) -> None:
        accept = "Accept-Encoding: gzip\r\n" if self.is_packed else ""
        one = socket.create_connection((host, port))
        one.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{accept}\r\n".encode())
        if is_stuck:
            self.stuck.append(one)
            return
        head = b""
        while b"\r\n\r\n" not in head:
            head += one.recv(4096)
        assert head.startswith(b"HTTP/1.1 200"), head
        one.setblocking(False)
        self.sockets[one.fileno()] = one
        self.rest[one.fileno()] = head.partition(b"\r\n\r\n")[2]
        self.poll.register(one.fileno(), select.EPOLLIN)

    def read(self, seconds: float) -> None:
        """Whatever arrives, until so many seconds have gone by."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            for number, _event in self.poll.poll(left):
                data = self.sockets[number].recv(262_144)
                at = time.monotonic()
                if not data:
                    self.closed += 1
                    self.poll.unregister(number)
                elif not self.rest[number] and (version := self.known.get(data)) is not None:
                    self._note(version, at)
                else:
                    self.rest[number] = self._pieces(self.rest[number] + data, at)

    def _pieces(self, data: bytes, at: float) -> bytes:
        """Notes what is whole and returns what is not."""
        while (cut := data.find(b"\r\n")) > 0:
            end = cut + 2 + int(data[:cut], 16) + 2
            if len(data) < end:
                break
            piece, data = data[:end], data[end:]
            if piece not in self.known:
                self.known[piece] = version_of(piece[cut + 2 : -2])
            self._note(self.known[piece], at)
        return data

    def _note(self, version: int, at: float) -> None:
        if version:
            self.seen.setdefault(version, []).append(at)


def version_of(event: bytes) -> int:
    """Zero for what is no snapshot."""
    if not event.startswith((b"event: ", b"retry: ")):
        event = zlib.decompressobj(-15).decompress(event.removeprefix(GZIP_HEAD))
    found = VERSION.search(event) if event.startswith(b"event: snapshot") else None
    return int(found[1]) if found else 0


def gather(hosts: list[tuple[str, int]], args: argparse.Namespace) -> Crowd:
    """All streams open, and what stands already read."""
    from leitai.foundation import tokens

    ticket = tokens.sign(TOPIC, until=datetime.now(UTC) + timedelta(hours=1), secret=SECRET)
    crowd = Crowd(is_packed=args.packed)
    for number in range(args.watchers + STUCK):
        host, port = hosts[number % len(hosts)]
        path = f"/live/{TOPIC}?token={ticket}"
        crowd.open(host, port, path, is_stuck=number >= args.watchers)
    crowd.read(1)
    return crowd


def push(committed: dict[int, float], args: argparse.Namespace) -> None:
    """Broadcast at the wished rate, and note when each commit returned."""
    from leitai.foundation import live

    start = time.monotonic()
    for number in range(1, int(args.seconds * args.per_second) + 1):
        time.sleep(max(0.0, start + number / args.per_second - time.monotonic()))
        live.broadcast(TOPIC, number, snapshot(number))
        committed[number] = time.monotonic()


def run(hosts: list[tuple[str, int]], pids: list[int], args: argparse.Namespace) -> None:
    before = sum(map(memory_mib, pids))
    began = time.monotonic()
    crowd = gather(hosts, args)
    opening = time.monotonic() - began - 1
    idle, cpu = sum(map(memory_mib, pids)), sum(map(cpu_seconds, pids))
    committed: dict[int, float] = {}
    pusher = threading.Thread(target=push, args=(committed, args))
    pusher.start()
    crowd.read(args.seconds + 1)
    cpu = sum(map(cpu_seconds, pids)) - cpu
    crowd.read(3)
    pusher.join()
    loaded = sum(map(memory_mib, pids))
    lags = sorted(at - committed[v] for v, times in crowd.seen.items() for at in times)
    first = sorted(min(times) - committed[v] for v, times in crowd.seen.items())
    p50, p95, p99 = (lags[int(len(lags) * share)] * 1000 for share in (0.50, 0.95, 0.99))
    size = len(json.dumps(snapshot(1), ensure_ascii=False, separators=(",", ":")).encode())
    seen, last = 100 * len(lags) / (args.watchers * len(committed)), crowd.seen[max(committed)]
    print(
        f"| {len(hosts)} | {args.watchers:,} | {args.per_second:g} | {size / 1000:.1f}"
        f" {'gzip' if args.packed else 'plain'} | {first[len(first) // 2] * 1000:.0f} | {p50:.0f}"
        f" | {p95:.0f} | {p99:.0f} | {lags[-1] * 1000:.0f} | {seen:.1f} % | {len(last):,}"
        f" | {crowd.closed} | {100 * cpu / (args.seconds + 1):.0f} %"
        f" | {before:.0f} → {idle:.0f} → {loaded:.0f} | {opening:.1f} |",
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
    favour(os.getpid())
    with ExitStack() as stack:
        url = stack.enter_context(database())
        hosts, pids = [], []
        for number in range(1, args.hosts + 1):
            is_far = args.hosts > 1
            host = stack.enter_context(network(number)) if is_far else "127.0.0.1"
            within = ["ip", "netns", "exec", f"leitai{number}"] if is_far else []
            hosts.append((host, args.port))
            pids.append(stack.enter_context(live_process(url, args.port, within, host)))
        os.sched_setaffinity(0, {CLIENT_CORE})
        print(f"load {os.getloadavg()[0]:.1f}", file=sys.stderr)
        run(hosts, pids, args)


if __name__ == "__main__":
    main()
