"""How high the lowest panel could be lifted at all: a bound, proven by prices.

Where a few panels lie low, `relax` adds their floors one by one and is done in a moment. Where
whole topics are short of jurors, hundreds of floors bind together and the simplex method walks
for minutes; the interior point method does not mind. It is stopped early: any prices prove a
bound, and these come within a hundredth of the best one.
"""

import highspy
import numpy as np
from scipy.sparse import coo_array, csc_array

from leitai.algorithms.assignment.problem import Array, Problem
from leitai.algorithms.assignment.ranks import best_per

SCALE = 1e3
"""The floor's weight in the objective, so that tolerances mean thousandths of it."""
TOLERANCE = 3e-2
PER_ENTRY = 50


def floor_bound(problem: Problem, seats: Array, *, time_limit: float) -> float:
    """No seating lifts every panel's mean above this; the less time, the higher, up to infinity.

    `seats` are any that keep the rules, so that the programme has an answer. "At most one of an
    organisation" is left out; the bound stays a bound.
    """
    solver = highspy.Highs()
    options: dict[str, bool | int | float | str] = {
        "output_flag": False,
        "threads": 1,
        "solver": "ipm",
        "run_crossover": "off",
        "ipm_optimality_tolerance": TOLERANCE,
        "time_limit": max(time_limit, 0.1),
    }
    for option, value in options.items():
        solver.setOptionValue(option, value)
    solver.passModel(_programme(problem, _wide_pool(problem, seats)))
    solver.run()
    price = -np.asarray(solver.getSolution().row_dual) / SCALE
    return _bound(problem, price) if len(price) and np.isfinite(price).all() else np.inf


def _wide_pool(problem: Problem, seats: Array) -> Array:
    """Pairs enough for the floors: good ones of every entry and of every juror."""
    load = int(problem.load_max.max(initial=0))
    per_entry = best_per(problem.entry, problem.value, most=PER_ENTRY)
    per_juror = best_per(problem.juror, problem.value, most=2 * load)
    fixed = np.flatnonzero(problem.fixed)
    return np.unique(np.concatenate((per_entry, per_juror, seats, fixed)))


def _programme(problem: Problem, pool: Array) -> highspy.HighsLp:
    """Minimised, as HiGHS reports the prices of maximised interior points with mixed signs."""
    matrix = _rows(problem, pool)
    lp, n, inf = highspy.HighsLp(), len(pool), highspy.kHighsInf
    entries, groups = problem.n_entries, problem.groups.shape[1]
    lp.num_col_, lp.num_row_ = n + 1, matrix.shape[0]
    lp.col_cost_ = np.append(np.zeros(n), -SCALE)
    lp.col_lower_ = np.append(problem.fixed[pool].astype(float), -inf)
    lp.col_upper_ = np.append(np.ones(n), inf)
    least = problem.group_min.T.ravel()
    lower = (problem.demand, problem.load_min, least, np.zeros(entries))
    upper = (problem.demand, problem.load_max, np.full((1 + groups) * entries, inf))
    lp.row_lower_ = np.concatenate(lower).astype(float)
    lp.row_upper_ = np.concatenate(upper).astype(float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = matrix.indptr, matrix.indices
    lp.a_matrix_.value_ = matrix.data
    return lp


def _rows(problem: Problem, pool: Array) -> csc_array:
    """Demand, load, kinds, floors; the last column is the floor itself."""
    entry, juror, value = problem.entry[pool], problem.juror[pool], problem.value[pool]
    n, m, groups, width = problem.n_entries, problem.n_jurors, problem.groups, len(pool)
    kinds = [n + m + g * n + entry for g in range(groups.shape[1])]
    floors = n + m + groups.shape[1] * n
    rows = [entry, n + juror, *kinds, floors + entry]
    coef = [np.ones(width), np.ones(width)]
    coef += [groups[juror, g].astype(float) for g in range(groups.shape[1])] + [value]
    columns = np.append(np.tile(np.arange(width), len(rows)), np.full(n, width))
    row = np.concatenate((*rows, floors + np.arange(n)))
    data = np.concatenate((*coef, -problem.demand.astype(float)))
    shape = (floors + n, width + 1)
    matrix = coo_array((data, (row, columns)), shape=shape).tocsc()
    matrix.eliminate_zeros()
    return matrix


def _bound(problem: Problem, price: Array) -> float:
    """Weak duality over all pairs: any weights of floors and prices of loads and kinds will do."""
    n, m, groups = problem.n_entries, problem.n_jurors, problem.groups.shape[1]
    load = price[n : n + m]
    kind = np.minimum(price[n + m : n + m + groups * n].reshape(groups, n), 0.0)
    weight = np.maximum(-price[n + m + groups * n :][:n], 0.0)
    if weight @ problem.demand <= 0:
        return np.inf
    weight = weight / (weight @ problem.demand)
    gain = weight[problem.entry] * problem.value - load[problem.juror]
    for group in range(groups):
        gain -= kind[group][problem.entry] * problem.groups[problem.juror, group]
    bound = float(np.where(load > 0, load * problem.load_max, load * problem.load_min).sum())
    bound += float((kind * problem.group_min.T).sum())
    return bound + _best_panels(problem, gain)


def _best_panels(problem: Problem, gain: Array) -> float:
    """Every entry takes what it fancies most; fixed seats are taken as they are."""
    wish = np.where(problem.fixed, np.ptp(gain) + 1.0 + gain, gain)
    order = np.lexsort((-wish, problem.entry))
    owner = problem.entry[order]
    place = np.arange(len(order)) - np.searchsorted(owner, owner, side="left")
    return float(gain[order[place < problem.demand[owner]]].sum())
