"""The solver against its checker, against scipy over all pairs, and against itself."""

import re

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from leitai.algorithms.assignment import (
    EntryNeed,
    JurorOffer,
    Rules,
    Seat,
    Unseatable,
    assign,
    faults,
    seat,
    solver,
    whole,
)
from leitai.algorithms.tests.contests import (
    Contest,
    contests,
    open_contest,
    optimum,
    seated,
    two_circles,
    unjoined,
)

seeds = st.integers(0, 2**31)


@given(contests(), seeds)
@settings(max_examples=150)
def test_a_plan_keeps_every_rule_or_says_why_not(contest, seed):
    try:
        plan = seated(contest, seed=seed)
    except Unseatable as refusal:
        assert optimum(contest) is None
        assert refusal.shortages
        assert re.search(r"\d", str(refusal.shortages[0]))
        assert "{" not in str(refusal)
    else:
        assert contest.faults(plan) == []
        assert plan.reasons.keys() == set(plan.seats)


@given(contests(), seeds)
@settings(max_examples=60)
def test_the_fair_plan_keeps_every_rule_too(contest, seed):
    try:
        plan = seated(contest, seed=seed, objective="fair")
    except Unseatable:
        assert optimum(contest) is None
        return

    assert contest.faults(plan) == []
    assert plan.figures.worst_off <= plan.figures.worst_bound + 1e-6


@given(contests(roomy=True))
@settings(max_examples=60)
def test_the_total_is_the_best_there_is(contest):
    assume((best := optimum(contest)) is not None)
    apart = Contest(**{**vars(contest), "rules": unjoined(contest.rules)})

    figures = seated(apart).figures

    assert figures.total == pytest.approx(best, rel=1e-3, abs=1e-4)
    assert figures.total <= figures.bound + 1e-6


@given(contests(), seeds)
@settings(max_examples=60)
def test_the_same_seed_seats_the_same_way_in_any_order(contest, seed):
    try:
        plan = seated(contest, seed=seed)
    except Unseatable as refusal:
        with pytest.raises(Unseatable) as again:
            seated(contest.upside_down(), seed=seed)
        assert str(again.value) == str(refusal)
    else:
        assert seated(contest.upside_down(), seed=seed) == plan


@given(contests(roomy=True), st.data())
@settings(max_examples=60)
def test_more_room_never_costs_affinity(contest, data):
    assume(optimum(contest) is not None)
    lucky = data.draw(st.integers(0, len(contest.jurors) - 1))
    jurors = list(contest.jurors)
    jurors.append(JurorOffer(id=999, kind=jurors[lucky].kind, load_max=3, tags=jurors[lucky].tags))
    rules = unjoined(contest.rules)

    before = seat(contest.entries, contest.jurors, rules=rules, conflicts=contest.conflicts, seed=1)
    after = seat(contest.entries, jurors, rules=rules, conflicts=contest.conflicts, seed=1)

    assert after.figures.total >= before.figures.total - 1e-3


def test_sealed_sheets_stay_when_fixed():
    contest = open_contest(entries=12, jurors=8)
    sealed = Seat(0, 107)

    plan = seat(
        contest.entries, contest.jurors, rules=contest.rules, fixed=frozenset({sealed}), seed=1
    )

    assert plan.reasons[sealed].code == "fixed"
    assert str(plan.reasons[sealed]).startswith("seated by hand")


def test_closed_circles_are_joined_when_a_juror_may_read_elsewhere():
    contest = two_circles(strict=False)

    plan = seated(contest)
    apart = seat(contest.entries, contest.jurors, rules=unjoined(contest.rules), seed=1)

    assert apart.figures.components == (6, 6)
    assert plan.figures.connected
    assert contest.faults(plan) == []
    assert len(set(plan.seats) - set(apart.seats)) <= 2
    assert "joined" in {reason.code for reason in plan.reasons.values()}


def test_closed_circles_that_cannot_be_joined_are_told():
    plan = seated(two_circles(strict=True))

    assert not plan.figures.connected
    assert plan.figures.components == (6, 6)


def test_progress_goes_up_and_ends():
    told = []
    contest = open_contest(entries=12, jurors=8)

    seat(
        contest.entries,
        contest.jurors,
        rules=contest.rules,
        seed=1,
        report=lambda s, d: told.append(s),
    )

    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_juror_of_the_entrys_own_house_never_sits_there():
    entry = EntryNeed(id=1, organisation="Haiwan")
    jurors = [
        JurorOffer(id=2, kind="technical", load_max=1, organisation="Haiwan"),
        JurorOffer(id=3, kind="technical", load_max=1),
    ]

    assert seat([entry], jurors, rules=Rules(k=1), seed=1).seats == (Seat(1, 3),)


