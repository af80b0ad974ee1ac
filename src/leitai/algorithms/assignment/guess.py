"""Prices to begin with: jurors whom too many panels want become dearer, round after round.

Every entry takes the jurors it fancies most at the going prices; the prices move with the rush
(tâtonnement, Walras 1874). Two dozen rounds of array work leave a few percent of the seats
contested, so that the simplex method begins near its end. Nothing is proven here and nothing
depends on it but the time.
"""

import numpy as np

from leitai.algorithms.assignment.problem import Array, Problem
from leitai.algorithms.assignment.ranks import best_per

ROUNDS = 25
WIDTH = 60
FADING = 0.85


def wishes(problem: Problem, worth: Array) -> Array:
    """The pairs that each entry fancies most, best first; all that a guess looks at."""
    return best_per(problem.entry, worth, most=WIDTH)


def guess_prices(problem: Problem, worth: Array, wished: Array) -> tuple[Array, Array]:
    """What a seat of each entry, and of each juror, will about cost."""
    value, juror = _table(problem, worth, wished)
    price, load_max = np.zeros(problem.n_jurors), problem.load_max
    most = int(problem.demand.max(initial=0))
    if not value.size or not most or most >= value.shape[1]:
        return np.zeros(problem.n_entries), price
    step = 0.5 * float(worth.std())
    wanted = np.arange(most) < problem.demand[:, None]
    for _ in range(ROUNDS):
        best = _best(value - price[juror], most)
        load = np.bincount(np.take_along_axis(juror, best, 1)[wanted], minlength=len(price))
        rush = np.clip((load - load_max) / np.maximum(load_max, 1), -1.0, 1.0)
        price = np.maximum(price + step * rush, 0.0)
        step *= FADING
    left = np.sort(value - price[juror], axis=1)[:, ::-1]
    row = np.arange(problem.n_entries)
    last, next_ = left[row, np.maximum(problem.demand - 1, 0)], left[row, problem.demand]
    between = (last + next_) / 2
    return np.where(np.isfinite(between), between, 0.0), price


def _best(left: Array, most: int) -> Array:
    few = np.argpartition(-left, most, axis=1)[:, :most]
    order = np.argsort(-np.take_along_axis(left, few, 1), axis=1)
    return np.take_along_axis(few, order, 1)


def _table(problem: Problem, worth: Array, order: Array) -> tuple[Array, Array]:
    """Each entry's wishes in a row, worth and juror; -inf where there are fewer."""
    count = np.bincount(problem.entry[order], minlength=problem.n_entries)
    place = np.arange(len(order)) - np.repeat(np.cumsum(count) - count, count)
    width = int(count.max(initial=0))
    value = np.full((problem.n_entries, width), -np.inf)
    juror = np.zeros((problem.n_entries, width), dtype=np.int32)
    value[problem.entry[order], place] = worth[order]
    juror[problem.entry[order], place] = problem.juror[order]
    return value, juror
