"""How fast a juror works, what that means for the rest, and when a break would help."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

LONG = timedelta(minutes=60)  # whoever needs longer between two seals did something else as well
PAUSE = timedelta(minutes=15)  # shorter than this between two seals is work without a pause
BREAK_AFTER = timedelta(minutes=90)
BREAK_SHEETS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One sealed sheet: when its page was first opened, and when it was sealed."""

    sheet: int
    opened_at: datetime | None
    sealed_at: datetime


def durations(done: Sequence[Work]) -> dict[int, timedelta]:
    """How long each sealed sheet took: since it was opened, or since the seal before it."""
    found: dict[int, timedelta] = {}
    before: datetime | None = None
    for work in sorted(done, key=lambda one: one.sealed_at):
        starts = [at for at in (work.opened_at, before) if at is not None and at <= work.sealed_at]
        if starts and (took := work.sealed_at - max(starts)) <= LONG:
            found[work.sheet] = took
        before = work.sealed_at
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What is left, and when it is done at this juror's own pace."""

    left: int
    minutes: int | None  # a sheet, the median; None while too few are sealed
    a_day: int | None  # to be done in time; None without a deadline

    @property
    def hours_left(self) -> int | None:
        return None if self.minutes is None else self.minutes * self.left // 60

    @property
    def minutes_left(self) -> int | None:
        return None if self.minutes is None else self.minutes * self.left % 60


def pace(done: Sequence[Work], *, left: int, until: datetime | None, at: datetime) -> Pace:
    took = sorted(durations(done).values())
    minutes = max(1, round(median(took).total_seconds() / 60)) if len(took) >= 3 else None
    a_day = None
    if until is not None and until > at and left:
        a_day = math.ceil(left / max(1, math.ceil((until - at) / timedelta(days=1))))
    return Pace(left=left, minutes=minutes, a_day=a_day)


def needs_break(done: Sequence[Work], *, at: datetime) -> bool:
    """After ninety minutes or a dozen sheets without a pause, while the work still goes on."""
    begun, count, after = at, 0, at
    for work in sorted(done, key=lambda one: one.sealed_at, reverse=True):
        if after - work.sealed_at > PAUSE or work.sealed_at > at:
            break
        opened = work.opened_at if work.opened_at and after - work.opened_at <= LONG else None
        begun, after = min(opened or work.sealed_at, work.sealed_at), work.sealed_at
        count += 1
    return count >= BREAK_SHEETS or (count > 0 and at - begun >= BREAK_AFTER)
