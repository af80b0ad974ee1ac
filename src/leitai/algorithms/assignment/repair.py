"""A seating after something happened, with as little moved as possible."""

from collections.abc import Collection, Iterable

import numpy as np

from leitai.algorithms.assignment.fill import fill
from leitai.algorithms.assignment.frame import Frame, frame
from leitai.algorithms.assignment.outcome import Report, Solution
from leitai.algorithms.assignment.problem import Array
from leitai.algorithms.assignment.seating import planned, solve_framed
from leitai.algorithms.assignment.solver import best_total
from leitai.algorithms.assignment.values import EntryNeed, JurorOffer, Repair, Rules, Seat

HEAVIEST = 200.0


def repair(
    before: Iterable[Seat],
    entries: Collection[EntryNeed],
    jurors: Collection[JurorOffer],
    *,
    rules: Rules,
    conflicts: frozenset[Seat] = frozenset(),
    fixed: frozenset[Seat] = frozenset(),
    forbidden: frozenset[Seat] = frozenset(),
    seed: int,
    time_limit: float = 30.0,
    report: Report | None = None,
) -> Repair:
    """Fill what jurors left or new entries need, and keep every other seat where it can be kept.

    Give `entries` and `jurors` as they are now. Seats whose sheets are sealed belong into
    `fixed`. As many earlier seats as possible stay; among all such seatings the most fitting is
    taken, and `loss` says what starting afresh could gain at most. Raises `Unseatable`.
    """
    before = frozenset(before)
    framed = frame(
        entries, jurors, rules=rules, conflicts=conflicts, fixed=fixed, forbidden=forbidden
    )
    stay, lost = _still_possible(framed, before)
    seats = fill(framed.problem, stay, seed=seed, time_limit=time_limit)
    if seats is None:
        seats = _moving(framed, stay, seed=seed, time_limit=time_limit, report=report)
    bound = best_total(framed.problem, seed=seed)
    afresh = Solution(seats=seats, bound=bound, worst_bound=None)
    plan = planned(framed, afresh, kept=stay, report=report)
    now = np.zeros(framed.problem.n_pairs, dtype=bool)
    now[framed.positions(plan.seats)] = True
    return Repair(
        plan=plan,
        orphaned=_sorted(lost),
        moved=_sorted(framed.seats(np.flatnonzero(stay & ~now))),
        added=_sorted(framed.seats(np.flatnonzero(now & ~stay))),
        loss=max(0.0, bound - plan.figures.total),
    )


def _moving(
    framed: Frame, stay: Array, *, seed: int, time_limit: float, report: Report | None
) -> Array:
    """Where not all can stay: as many as possible do."""
    weighted = _with_stay(framed, stay, missing=int(framed.demand.sum()) - int(stay.sum()))
    return solve_framed(
        weighted, objective="sum", seed=seed, time_limit=time_limit, report=report
    ).seats


def _still_possible(framed: Frame, before: frozenset[Seat]) -> tuple[Array, list[Seat]]:
    """bool for each pair of the problem: it was a seat and may still be one; and who may not."""
    seats = list(before)
    at = framed.positions(seats)
    stay = np.zeros(framed.problem.n_pairs, dtype=bool)
    stay[at[at >= 0]] = True
    return stay, [seats[n] for n in np.flatnonzero(at < 0).tolist()]


def _with_stay(framed: Frame, stay: Array, *, missing: int) -> Frame:
    """Staying is worth more than all that the seats to be filled could gain by another's move."""
    worth = framed.problem.spread * min(2.0 * max(missing, 0) + 2.0, HEAVIEST)
    return framed.with_values(framed.problem.value + worth * stay)


def _sorted(seats: Iterable[Seat]) -> tuple[Seat, ...]:
    return tuple(sorted(seats, key=lambda s: (str(s.entry), str(s.juror))))
