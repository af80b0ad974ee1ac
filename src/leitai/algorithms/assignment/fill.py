"""Filling empty seats while everybody who sits keeps the seat: a small problem inside a large one.

When every earlier seat can stay, no other seating keeps more of them; so the best way to fill what
is empty, with the loads, kinds and organisations that are left, is the best repair there is. Only
the panels with an empty seat are looked at.
"""

from dataclasses import replace

import numpy as np

from leitai.algorithms.assignment.outcome import NoSeating
from leitai.algorithms.assignment.problem import Array, Problem
from leitai.algorithms.assignment.solver import solve


def fill(problem: Problem, stay: Array, *, seed: int, time_limit: float) -> Array | None:
    """All seats, with those of `stay` (bool per pair); None where not all of these can stay."""
    seated = np.flatnonzero(stay)
    entry, juror = problem.entry[seated], problem.juror[seated]
    demand = problem.demand - np.bincount(entry, minlength=problem.n_entries)
    load = np.bincount(juror, minlength=problem.n_jurors)
    mix = np.zeros_like(problem.group_min)
    np.add.at(mix, entry, problem.groups[juror].astype(mix.dtype))
    houses = problem.same_key[seated]
    houses = houses[houses >= 0]
    if (demand < 0).any() or (load > problem.load_max).any():
        return None
    if (
        len(np.unique(houses)) < len(houses)
        or (problem.fixed & ~stay & (demand < 1)[problem.entry]).any()
    ):
        return None
    open_ = np.flatnonzero(demand > 0)
    free = (demand > 0)[problem.entry] & ~stay & ~np.isin(problem.same_key, houses)
    pairs = np.flatnonzero(free)
    if (problem.fixed & ~stay & ~free).any():
        return None
    number = np.full(problem.n_entries, -1)
    number[open_] = np.arange(len(open_))
    small = replace(
        problem,
        entry=number[problem.entry[pairs]],
        juror=problem.juror[pairs],
        value=problem.value[pairs],
        fixed=problem.fixed[pairs],
        demand=demand[open_],
        load_min=np.maximum(problem.load_min - load, 0),
        load_max=problem.load_max - load,
        group_min=np.maximum(problem.group_min - mix, 0)[open_],
    )
    if (mix < problem.group_min)[demand == 0].any():
        return None
    try:
        found = solve(small, seed=seed, time_limit=time_limit)
    except NoSeating:
        return None
    return np.union1d(seated, pairs[found.seats])
