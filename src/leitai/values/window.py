"""Stretches of time."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time that holds its first instant and not its last.

    An open end is `None`: a window without a first instant has always been open.
    """

    opens_at: datetime | None
    closes_at: datetime | None

    def __contains__(self, at: datetime) -> bool:
        return not self.is_before(at) and not self.is_over(at)

    def is_before(self, at: datetime) -> bool:
        """The window has not opened yet."""
        return self.opens_at is not None and at < self.opens_at

    def is_over(self, at: datetime) -> bool:
        """The window has closed."""
        return self.closes_at is not None and at >= self.closes_at
