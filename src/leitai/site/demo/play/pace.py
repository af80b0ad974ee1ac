"""The pace of an evening: faster than life, and over when somebody presses Ctrl-C.

A deed is never cut in two: the signal is noted, and the evening ends at the next wait.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

LEAST = 0.4  # seconds, so that one sees what happens however fast it goes


class Stopped(Exception):
    """Somebody had enough."""


class Pace:
    def __init__(self, speed: float) -> None:
        self.speed, self._stop = speed, Event()

    def wait(self, seconds: float) -> None:
        """So many seconds of the evening; none of ours where the speed is 0."""
        if self.speed and self._stop.wait(max(seconds / self.speed, LEAST)):
            raise Stopped
        if self._stop.is_set():
            raise Stopped

    def stop(self, *_signal: Any) -> None:
        self._stop.set()

    @contextmanager
    def listening(self) -> Iterator[None]:
        before = {name: signal.signal(name, self.stop) for name in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)
