"""How the fiction marks: quality seen through noise, severity and taste, split over criteria.

A mark depends only on the seed, the entry and the juror, so any seating finds its sheets here.
"""

from dataclasses import dataclass
from random import Random

from leitai.site.demo.plan import RUBRIC, Plan
from leitai.site.demo.shapes import Entry, Juror
from leitai.site.demo.words import child

MIDDLE, SPREAD, NOISE = 75, 7, 0.8
LOW, HIGH = 40, 98
LIMITS = tuple(limit for *_, limit in RUBRIC)
TASTE = 180  # the higher, the closer a split follows the weights


@dataclass(frozen=True, slots=True)
class Leanings:
    """The planted jurors: one harsh, one who favours a park and, above all, one entry."""

    harsh: int
    biased: int
    park: str
    favoured: int
    extra: int = 10


def quality(plan: Plan, entry: Entry) -> float:
    """What the project is worth, in standard deviations; nobody in the contest knows it."""
    base = child(plan.seed, f"quality/{entry.number}").gauss(0, 1)
    grown = 0.25 * (entry.maturity == "growth")
    return base + grown + 0.1 * bool(entry.answers) + 0.05 * entry.evidence.count


def marks(
    plan: Plan, entry: Entry, juror: Juror, *, worth: float, leanings: Leanings
) -> tuple[int, ...]:
    rng = child(plan.seed, f"sheet/{entry.number}/{juror.number}")
    seen = juror.scale * (worth + rng.gauss(0, NOISE)) + juror.severity
    total = round(MIDDLE + SPREAD * seen) + _leaning(entry, juror, leanings)
    if juror.number == leanings.biased and entry.number == leanings.favoured:
        total = HIGH
    return split(rng, min(max(total, LOW), HIGH))


def _leaning(entry: Entry, juror: Juror, leanings: Leanings) -> int:
    return leanings.extra * (juror.number == leanings.biased and entry.park == leanings.park)


def split(rng: Random, total: int) -> tuple[int, ...]:
    """Whole marks that add up to the total, none above its criterion's limit."""
    tastes = [rng.gammavariate(limit * TASTE / 100, 1) for limit in LIMITS]
    scale = total / sum(tastes)
    given = [min(limit, int(taste * scale)) for limit, taste in zip(LIMITS, tastes)]
    missing = total - sum(given)
    while missing > 0:
        room = [limit - mark for limit, mark in zip(LIMITS, given)]
        roomiest = max(range(len(room)), key=lambda i: room[i] / LIMITS[i])
        step = min(missing, max(1, room[roomiest] // 3))
        given[roomiest] += step
        missing -= step
    return tuple(given)
