"""From a problem to whole seats: the linear optimum first, then what little is left to round."""

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from leitai.algorithms.assignment.ceiling import floor_bound
from leitai.algorithms.assignment.climb import climb
from leitai.algorithms.assignment.exchange import lift_by_exchange
from leitai.algorithms.assignment.guess import guess_prices, wishes
from leitai.algorithms.assignment.master import Master, OutOfTime, TooManyFloors
from leitai.algorithms.assignment.outcome import NoSeating, Report, Solution
from leitai.algorithms.assignment.problem import Array, Problem
from leitai.algorithms.assignment.relax import (
    Goal,
    Relaxed,
    add_broken_rows,
    part_houses,
    price,
    prices,
    relax,
    start_pool,
)
from leitai.algorithms.assignment.values import Objective

GOOD_ENOUGH = 1e-5
LIKELY = 0.01
"""So far (of the spread) below the guessed prices a pair still sits rather often."""
GIVEN_UP = 0.03
"""What climbing may cost of the total: three hundredths."""
CLIMBING = 0.6
"""The part of the time after which no further floor is tried, so that some is left to prove."""
MANY_FLOORS = 30
MOST_CELLS = 4_000_000
FLOORS = (1.0, 0.999, 0.995, 0.99, 0.98, 0.96, 0.93, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.0)


def solve(
    problem: Problem,
    *,
    worth: Array,
    objective: Objective,
    time_limit: float,
    seed: int,
    say: Report,
) -> Solution:
    """`worth` is what is maximised; the bounds are told for the problem's own values."""
    until = time.monotonic() + time_limit
    total = Goal(pair=worth, missing=100 * problem.spread)
    say(0.05, "choosing likely pairs")
    master = _begun(problem, total, seed=seed)
    say(0.15, "finding the best total")
    relaxed = _feasible(master, total)
    bound = price(master, relaxed.answer, replace(total, pair=problem.value))[1]
    say(0.4, "settling whole seats")
    seats = _whole(master, total, relaxed, until)
    if objective == "sum" or not problem.demand.any():
        return Solution(seats=_settled(seats), bound=bound, worst_bound=None)
    say(0.5, "lifting the panel that fits least")
    lifted, worst_bound = _lifted(
        master, total, seats, time_limit=until - time.monotonic(), say=say
    )
    return Solution(seats=_settled(lifted), bound=bound, worst_bound=worst_bound)


def best_total(problem: Problem, *, seed: int = 0) -> float:
    """The bound alone: no seating that keeps the rules has more affinity than this.

    Proven, and at most about `GOOD_ENOUGH` above the linear optimum, which would take longer.
    """
    total = Goal(pair=problem.value, missing=100 * problem.spread)
    return relax(_begun(problem, total, seed=seed), total, near=GOOD_ENOUGH).bound


def _begun(problem: Problem, total: Goal, *, seed: int) -> Master:
    """A programme of likely pairs, likely prices, and rows where houses will likely meet."""
    among = wishes(problem, total.pair)
    guess = guess_prices(problem, total.pair, among)
    master = Master(problem, seed=seed, guess=guess)
    master.add_pairs(start_pool(problem, total.pair, among=among, guess=guess), total.pair)
    beyond = total.pair[master.pool] - guess[0][problem.entry[master.pool]]
    beyond -= guess[1][problem.juror[master.pool]]
    part_houses(master, (beyond >= -LIKELY * problem.spread).astype(float))
    return master


def missing_seats(problem: Problem) -> float:
    """How many seats stay empty however the jurors are shared out; 0 when all can be filled."""
    fill = Goal(pair=np.zeros(problem.n_pairs), missing=1.0)
    master = Master(problem, seed=0)
    master.add_pairs(start_pool(problem, problem.value), fill.pair)
    return relax(master, fill).answer.missing


def _feasible(master: Master, total: Goal) -> Relaxed:
    """The linear optimum; when seats stay empty at any price, say so."""
    relaxed = relax(master, total)
    if relaxed.answer.missing > 1e-6:
        fill = Goal(pair=np.zeros_like(total.pair), missing=1.0, guessed=0.0)
        filled = relax(master, fill)
        if filled.answer.missing > 1e-6:
            raise NoSeating(missing=filled.answer.missing, prices=prices(master, filled.answer))
        master.forbid_missing()
        return relax(master, total)
    master.forbid_missing()
    return relaxed


