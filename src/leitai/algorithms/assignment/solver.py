"""One door to two solvers: HiGHS over a growing pool of pairs, or scipy over all of them."""

from importlib.util import find_spec

import numpy as np

from leitai.algorithms.assignment import whole
from leitai.algorithms.assignment.outcome import NoSeating, Report, Solution
from leitai.algorithms.assignment.problem import Array, Problem
from leitai.algorithms.assignment.values import Objective

if find_spec("highspy"):
    from leitai.algorithms.assignment import lottery, pool

LOT = 1e-6
"""Part of the spread by which the seed parts pairs that fit equally well."""


def solve(
    problem: Problem,
    *,
    objective: Objective = "sum",
    time_limit: float = 30.0,
    seed: int = 0,
    report: Report | None = None,
    pair_cap: float | None = None,
) -> Solution:
    """The most fitting seating that keeps every rule; raises `NoSeating`.

    "sum" maximises the affinity of all seats; "fair" first lifts the panel that fits its entry
    least, then maximises the sum. The same input and seed give the same seats, unless the time
    limit cuts the rounding short. With `pair_cap` the seats are drawn, see `lottery`.
    """
    if pair_cap is not None:
        return _drawn(problem, objective=objective, pair_cap=pair_cap, seed=seed)
    worth = _with_lots(problem, seed)
    if find_spec("highspy"):
        return pool.solve(
            problem,
            worth=worth,
            objective=objective,
            time_limit=time_limit,
            seed=seed,
            say=report or _silent,
        )
    seats, bound, worst_bound = whole.best_whole(
        problem, worth=worth, objective=objective, time_limit=time_limit
    )
    if seats is None:
        raise NoSeating(missing=missing_seats(problem))
    return Solution(seats=seats, bound=bound, worst_bound=worst_bound)


def _drawn(problem: Problem, *, objective: Objective, pair_cap: float, seed: int) -> Solution:
    if objective != "sum" or not 0 < pair_cap <= 1:
        raise ValueError("`pair_cap` lies above 0 and up to 1, and goes with the objective sum.")
    if not find_spec("highspy"):
        raise ValueError("`pair_cap` needs highspy, which is not installed.")
    return lottery.solve(problem, pair_cap=pair_cap, seed=seed)


def best_total(problem: Problem, *, seed: int = 0) -> float:
    """The bound alone: no seating that keeps the rules has more affinity than this."""
    if find_spec("highspy"):
        return pool.best_total(problem, seed=seed)
    return whole.best_total(problem)


def missing_seats(problem: Problem) -> float:
    """How many seats stay empty however the jurors are shared out; 0 when all can be filled."""
    if find_spec("highspy"):
        return pool.missing_seats(problem)
    return whole.missing_seats(problem)


def _with_lots(problem: Problem, seed: int) -> Array:
    lots = np.random.default_rng(seed).random(problem.n_pairs)
    return problem.value + LOT * problem.spread * lots


def _silent(share: float, doing: str) -> None:
    del share, doing
