"""The friendly level: needs and offers in, a plan with reasons out."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from leitai.algorithms.assignment.connect import connect
from leitai.algorithms.assignment.frame import Frame, frame
from leitai.algorithms.assignment.outcome import NoSeating, Report, Solution
from leitai.algorithms.assignment.problem import Array
from leitai.algorithms.assignment.reasons import figures, reasons
from leitai.algorithms.assignment.shortage import explain, first_check, too_even
from leitai.algorithms.assignment.solver import missing_seats, solve
from leitai.algorithms.assignment.values import (
    EntryNeed,
    JurorOffer,
    Objective,
    Plan,
    Rules,
    Seat,
    Unseatable,
)


def seat(
    entries: Collection[EntryNeed],
    jurors: Collection[JurorOffer],
    *,
    rules: Rules,
    conflicts: frozenset[Seat] = frozenset(),
    fixed: frozenset[Seat] = frozenset(),
    forbidden: frozenset[Seat] = frozenset(),
    objective: Objective = "sum",
    seed: int,
    time_limit: float = 30.0,
    report: Report | None = None,
    pair_cap: float | None = None,
) -> Plan:
    """The panels whose jurors fit best, with every rule kept, or `Unseatable` with the reasons.

    The problem is a transportation problem with side rules; it is solved as a linear programme
    over a growing pool of pairs, which comes out whole or nearly so, and the rest is rounded.
    The promise: no rule is ever broken; `figures.bound` is proven, and the total lies within
    0.1 % of it before panels are joined. The order of entries and jurors does not matter; the
    seed decides between pairs that fit equally well. About a second for 2,000 entries and 200
    jurors. With `pair_cap` the seats are drawn so that no pair meets with a higher probability,
    whoever hopes to be seated together; panels are then not joined. "fair" lifts the panel that
    fits least first; where whole topics are short of jurors it gives up at most 3 % of the total
    for that, and takes half a minute. After Garg et al. 2010, Kobren et al. 2019 and Jecmen et al.
    2020, with the column pool and the exchanges of our own.
    """
    framed = frame(
        entries, jurors, rules=rules, conflicts=conflicts, fixed=fixed, forbidden=forbidden
    )
    solution = solve_framed(
        framed,
        objective=objective,
        seed=seed,
        time_limit=time_limit,
        report=report,
        pair_cap=pair_cap,
    )
    if pair_cap is not None:  # Joining would seat some pairs more often than the draw may.
        framed = replace(framed, rules=replace(framed.rules, connect=False))
    return planned(framed, solution, report=report)


def solve_framed(
    framed: Frame,
    *,
    objective: Objective,
    seed: int,
    time_limit: float,
    report: Report | None,
    pair_cap: float | None = None,
) -> Solution:
    if shortages := first_check(framed):
        raise Unseatable(shortages)
    try:
        return solve(
            framed.problem,
            objective=objective,
            seed=seed,
            time_limit=time_limit,
            report=report,
            pair_cap=pair_cap,
        )
    except NoSeating as nobody:
        if pair_cap is not None and missing_seats(framed.problem) <= 1e-6:
            raise Unseatable((too_even(framed, nobody, pair_cap),)) from None
        raise Unseatable(explain(framed, nobody)) from None


def planned(
    framed: Frame,
    solution: Solution,
    *,
    kept: Array | None = None,
    report: Report | None = None,
) -> Plan:
    """Join the panels where asked for, and give every seat its reason.

    `kept` tells for each pair of the problem whether it was a seat before and should stay one.
    """
    seats = solution.seats
    kept = np.zeros(framed.problem.n_pairs, dtype=bool) if kept is None else kept
    if framed.rules.connect:
        if report:
            report(0.9, "joining the panels")
        seats = connect(framed.problem, seats, movable=~kept[seats])
    joined = ~np.isin(seats, solution.seats)
    why = reasons(framed, seats, kept=kept[seats], joined=joined)
    found = Plan(
        seats=tuple(why),
        reasons=why,
        figures=figures(framed, seats, bound=solution.bound, worst_bound=solution.worst_bound),
    )
    if report:
        report(1.0, "done")
    return found
