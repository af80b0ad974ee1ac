"""The linear optimum by a growing pool: solve, price every pair, take in those that help."""

from dataclasses import dataclass

import numpy as np

from leitai.algorithms.assignment.master import Answer, Master
from leitai.algorithms.assignment.outcome import Prices
from leitai.algorithms.assignment.problem import Array, Problem
from leitai.algorithms.assignment.ranks import best_per

TOLERANCE = 1e-7
PER_ROUND = 6


@dataclass(frozen=True, eq=False, kw_only=True)
class Goal:
    """What is maximised: worth of pairs, less missing seats, plus the floor under all panels."""

    pair: Array
    missing: float
    lift: float = 0.0
    floor: float | None = None
    guessed: float = 1.0
    """How much of the guessed prices `pair` is told in: none, where it is not the worth itself."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Relaxed:
    answer: Answer
    bound: float
    """No seating reaches more of the goal: proven by the prices, whatever their rounding."""


def prices(master: Master, answer: Answer) -> Prices:
    """Read the prices of a programme that only counts missing seats."""
    n, m, row = master.problem.n_entries, master.problem.n_jurors, answer.row_price
    at = master.group_row
    group = np.where(at >= 0, -row[at], 0.0)
    return Prices(entry=-row[:n], juror=row[n : n + m], group=group)


def start_pool(
    problem: Problem,
    goal: Array,
    *,
    among: Array | None = None,
    guess: tuple[Array, Array] | None = None,
) -> Array:
    """A few good pairs for every entry, every group it asks for, every juror; all fixed ones.

    With prices guessed, "good" is meant beyond the price of the juror, and fewer will do.
    """
    among = np.arange(problem.n_pairs) if among is None else among
    entry, juror = problem.entry[among], problem.juror[among]
    left = goal[among] if guess is None else goal[among] - guess[1][juror]
    more = (6, 3) if guess is None else (4, 2)
    want = int(problem.demand.max(initial=0)) + more[0]
    chosen = [best_per(entry, left, most=want)]
    for group in range(problem.groups.shape[1]):
        at = np.flatnonzero(problem.groups[juror, group] & (problem.group_min[entry, group] > 0))
        most = int(problem.group_min[:, group].max(initial=0)) + more[1]
        chosen.append(at[best_per(entry[at], left[at], most=most)])
    fair_share = -(-int(problem.demand.sum()) // max(problem.n_jurors, 1))
    chosen.append(best_per(juror, left, most=fair_share))
    return np.union1d(among[np.concatenate(chosen)], np.flatnonzero(problem.fixed))


def relax(master: Master, goal: Goal, *, near: float | None = None) -> Relaxed:
    """Solve to the linear optimum over all pairs, adding columns and broken rows on the way.

    With `near` it ends as soon as no further pair can bring more than this share of the bound;
    the bound is then a little higher than need be, and no less proven.
    """
    problem = master.problem
    master.aim(
        pair_cost=goal.pair,
        missing_cost=goal.missing,
        lift_cost=goal.lift,
        guessed=goal.guessed,
    )
    while True:
        answer = master.solve()
        gain, bound = price(master, answer, goal)
        reached = float(goal.pair[master.pool] @ answer.x) + goal.lift * answer.lift
        reached -= goal.missing * answer.missing
        if near is not None and bound - reached <= near * abs(bound):
            return Relaxed(answer=answer, bound=bound)
        helpful = np.flatnonzero((gain > TOLERANCE * problem.spread) & ~master.in_pool)
        parted = part_houses(master, answer.x)
        if len(helpful) and bound - reached > TOLERANCE * max(abs(bound), 1.0):
            best = best_per(problem.entry[helpful], gain[helpful], most=PER_ROUND)
            master.add_pairs(helpful[best], goal.pair)
        elif not parted and not _hold_floors(master, goal, x=answer.x, lift=answer.lift):
            return Relaxed(answer=answer, bound=bound)


def price(master: Master, answer: Answer, goal: Goal) -> tuple[Array, float]:
    """What each pair would add at the rows' prices, and the bound that these prices prove."""
    problem, row = master.problem, answer.row_price
    n, m = problem.n_entries, problem.n_jurors
    demand, load = row[:n], row[n : n + m]
    gain = goal.pair - demand[problem.entry] - load[problem.juror]
    bound = float(demand @ problem.demand)
    bound += float(np.where(load > 0, load * problem.load_max, load * problem.load_min).sum())
    for group in range(problem.groups.shape[1]):
        at = master.group_row[:, group]
        worth = np.where(at >= 0, np.minimum(row[at], 0.0), 0.0)
        gain -= worth[problem.entry] * problem.groups[problem.juror, group]
        bound += float(worth @ problem.group_min[:, group])
    kept = np.flatnonzero(master.house_row >= 0)
    of_house = np.unique(master.house_row[kept])
    gain[kept] -= np.maximum(row[master.house_row[kept]], 0.0)
    bound += float(np.maximum(row[of_house], 0.0).sum())
    at = master.floor_row
    held = np.where(at >= 0, np.minimum(row[at], 0.0), 0.0)
    gain -= held[problem.entry] * problem.value
    lift = goal.lift + float(held @ problem.demand)
    bound += lift * (master.lift_upper if goal.floor is None else goal.floor)
    reward = np.where(problem.fixed, gain, master.cap * np.maximum(gain, 0.0))
    return gain, bound + float(reward.sum())


def add_broken_rows(master: Master, goal: Goal, *, x: Array, lift: float) -> bool:
    """Rules that are not rows of the programme yet become rows where this answer breaks them."""
    parted = part_houses(master, x)
    return _hold_floors(master, goal, x=x, lift=lift) or parted


def part_houses(master: Master, x: Array) -> bool:
    """A row for every entry on which an organisation has more than one seat."""
    problem, used = master.problem, np.flatnonzero(x > TOLERANCE)
    pairs, share = master.pool[used], x[used]
    house = problem.same[problem.juror[pairs]]
    loose = (master.house_row[pairs] < 0) & (house >= 0)
    houses = int(problem.same.max(initial=-1)) + 1
    key = problem.entry[pairs[loose]].astype(np.int64) * houses + house[loose]
    keys, inverse = np.unique(key, return_inverse=True)
    crowded = keys[np.bincount(inverse, share[loose], len(keys)) > 1 + 1e-6]
    master.add_house_rows(*np.divmod(crowded, max(houses, 1)))
    return len(crowded) > 0


def _hold_floors(master: Master, goal: Goal, *, x: Array, lift: float) -> bool:
    """A row for every panel that lies below the floor, where the goal has one."""
    if not goal.lift and goal.floor is None:
        return False
    used = x > TOLERANCE
    floor = lift if goal.floor is None else goal.floor
    low = _low(master, master.pool[used], x[used], floor=floor)
    master.add_floors(low)
    return len(low) > 0


def _low(master: Master, pairs: Array, share: Array, *, floor: float) -> Array:
    """Entries whose panel lies below the floor and that have no row yet."""
    problem = master.problem
    weight = share * problem.value[pairs]
    reached = np.bincount(problem.entry[pairs], weight, problem.n_entries)
    below = reached < (floor - 1e-9) * problem.demand - 1e-7
    return np.flatnonzero(below & (master.floor_row < 0))
