"""What stands in when a linear programme takes too long."""

import numpy as np
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as given_settings

from leitai.algorithms.assignment import Unseatable, faults, seat, solver
from leitai.algorithms.assignment.exchange import lift_by_exchange
from leitai.algorithms.assignment.frame import frame
from leitai.algorithms.tests.contests import contests


def worst(problem, seats) -> float:
    sums = np.bincount(problem.entry[seats], problem.value[seats], problem.n_entries)
    return float((sums / problem.demand).min())


@given(contests())
@given_settings(max_examples=60, suppress_health_check=[HealthCheck.filter_too_much])
def test_exchanges_keep_every_rule_and_never_lower_the_floor(contest):
    try:
        plan = seat(contest.entries, contest.jurors, **contest.given, seed=1)
    except Unseatable:
        assume(False)
    framed = frame(contest.entries, contest.jurors, **contest.given)
    before = framed.problem.position(
        np.array([framed.at_entry[s.entry] for s in plan.seats]),
        np.array([framed.at_juror[s.juror] for s in plan.seats]),
    )

    after = lift_by_exchange(framed.problem, before, until=np.inf)

    assert faults(framed.seats(after), contest.entries, contest.jurors, **contest.given) == []
    assert worst(framed.problem, after) >= worst(framed.problem, before) - 1e-9


@given(contests(roomy=True))
@given_settings(max_examples=40)
def test_with_no_time_for_the_floor_the_seating_still_keeps_every_rule(contest):
    framed = frame(contest.entries, contest.jurors, **contest.given)
    try:
        found = solver.solve(framed.problem, objective="fair", time_limit=0.0, seed=1)
    except solver.NoSeating:
        return

    assert faults(framed.seats(found.seats), contest.entries, contest.jurors, **contest.given) == []