def test_a_reason_names_tags_and_rivals():
    entry = EntryNeed(id=1, tags=frozenset({"traffic", "edge", "vision", "5g"}))
    jurors = [
        JurorOffer(
            id=2, kind="technical", load_max=1, tags=frozenset({"traffic", "Edge", "vision"})
        ),
        JurorOffer(id=3, kind="technical", load_max=1, tags=frozenset({"traffic"})),
    ]

    plan = seat([entry], jurors, rules=Rules(k=1), seed=1)

    reason = plan.reasons[Seat(1, 2)]
    assert str(reason) == "strongest of 2 free technical jurors; shares 3 of 4 tags"
    assert reason.shared == ("edge", "traffic", "vision")


@given(st.integers(0, 2**31), st.sampled_from(["sum", "fair"]))
@settings(max_examples=25)
def test_arrays_with_overlapping_groups_match_the_slow_solver(seed, objective):
    random = np.random.default_rng(seed)
    affinity = random.random((9, 8))
    given_ = {
        "affinity": affinity,
        "forbidden": random.random((9, 8)) < 0.15,
        "demand": np.full(9, 3),
        "load_min": np.full(8, 1),
        "load_max": np.full(8, 5),
        "groups": random.random((8, 2)) < 0.6,
        "group_min": np.ones((9, 2), dtype=int),
        "same": random.integers(-1, 4, 8),
    }
    problem = whole_problem(given_)
    best, _, _ = whole.best_whole(problem, worth=problem.value, objective=objective, time_limit=20)
    if best is None:
        with pytest.raises(Unseatable):
            assign(**given_, objective=objective)
        return

    entry, juror = assign(**given_, objective=objective, seed=seed)

    assert (np.bincount(entry, minlength=9) == 3).all()
    loads = np.bincount(juror, minlength=8)
    assert ((loads >= 1) & (loads <= 5)).all()
    assert not given_["forbidden"][entry, juror].any()
    for group in range(2):
        inside = np.bincount(entry, given_["groups"][juror, group], 9)
        assert (inside >= 1).all()
    houses = [(e, given_["same"][j]) for e, j in zip(entry, juror) if given_["same"][j] >= 0]
    assert len(houses) == len(set(houses))
    if objective == "sum":
        assert affinity[entry, juror].sum() == pytest.approx(problem.value[best].sum(), rel=1e-3)


def whole_problem(given_):
    from leitai.algorithms.assignment.problem import problem_from

    return problem_from(**given_)


@given(contests(), st.sampled_from(["sum", "fair"]))
@settings(max_examples=40)
def test_without_highspy_the_slow_solver_keeps_every_rule_too(contest, objective):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(solver, "find_spec", lambda name: None)
        try:
            plan = seated(contest, objective=objective)
        except Unseatable as refusal:
            assert refusal.shortages
            assert optimum(contest) is None
            return

    assert contest.faults(plan) == []
    assert plan.figures.total <= plan.figures.bound + 1e-6


@given(contests(roomy=True), st.data())
@settings(max_examples=40)
def test_fixed_seats_are_kept_and_forbidden_ones_left_empty(contest, data):
    by_hand = data.draw(st.sampled_from(contest.entries)).id
    chosen = Seat(by_hand, data.draw(st.sampled_from(contest.jurors)).id)
    assume(chosen not in contest.conflicts)
    assume(chosen not in contest.forbidden)
    contest = Contest(**{**vars(contest), "fixed": frozenset({chosen})})

    try:
        plan = seated(contest)
    except Unseatable:
        assert optimum(contest) is None
        return

    assert chosen in plan.seats
    assert not contest.forbidden & set(plan.seats)
    assert contest.faults(plan) == []


def test_the_checker_finds_each_kind_of_fault():
    contest = open_contest(entries=3, jurors=6)
    good = seated(contest).seats
    bad = [s for s in good if s.entry != 0]
    bad += [Seat(0, 100), Seat(0, 102), Seat(0, 102), Seat(7, 100), Seat(1, 999)]
    limits = {
        "rules": Rules(k=3, mix={"investor": 1}),
        "conflicts": frozenset({Seat(0, 100)}),
        "forbidden": frozenset({Seat(0, 102)}),
        "fixed": frozenset({Seat(2, 55)}),
    }

    found = faults(bad, contest.entries, contest.jurors, **limits)

    codes = {fault.note.code for fault in found}
    assert codes >= {"twice", "conflict", "forbidden", "unknown_entry", "unknown_juror"}
    assert codes >= {"panel_size", "panel_mix", "fixed_missing"}
    assert "Entry 0 has 2 of 3 jurors" in map(str, found)


@pytest.mark.parametrize("objective", ["sum", "fair"])
def test_where_nothing_is_asked_for_nobody_sits(objective):
    juror = JurorOffer(id=1, kind="technical", load_max=3)

    for entries, jurors in (([], []), ([], [juror]), ([EntryNeed(id=1, k=0)], [juror])):
        plan = seat(entries, jurors, rules=Rules(k=3), objective=objective, seed=1)
        assert plan.seats == ()
        assert plan.figures.total == plan.figures.worst_off == 0
