"""Seats by lot: no pair likelier than the cap, no rule broken in any draw."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.algorithms.assignment import Unseatable, assign, lottery, seat
from leitai.algorithms.assignment.frame import frame
from leitai.algorithms.tests.contests import contests, open_contest, optimum
from leitai.algorithms.tests.test_trades import broken, scarce


@given(contests(), st.sampled_from([0.4, 0.7, 1.0]), st.integers(0, 2**31))
@settings(max_examples=60)
def test_every_draw_keeps_every_rule_or_says_why_not(contest, cap, seed):
    try:
        plan = seat(contest.entries, contest.jurors, **contest.given, seed=seed, pair_cap=cap)
    except Unseatable as refusal:
        assert "{" not in str(refusal)
        assert cap < 1 or optimum(contest) is None or contest.rules.one_per_organisation
    else:
        assert contest.faults(plan) == []


def test_pairs_sit_as_often_as_their_shares_say():
    problem, draws = scarce(30, 24, 3, seed=2), 600
    pairs, share, _bound = lottery.shares(problem, pair_cap=0.5, seed=1)

    times = np.zeros(len(pairs))
    for seed in range(draws):
        seats = lottery.draw(problem, pairs, share, seed=seed)
        assert broken(problem, seats) == []
        times += np.isin(pairs, seats)

    assert share.max() <= 0.5 + 1e-6
    spread = np.sqrt(np.maximum(share * (1 - share), 1e-3) / draws)
    assert (np.abs(times / draws - share) < 5 * spread).all()


@given(st.integers(0, 2**31))
@settings(max_examples=10)
def test_a_lower_cap_costs_affinity_and_never_adds_any(seed):
    problem = scarce(20, 12, 2, seed=seed)
    try:
        bounds = [lottery.shares(problem, pair_cap=cap, seed=1)[2] for cap in (0.4, 0.7, 1.0)]
    except lottery.NoSeating:
        return

    assert bounds == sorted(bounds) or bounds == pytest.approx(sorted(bounds), abs=1e-4)


def test_the_same_seed_draws_the_same_seats_and_another_one_others():
    contest = open_contest(entries=12, jurors=8)
    plans = [
        seat(contest.entries, contest.jurors, rules=contest.rules, seed=n, pair_cap=0.6).seats
        for n in (1, 1, 2)
    ]

    assert plans[0] == plans[1] != plans[2]


def test_a_cap_too_low_says_so():
    contest = open_contest(entries=12, jurors=8)

    with pytest.raises(Unseatable) as refusal:
        seat(contest.entries, contest.jurors, rules=contest.rules, seed=1, pair_cap=0.2)

    assert refusal.value.shortages[0].note.code == "too_even"


def test_a_fixed_seat_is_outside_the_lottery():
    contest = open_contest(entries=12, jurors=8)
    framed = frame(contest.entries, contest.jurors, rules=contest.rules)
    problem = framed.problem
    drawn = [
        assign(
            affinity=framed.affinity, forbidden=~framed.free, demand=problem.demand,
            load_min=problem.load_min, load_max=problem.load_max, groups=problem.groups,
            group_min=problem.group_min, fixed=(np.array([3]), np.array([2])),
            pair_cap=0.6, seed=seed,
        )
        for seed in range(5)
    ]  # fmt: skip

    assert all((3, 2) in set(zip(*d, strict=True)) for d in drawn)
