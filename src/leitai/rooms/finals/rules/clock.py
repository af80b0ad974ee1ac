"""The clock of a pitch, as it can be kept: it is right after any reload, on any device."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from leitai.values.verdict import YES, Verdict, no

PITCH, QUESTIONS = "pitch", "questions"
PRESETS: Mapping[str, tuple[int, int]] = {
    "8+7": (8, 7), "8+5": (8, 5), "5+5": (5, 5), "8+12": (8, 12),
}  # fmt: skip


def phases(pitch_minutes: int, questions_minutes: int) -> tuple[tuple[str, int], ...]:
    """>>> phases(8, 7), phases(5, 0)
    ((('pitch', 480), ('questions', 420)), (('pitch', 300),))
    """
    both = ((PITCH, pitch_minutes * 60), (QUESTIONS, questions_minutes * 60))
    return tuple(phase for phase in both if phase[1])


def may_set(pitch_minutes: int, questions_minutes: int) -> Verdict:
    if not (1 <= pitch_minutes <= 120 and 0 <= questions_minutes <= 120):
        return no("no_such_time", _("A pitch takes 1 to 120 minutes, questions up to 120."))
    return YES


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Either it runs since `started_at`, or it stands with `left` seconds (None: all of them).

    `started_at` is where a run without a pause would have begun, so that what is left is always
    the phase's seconds less the time since then.
    """

    phases: tuple[tuple[str, int], ...]
    phase: int = 0
    started_at: datetime | None = None
    left: Decimal | None = None

    @property
    def code(self) -> str:
        return self.phases[self.phase][0] if self.phases else PITCH

    @property
    def seconds(self) -> int:
        return self.phases[self.phase][1] if self.phases else 0

    @property
    def is_running(self) -> bool:
        return self.started_at is not None

    @property
    def has_next(self) -> bool:
        return self.phase + 1 < len(self.phases)

    def left_at(self, at: datetime) -> Decimal:
        """Seconds left; below zero when the time is up."""
        if self.started_at is None:
            return Decimal(self.seconds) if self.left is None else self.left
        gone = Decimal(str((at - self.started_at).total_seconds()))
        return (Decimal(self.seconds) - gone).quantize(Decimal("0.001"))

    def started(self, at: datetime) -> "Clock":
        """Runs; started twice it goes on as it was."""
        if self.is_running:
            return self
        gone = timedelta(seconds=float(Decimal(self.seconds) - self.left_at(at)))
        return replace(self, started_at=at - gone, left=None)

    def paused(self, at: datetime) -> "Clock":
        """Stands; paused twice it stands where it stood."""
        return replace(self, started_at=None, left=self.left_at(at)) if self.is_running else self

    def following(self) -> "Clock":
        """The next phase, which has not begun; after the last one the clock stays."""
        if not self.has_next:
            return self
        return replace(self, phase=self.phase + 1, started_at=None, left=None)

    def reset(self) -> "Clock":
        return replace(self, phase=0, started_at=None, left=None)
