"""The whole problem at once with scipy: slow, short, and the fallback where highspy is missing.

Every pair is a column and every rule a row from the start. The tests hold the fast solver
against this one.
"""

import numpy as np
from scipy.optimize import LinearConstraint, OptimizeResult, milp
from scipy.sparse import coo_array, csr_array, vstack

from leitai.algorithms.assignment.problem import Array, Problem
from leitai.algorithms.assignment.values import Objective


def best_whole(
    problem: Problem, *, worth: Array, objective: Objective, time_limit: float
) -> tuple[Array | None, float, float | None]:
    """Seats (None: there are none), the bound on the total, the bound on the worst-off panel."""
    if not problem.n_pairs:
        asked = problem.demand.sum() + problem.load_min.sum()
        return (None if asked else np.zeros(0, dtype=np.int64)), 0.0, None
    rows = _rules(problem)
    shares = _solve(problem, worth, rows, whole=False, time_limit=time_limit)
    if shares.x is None:
        return None, 0.0, None
    if objective == "sum":
        answer = _solve(problem, worth, rows, whole=True, time_limit=time_limit)
        return _seats(answer), -float(shares.fun), None
    worst_bound = float(_lift(problem, rows, whole=False, time_limit=time_limit))
    floor = _lift(problem, rows, whole=True, time_limit=time_limit)
    held = [*rows, _floors(problem, floor)]
    answer = _solve(problem, worth, held, whole=True, time_limit=time_limit)
    return _seats(answer), -float(shares.fun), worst_bound


def best_total(problem: Problem) -> float:
    """The linear bound on the total."""
    if not problem.n_pairs:
        return 0.0
    answer = _solve(problem, problem.value, _rules(problem), whole=False, time_limit=np.inf)
    return -float(answer.fun)


def missing_seats(problem: Problem) -> float:
    """0 when shares of jurors can fill all seats, else 1: this solver does not count."""
    if not problem.n_pairs:
        return float(problem.demand.any() or problem.load_min.any())
    answer = _solve(problem, problem.value, _rules(problem), whole=False, time_limit=np.inf)
    return 0.0 if answer.x is not None else 1.0


def _seats(answer: OptimizeResult) -> Array | None:
    return None if answer.x is None else np.flatnonzero(answer.x > 0.5)


def _rules(problem: Problem) -> list[LinearConstraint]:
    demand = _per(problem.entry, problem.n_entries)
    load = _per(problem.juror, problem.n_jurors)
    rows = [
        LinearConstraint(demand, problem.demand, problem.demand),
        LinearConstraint(load, problem.load_min, problem.load_max),
    ]
    for group in range(problem.groups.shape[1]):
        inside = problem.groups[problem.juror, group].astype(float)
        least = problem.group_min[:, group]
        rows.append(LinearConstraint(_per(problem.entry, problem.n_entries, inside), least, np.inf))
    keys, key = np.unique(problem.same_key, return_inverse=True)
    if (keys >= 0).any():
        rows.append(LinearConstraint(_per(key, len(keys))[keys >= 0], -np.inf, 1))
    return rows


def _per(owner: Array, size: int, weight: Array | None = None) -> csr_array:
    weight = np.ones(len(owner)) if weight is None else weight
    arcs = (weight, (owner, np.arange(len(owner))))
    return coo_array(arcs, shape=(size, len(owner))).tocsr()


def _solve(
    problem: Problem,
    worth: Array,
    rows: list[LinearConstraint],
    *,
    whole: bool,
    time_limit: float,
) -> OptimizeResult:
    return milp(
        -worth,
        constraints=rows,
        integrality=np.full(problem.n_pairs, int(whole)),
        bounds=(problem.fixed.astype(float), np.ones(problem.n_pairs)),
        options={"time_limit": time_limit, "mip_rel_gap": 1e-6},
    )


def _lift(
    problem: Problem, rows: list[LinearConstraint], *, whole: bool, time_limit: float
) -> float:
    """The highest floor under all panels' means: one more column, one more row an entry."""
    n = problem.n_pairs
    wide = [
        LinearConstraint(_padded(row.A, np.zeros(row.A.shape[0])), row.lb, row.ub) for row in rows
    ]
    means = _per(problem.entry, problem.n_entries, problem.value)
    wide.append(LinearConstraint(_padded(means, -problem.demand.astype(float)), 0.0, np.inf))
    top = float(np.abs(problem.value).max(initial=0.0))
    answer = milp(
        np.append(np.zeros(n), -1.0),
        constraints=wide,
        integrality=np.append(np.full(n, int(whole)), 0),
        bounds=(np.append(problem.fixed.astype(float), -top), np.append(np.ones(n), top)),
        options={"time_limit": time_limit, "mip_rel_gap": 1e-4},
    )
    return -np.inf if answer.x is None else float(answer.x[-1])


def _padded(matrix: csr_array, last: Array) -> csr_array:
    return vstack([matrix.T, csr_array(last.reshape(1, -1))]).T.tocsr()


def _floors(problem: Problem, floor: float) -> LinearConstraint:
    means = _per(problem.entry, problem.n_entries, problem.value)
    return LinearConstraint(means, (floor - 1e-6) * problem.demand - 1e-9, np.inf)
