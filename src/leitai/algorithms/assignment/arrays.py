"""The array level: any instance in, two index arrays out."""

import numpy as np

from leitai.algorithms.assignment.outcome import NoSeating, Report
from leitai.algorithms.assignment.problem import Array, Matrix, problem_from
from leitai.algorithms.assignment.solver import solve
from leitai.algorithms.assignment.values import Objective, Shortage, Unseatable
from leitai.algorithms.notes import Note


def assign(
    *,
    affinity: Matrix,
    forbidden: Array | None,
    demand: Array,
    load_min: Array,
    load_max: Array,
    groups: Array | None = None,
    group_min: Array | None = None,
    same: Array | None = None,
    fixed: tuple[Array, Array] | None = None,
    objective: Objective = "sum",
    time_limit: float = 30.0,
    seed: int = 0,
    report: Report | None = None,
    pair_cap: float | None = None,
) -> tuple[Array, Array]:
    """Seat jurors: `affinity` [E, J] (of a CSR matrix, stored pairs only), every rule hard.

    `forbidden` bool [E, J]; `demand` int [E]; `load_min`, `load_max` int [J]; `groups` bool
    [J, G], which may overlap, with `group_min` int [E, G]; `same` int [J]: at most one juror of
    the same number on an entry (-1: alone); `fixed` two index arrays; `pair_cap` draws the seats
    so that no pair is likelier than it. Returns `(entry_idx, juror_idx)`, sorted. Raises
    `Unseatable`, here only with the number of missing seats: the friendly `seat` names entries,
    jurors and ways out.
    """
    problem = problem_from(
        affinity=affinity,
        forbidden=forbidden,
        demand=demand,
        load_min=load_min,
        load_max=load_max,
        groups=groups,
        group_min=group_min,
        same=same,
        fixed=fixed,
    )
    try:
        found = solve(
            problem,
            objective=objective,
            time_limit=time_limit,
            seed=seed,
            report=report,
            pair_cap=pair_cap,
        )
    except NoSeating as nobody:
        text = "{missing} of {seats} seats cannot be filled with all rules kept."
        params = {"missing": int(np.ceil(nobody.missing)), "seats": int(problem.demand.sum())}
        shortage = Shortage(note=Note("no_seating", text, params), ways_out=())
        raise Unseatable((shortage,)) from None
    return problem.entry[found.seats], problem.juror[found.seats]
