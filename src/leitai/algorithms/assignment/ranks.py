"""The best few pairs of every entry or juror."""

import numpy as np

from leitai.algorithms.assignment.problem import Array


def best_per(owner: Array, goal: Array, *, most: int) -> Array:
    """Positions of the `most` highest goals of each owner."""
    if not len(goal):
        return np.zeros(0, dtype=np.int64)
    # One sort of one number a pair is three times as fast as a sort by two keys.
    height = (goal - goal.min()) / max(float(np.ptp(goal)), 1e-12)
    order = np.argsort(2.0 * owner - height)
    sorted_owner = owner[order]
    change = np.flatnonzero(np.diff(sorted_owner, prepend=sorted_owner[0] - 1))
    first = np.repeat(change, np.diff(change, append=len(order)))
    return order[np.arange(len(order)) - first < most]
