"""Keeping Leitai's processes alive, and ending them all."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from workshop.steps import PROJECT, tell

PATIENCE = 12.0  # seconds between asking a process to end and ending it
LONGEST_PAUSE = 30.0
STEADY = 60.0  # seconds; whoever ran that long starts afresh at once


@dataclass
class Child:
    """One process with everything it starts, in a group of its own."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    again_at: float = 0.0
    pause: float = field(default=1.0)

    def launch(self) -> None:
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            cwd=PROJECT,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
        )

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal(self, number: int) -> None:
        if self.process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)

    def mourn(self) -> None:
        """Say who ended, and when it starts again."""
        assert self.process is not None
        if time.monotonic() - self.began > STEADY:
            self.pause = 1.0
        self.signal(signal.SIGKILL)  # whatever it left behind
        code = self.process.returncode
        tell(f"{self.name} ended by itself (exit {code}); starting it again in {self.pause:.0f} s.")
        self.again_at = time.monotonic() + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        self.process = None


def look_after(children: Sequence[Child]) -> None:
    """Start again whatever has ended."""
    for child in children:
        if child.process is not None and not child.is_alive():
            child.mourn()
        if child.process is None and time.monotonic() >= child.again_at:
            child.launch()


def end(children: Sequence[Child]) -> None:
    """All at once, gently first."""
    for child in children:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    while any(child.is_alive() for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    for child in children:
        child.signal(signal.SIGKILL)
        if child.process is not None:
            child.process.wait()


def _end_with_parent() -> None:
    """Even when dev.py itself is killed, nothing of it lives on (Linux)."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)
