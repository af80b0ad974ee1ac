"""A platform of one's own for a trial: database, web, live and worker, on free ports, in a folder.

Its processes can be killed one by one and come back; nothing else on the machine is touched.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
PATIENCE = 180.0
NEAR = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Platform:
    """`kill` ends a whole process group that we started, as a power cut would."""

    folder: Path
    port: int = field(default_factory=free_port)
    live_port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        own = {
            "LEITAI_DATA": str(self.folder), "LEITAI_PORT": str(self.port),
            "LEITAI_LIVE_PORT": str(self.live_port), "LEITAI_HOSTS": "localhost,127.0.0.1",
            "PYTHONPATH": str(PROJECT / "src"), "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "leitai.site.settings",
        }  # fmt: skip
        return {**kept, **own}

    def begin(self) -> None:
        self.database("start")
        subprocess.run(
            [sys.executable, "-m", "leitai", "prepare"], env=self.environment(), cwd=PROJECT,
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        for name in ("web", "live", "work"):
            self.start(name)
        self.wait()

    def database(self, verb: str) -> None:
        command = [sys.executable, "-m", "leitai.foundation.postgres", verb]
        subprocess.run(
            [*command, str(self.folder / "pg")], env=self.environment(), cwd=PROJECT, check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self, name: str) -> None:
        words = {
            "web": ["serve", "--port", str(self.port), "--workers", "1"],
            "live": ["live", "--port", str(self.live_port)],
            "work": ["work"],
        }[name]
        log = (self.folder / f"{name}.log").open("ab")
        self.running[name] = subprocess.Popen(
            [sys.executable, "-m", "leitai", *words], env=self.environment(), cwd=PROJECT,
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip

    def kill(self, name: str, how: int = signal.SIGKILL) -> None:
        process = self.running.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=15)

    def wait(self) -> None:
        """Until a page comes and the live process listens."""
        deadline = time.monotonic() + PATIENCE
        doors = [f"{self.url}/", f"http://127.0.0.1:{self.live_port}/live/health"]
        while not all(_answers(door) for door in doors):
            if time.monotonic() > deadline:
                raise TimeoutError(f"no answer; the logs in {self.folder} should say why")
            time.sleep(0.3)

    def end(self) -> None:
        for name in list(self.running):
            self.kill(name, signal.SIGTERM)
        self.database("stop")


def _answers(address: str) -> bool:
    try:
        with NEAR.open(address, timeout=10) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False
