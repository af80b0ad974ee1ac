"""Which of one's own sheets deserve another look.

Only the juror's own marks go in: while the jury works independently, nothing of what others gave
may show, not even in the choice of a sheet.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import fmean, median, stdev
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

FEWEST = 5  # below this many sheets a juror has no habit yet
FAR = 2.0  # standard deviations from one's own mean
QUICK = 1 / 3  # of one's own median time
DRIFT = 0.8  # standard deviations between the first third and the last


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """One of the juror's own whole sheets, marks as shares of their scale from 0 to 1."""

    sheet: int
    total: Decimal
    shares: tuple[float, ...]
    took: timedelta | None
    finished_at: datetime


@dataclass(frozen=True, slots=True)
class Reason:
    code: str
    values: Mapping[str, Any]

    def __str__(self) -> str:
        return str(format_lazy(WORDS[self.code], **self.values))


WORDS = {
    "far_above": _("{total} is far above your own mean of {mean}."),
    "far_below": _("{total} is far below your own mean of {mean}."),
    "all_alike": _("Every criterion has the same mark."),
    "quick": _("Done in {minutes} min; you usually take {usual}."),
    "early_low": _("One of your first sheets, when you marked lower: {early} then, {late} lately."),
    "early_high": _(
        "One of your first sheets, when you marked higher: {early} then, {late} lately."
    ),
}


def unlike_oneself(own: Sequence[Own]) -> dict[int, list[Reason]]:
    """Sheets with their reasons, in the order in which they were finished."""
    done = sorted(own, key=lambda one: one.finished_at)
    found: dict[int, list[Reason]] = {one.sheet: [] for one in done}
    for sheet, reason in (*_far(done), *_alike(done), *_quick(done), *_drifted(done)):
        found[sheet].append(reason)
    return {sheet: reasons for sheet, reasons in found.items() if reasons}


def _far(done: Sequence[Own]) -> Iterator[tuple[int, Reason]]:
    """Measured without the sheet itself, which would pull the mean towards it."""
    if len(done) < FEWEST:
        return
    for one in done:
        rest = [float(other.total) for other in done if other is not one]
        mean, spread = fmean(rest), stdev(rest)
        gap = float(one.total) - mean
        if spread and abs(gap) > FAR * spread:
            code = "far_above" if gap > 0 else "far_below"
            yield one.sheet, Reason(code, {"total": _short(one.total), "mean": _short(mean)})


def _alike(done: Sequence[Own]) -> Iterator[tuple[int, Reason]]:
    for one in done:
        if len(one.shares) >= 3 and max(one.shares) - min(one.shares) < 1e-9:
            yield one.sheet, Reason("all_alike", {})


def _quick(done: Sequence[Own]) -> Iterator[tuple[int, Reason]]:
    timed = [(one, one.took.total_seconds() / 60) for one in done if one.took is not None]
    if len(timed) < FEWEST:
        return
    usual = median(minutes for _one, minutes in timed)
    for one, minutes in timed:
        if minutes < usual * QUICK:
            values = {"minutes": max(1, round(minutes)), "usual": round(usual)}
            yield one.sheet, Reason("quick", values)


def _drifted(done: Sequence[Own]) -> Iterator[tuple[int, Reason]]:
    """Early sheets against late ones: those of the first third on the side that was left since."""
    third = len(done) // 3
    if third < 3:
        return
    totals = [float(one.total) for one in done]
    early, late, spread = fmean(totals[:third]), fmean(totals[-third:]), stdev(totals)
    if not spread or abs(late - early) < DRIFT * spread:
        return
    code = "early_low" if early < late else "early_high"
    values = {"early": _short(early), "late": _short(late)}
    for one in done[:third]:
        if (float(one.total) - late) * (early - late) > 0:
            yield one.sheet, Reason(code, values)


def _short(number: float | Decimal) -> str:
    return f"{float(number):.1f}"
