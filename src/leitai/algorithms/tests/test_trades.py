"""Rounds of exchanges: what they promise is what they give, and no rule is lost on the way."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.algorithms.assignment import ceiling, climb, solver, whole
from leitai.algorithms.assignment.problem import problem_from
from leitai.algorithms.assignment.trades import Trades


def scarce(n_entries: int, n_jurors: int, k: int, *, seed: int):
    """Most entries lean to a topic that few jurors know; two percent of load to spare."""
    lots = np.random.default_rng(seed)
    popular = 1 / np.arange(1, 7)
    topics = lots.dirichlet(popular, n_entries)
    skills = lots.dirichlet(popular[::-1], n_jurors)
    return problem_from(
        affinity=0.9 * topics @ skills.T + 0.1 * lots.random((n_entries, n_jurors)),
        forbidden=lots.random((n_entries, n_jurors)) < 1 / 40,
        demand=np.full(n_entries, k),
        load_min=np.full(n_jurors, n_entries * k // n_jurors // 2),
        load_max=np.full(n_jurors, int(np.ceil(1.02 * n_entries * k / n_jurors))),
        groups=np.arange(n_jurors)[:, None] % 2 == np.arange(2),
        group_min=np.tile([1, 1], (n_entries, 1)),
        same=lots.integers(0, n_jurors // 2, n_jurors),
    )


def broken(problem, seats) -> list[str]:
    entry, juror = problem.entry[seats], problem.juror[seats]
    load = np.bincount(juror, minlength=problem.n_jurors)
    mix = np.zeros_like(problem.group_min)
    np.add.at(mix, entry, problem.groups[juror].astype(mix.dtype))
    houses = problem.same_key[seats]
    houses = houses[houses >= 0]
    kept = {
        "seats": len(np.unique(seats)) == len(seats) and (seats >= 0).all(),
        "panels": (np.bincount(entry, minlength=problem.n_entries) == problem.demand).all(),
        "loads": ((load >= problem.load_min) & (load <= problem.load_max)).all(),
        "kinds": (mix >= problem.group_min).all(),
        "houses": len(np.unique(houses)) == len(houses),
    }
    return [name for name, holds in kept.items() if not holds]


def worst(problem, seats) -> float:
    sums = np.bincount(problem.entry[seats], problem.value[seats], problem.n_entries)
    return float((sums / problem.demand).min())


@given(st.integers(0, 2**31))
@settings(max_examples=15)
def test_a_round_gains_what_it_says_and_breaks_no_rule(seed):
    problem = scarce(24, 10, 3, seed=seed)
    try:
        before = solver.solve(problem, seed=1).seats
    except solver.NoSeating:
        return
    trades = Trades(problem, before)
    trades.aim(floor=np.full(24, 1.2), thrift=0.1, weight=1.0)

    for entry in range(24):
        worth = trades.worth(np.arange(24), trades.sum).sum()
        found = trades.best_round(entry)
        if found is None:
            continue
        trades.make(found)
        assert trades.worth(np.arange(24), trades.sum).sum() == pytest.approx(worth + found.gain)
        assert broken(problem, trades.seats()) == []

    sums = np.bincount(problem.entry[trades.seats()], problem.value[trades.seats()], 24)
    assert trades.sum == pytest.approx(sums)


def test_fair_seats_where_topics_are_short_come_near_the_bound():
    problem = scarce(200, 40, 4, seed=5)

    total = solver.solve(problem, seed=1)
    fair = solver.solve(problem, objective="fair", seed=1)

    assert broken(problem, fair.seats) == []
    assert worst(problem, total.seats) < 0.7 * fair.worst_bound
    assert 0.85 * fair.worst_bound < worst(problem, fair.seats) <= fair.worst_bound + 1e-9
    assert problem.value[fair.seats].sum() >= 0.97 * fair.bound


@given(st.integers(0, 2**31))
@settings(max_examples=10)
def test_the_climb_takes_no_more_of_the_total_than_it_may(seed):
    problem = scarce(40, 12, 3, seed=seed)
    try:
        total = solver.solve(problem, seed=1)
    except solver.NoSeating:
        return

    least = 0.97 * problem.value[total.seats].sum()
    found = climb.climb(problem, total.seats, top=0.9, least_total=least, until=np.inf)

    assert broken(problem, found) == []
    assert problem.value[found].sum() >= least
    assert worst(problem, total.seats) <= worst(problem, found)
    assert worst(problem, found) <= ceiling.floor_bound(problem, total.seats, time_limit=20.0)


def test_floors_proven_by_prices_are_no_lower_than_the_slow_solver_finds():
    problem = scarce(30, 10, 3, seed=2)

    slow, _, _ = whole.best_whole(problem, worth=problem.value, objective="fair", time_limit=30.0)

    bound = ceiling.floor_bound(problem, slow, time_limit=20.0)
    assert worst(problem, slow) <= bound <= 1.1 * worst(problem, slow)


def test_without_time_to_climb_the_seats_stay_as_they_were():
    problem = scarce(40, 12, 3, seed=4)
    seats = solver.solve(problem, seed=1).seats

    found = climb.climb(problem, seats, top=0.9, least_total=0.0, until=-np.inf)

    assert (found == seats).all()
