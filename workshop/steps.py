"""Telling the person at the keyboard what is going on."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
SIGN_OF_LIFE = 10.0  # seconds


class Stop(Exception):
    """We cannot go on; the message says what to do."""


class Steps:
    """Numbered lines with the time each step took."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.number = 0

    @contextmanager
    def __call__(self, title: str) -> Iterator[list[str]]:
        """Whatever is put into the list is said at the end of the line."""
        self.number += 1
        notes: list[str] = []
        tell(f"[{self.number:>2}/{self.total}] {title} …")
        began = time.monotonic()
        yield notes
        took = f"{time.monotonic() - began:.1f} s"
        tell("        " + ", ".join([*notes, took]))


def tell(text: str) -> None:
    print(text, flush=True)


def run(
    command: Sequence[str | Path], *, trouble: str, environment: Mapping[str, str] | None = None
) -> str:
    """Run quietly but for a sign of life; when it fails, show its last words and `trouble`."""
    with tempfile.TemporaryFile("w+") as output:
        began = time.monotonic()
        with subprocess.Popen(
            [str(word) for word in command],
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            cwd=PROJECT,
            env={**os.environ, **(environment or {})},
        ) as process:
            while process.poll() is None:
                try:
                    process.wait(SIGN_OF_LIFE)
                except subprocess.TimeoutExpired:
                    tell(f"        still at it, {time.monotonic() - began:.0f} s")
        output.seek(0)
        said = output.read()
    if process.returncode:
        raise Stop("\n".join([*said.strip().splitlines()[-25:], "", trouble]))
    return said


def show(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> int:
    """Run in full view."""
    sys.stdout.flush()
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=PROJECT, env={**os.environ, **(environment or {})}).returncode
