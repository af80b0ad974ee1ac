"""Lifting the panel that fits least by exchanging jurors, where a linear programme takes too long.

The worst-off panel trades one juror with another panel, such that the worse of the two ends as
well off as possible; then it is the next one's turn. Ends when the worst-off panel finds no trade
that helps, so the result is no proof, but never worse than what it began with.
"""

import time

import numpy as np

from leitai.algorithms.assignment.connect import State
from leitai.algorithms.assignment.problem import Array, Problem

LEAST_GAIN = 1e-9


def lift_by_exchange(problem: Problem, seats: Array, *, until: float) -> Array:
    """Seats with all loads, kinds and houses kept; reads the clock only to stop at `until`."""
    seats = seats.copy()
    while time.monotonic() < until:
        sums = np.bincount(problem.entry[seats], problem.value[seats], problem.n_entries)
        means = np.where(problem.demand > 0, sums / np.maximum(problem.demand, 1), np.inf)
        trade = _best_trade(problem, seats, means, worst=int(means.argmin()))
        if trade is None:
            break
        out, into = trade
        seats[list(out)] = into
    return np.sort(seats)


def _best_trade(
    problem: Problem, seats: Array, means: Array, *, worst: int
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    state = State(problem, seats)
    loose = ~problem.fixed[seats]
    own = np.flatnonzero((state.entry == worst) & loose)
    others = np.flatnonzero((state.entry != worst) & loose)
    one, two = (m.ravel() for m in np.meshgrid(own, others, indexing="ij"))
    entry, juror = state.entry, state.juror
    here = problem.position(entry[one], juror[two])
    there = problem.position(entry[two], juror[one])
    sitting = np.zeros(problem.n_pairs, dtype=bool)
    sitting[seats] = True
    ok = (here >= 0) & (there >= 0) & ~sitting[here] & ~sitting[there]
    ok &= state.may_change(entry[one], juror[one], juror[two])
    ok &= state.may_change(entry[two], juror[two], juror[one])
    one, two, here, there = one[ok], two[ok], here[ok], there[ok]
    value, k, other = problem.value, problem.demand, entry[two]
    after_here = means[worst] + (value[here] - value[seats[one]]) / k[worst]
    after_there = means[other] + (value[there] - value[seats[two]]) / k[other]
    lower = np.minimum(after_here, after_there)
    best = int(lower.argmax()) if len(lower) else -1
    if best < 0 or lower[best] <= means[worst] + LEAST_GAIN:
        return None
    return (int(one[best]), int(two[best])), (int(here[best]), int(there[best]))