def _lifted(
    master: Master, total: Goal, seats: Array | None, *, time_limit: float, say: Report
) -> tuple[Array | None, float]:
    """The best total with the highest floor that whole seats were found for, and the floor's bound.

    Half of the time goes to the floor, the rest to whole seats on it; where it does not suffice
    the floor is lowered step by step. Where many floors bind at once, `climb` takes over.
    """
    ceiling = _best_panels(master.problem)
    until = time.monotonic() + time_limit
    try:
        master.until = until - time_limit / 2
        master.most_floors = max(MANY_FLOORS, master.problem.n_entries // 20)
        reach, worst_bound = _reach(master, total, ceiling)
    except (OutOfTime, TooManyFloors):
        return _climbed(master.problem, seats, ceiling, until, say)
    master.most_floors = master.problem.n_entries
    lowest = _worst(master.problem, seats) if seats is not None else -np.inf
    for share in FLOORS:
        floor = reach - (1 - share) * abs(reach) - 1e-7
        left = until - time.monotonic()
        if floor <= lowest or left <= 0:
            break
        master.until = time.monotonic() + min(left, time_limit / 8)
        found = _on_floor(master, replace(total, floor=floor))
        if found is not None:
            return found, worst_bound
    return _exchanged(master.problem, seats, until), worst_bound


def _climbed(
    problem: Problem, seats: Array | None, ceiling: float, until: float, say: Report
) -> tuple[Array | None, float]:
    """Floors raised by exchanges; the proof of how high they could be takes what time is left."""
    if seats is None or problem.n_entries * problem.n_jurors > MOST_CELLS:
        return _exchanged(problem, seats, until), ceiling
    total = float(problem.value[seats].sum())
    climbed = climb(
        problem,
        seats,
        top=min(ceiling, total / max(int(problem.demand.sum()), 1)),
        least_total=(1 - GIVEN_UP * np.sign(total)) * total,
        until=until,
        enough=until - (1 - CLIMBING) * (until - time.monotonic()),
    )
    say(0.7, "proving how high the lowest panel could be")
    proven = floor_bound(problem, climbed, time_limit=until - time.monotonic())
    if _worst(problem, climbed) <= _worst(problem, seats):
        climbed = lift_by_exchange(problem, seats, until=until)
    return climbed, min(ceiling, proven)


def _exchanged(problem: Problem, seats: Array | None, until: float) -> Array | None:
    return None if seats is None else lift_by_exchange(problem, seats, until=until)


def _reach(master: Master, total: Goal, ceiling: float) -> tuple[float, float]:
    """How high shares of seats can lift the worst-off panel, and the proven limit of it."""
    master.bound_lift(-np.inf, ceiling)
    seats = max(int(master.problem.demand.sum()), 1)
    lifting = Goal(pair=total.pair * (0.01 / seats), missing=total.missing, lift=1.0, guessed=0.0)
    relax(master, lifting)
    lifted = relax(master, replace(lifting, pair=np.zeros_like(total.pair)))
    return lifted.answer.lift, min(ceiling, lifted.bound)


def _on_floor(master: Master, held: Goal) -> Array | None:
    assert held.floor is not None
    master.bound_lift(held.floor, held.floor)
    try:
        return _whole(master, held, relax(master, held), master.until)
    except OutOfTime:
        return None


def _worst(problem: Problem, seats: Array) -> float:
    sums = np.bincount(problem.entry[seats], problem.value[seats], problem.n_entries)
    asked = problem.demand > 0
    return float((sums[asked] / problem.demand[asked]).min(initial=np.inf))


def _best_panels(problem: Problem) -> float:
    """The worst-off panel cannot have more than every entry's own best panel has."""
    order = np.lexsort((-problem.value, problem.entry))
    owner = problem.entry[order]
    place = np.arange(len(order)) - np.searchsorted(owner, owner, side="left")
    return _worst(problem, order[place < problem.demand[owner]])


def _settled(seats: Array | None) -> Array:
    if seats is None:
        raise NoSeating(missing=0.0, prices=None)
    return np.sort(seats)


def _whole(master: Master, goal: Goal, relaxed: Relaxed, until: float) -> Array | None:
    """Whole seats near the linear optimum: nothing to do, a small neighbourhood, the whole pool."""
    x = relaxed.answer.x
    if not ((x > 1e-6) & (x < 1 - 1e-6)).any():
        return master.pool[x > 0.5]
    worth, best = -np.inf, None
    for lower, upper in _neighbourhoods(master, goal, relaxed):
        left = until - time.monotonic()
        found = _try(master, goal, lower, upper, time_limit=left / 2)
        if found is not None and (value := float(goal.pair[found].sum())) > worth:
            worth, best = value, found
        close = relaxed.bound - worth <= GOOD_ENOUGH * max(abs(relaxed.bound), 1e-9)
        if close or left <= 0:
            return best
    return best if best is not None else _among_all(master, goal, until)


def _among_all(master: Master, goal: Goal, until: float) -> Array | None:
    """The last resort: whole seats may need pairs that no share of a seat was given to."""
    master.add_pairs(np.arange(master.problem.n_pairs), goal.pair)
    fixed, loose = master.problem.fixed[master.pool], np.ones(len(master.pool), dtype=bool)
    return _try(master, goal, fixed, loose, time_limit=until - time.monotonic())


def _neighbourhoods(master: Master, goal: Goal, relaxed: Relaxed) -> Iterator[tuple[Array, Array]]:
    """Bounds for the pairs of the pool: first only torn entries may change, then all may."""
    problem, x = master.problem, relaxed.answer.x
    torn_pairs = master.pool[(x > 1e-6) & (x < 1 - 1e-6)]
    fixed = problem.fixed[master.pool]
    torn = np.isin(problem.entry[master.pool], problem.entry[torn_pairs])
    yield np.where(torn, fixed, x > 0.5), np.where(torn, True, x > 0.5)
    busy = np.isin(problem.juror, problem.juror[torn_pairs])
    near = np.isin(problem.entry, np.unique(problem.entry[master.pool][torn]))
    master.add_pairs(np.flatnonzero(busy & near), goal.pair)
    fixed = problem.fixed[master.pool]
    yield fixed, np.ones(len(master.pool), dtype=bool)


def _try(
    master: Master, goal: Goal, lower: Array, upper: Array, *, time_limit: float
) -> Array | None:
    """Whole seats between the bounds; rules that were not rows yet become rows when broken."""
    until = time.monotonic() + time_limit
    while True:
        left = until - time.monotonic()
        seats = master.solve_whole(lower=lower, upper=upper, time_limit=left, gap=1e-6)
        if seats is None or left <= 0:
            return None
        if not add_broken_rows(master, goal, x=seats.astype(float), lift=0.0):
            return master.pool[seats]
