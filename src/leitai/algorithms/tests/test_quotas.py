"""Places per group, and a cut that never falls silently among equals."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.algorithms import quotas as module
from leitai.algorithms.quotas import Candidate, CutTie, faults, quotas, select

groups = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 60), min_size=1)


@given(groups, st.integers(0, 200), st.integers(0, 3))
def test_all_places_are_given_while_anyone_can_take_them(candidates, places, floor):
    floors = {g: min(floor, n) for g, n in candidates.items()}
    if sum(floors.values()) > places:
        with pytest.raises(ValueError, match="lower the floor"):
            quotas(total=places, candidates=candidates, floor=floor)
        return

    shared = quotas(total=places, candidates=candidates, floor=floor)

    assert sum(q.places for q in shared.values()) == min(places, sum(candidates.values()))
    for q in shared.values():
        assert floors[q.group] <= q.places <= q.candidates
        assert q.places == q.floor + q.whole + q.by_remainder


@given(groups, st.integers(0, 200))
def test_without_ceilings_nobody_is_a_whole_place_off_the_exact_share(candidates, places):
    size = sum(candidates.values())
    if places > size or size == 0:
        return

    for q in quotas(total=places, candidates=candidates).values():
        assert abs(q.places - places * q.candidates / size) < 1


@given(groups, st.randoms(use_true_random=False))
def test_the_order_of_groups_changes_no_quota(candidates, random):
    total = sum(candidates.values()) // 2
    shuffled = dict(random.sample(list(candidates.items()), len(candidates)))

    assert quotas(total=total, candidates=shuffled) == quotas(total=total, candidates=candidates)


def test_a_quota_explains_itself():
    shared = quotas(total=10, candidates={"MED": 60, "EDU": 30, "SAF": 10}, floor=1)

    assert str(shared["MED"].note) == (
        "MED: 5 places for 60 candidates = floor 1 + share 4 + remainder 0"
    )


@st.composite
def fields(draw):
    n = draw(st.integers(0, 25))
    order = sorted(draw(st.lists(st.integers(1, 12), min_size=n, max_size=n)))
    firsts = {value: 1 + order.index(value) for value in order}
    return [
        Candidate(
            entry=e,
            place=firsts[value],
            group=draw(st.sampled_from("AB")),
            unit=draw(st.sampled_from([None, "u", "v"])),
        )
        for e, value in enumerate(order)
    ]


@given(fields(), st.integers(0, 6), st.integers(0, 6), st.sampled_from([None, 1, 2]))
def test_a_selection_has_no_faults_and_cuts_through_no_tie(field, a, b, cap):
    places = {"A": a, "B": b}

    made = select(field, places=places, reserves=4, unit_cap=cap)

    assert faults(made, field, places=places, unit_cap=cap) == []
    level = {(c.group, c.place) for c in field if c.entry in made.chosen}
    for c in field:
        if (c.group, c.place) in level:
            assert c.entry in made.chosen or c.entry in made.passed_over
    assert not set(made.chosen) & set(made.reserves)
    assert len(made.reserves) <= 4


@given(fields(), st.integers(0, 6), st.randoms(use_true_random=False))
def test_the_order_of_candidates_changes_nothing(field, a, random):
    shuffled = random.sample(field, len(field))

    once = select(field, places={"A": a, "B": 3}, reserves=4, unit_cap=2)

    assert select(shuffled, places={"A": a, "B": 3}, reserves=4, unit_cap=2) == once


def field(*rows):
    return [Candidate(entry=e, place=p, group=g, unit=u) for e, p, g, u in rows]


def test_a_tie_at_the_line_is_told_and_nobody_behind_it_moves_up():
    level = field((1, 1, "A", None), (2, 2, "A", None), (3, 2, "A", None), (4, 4, "A", None))

    made = select(level, places={"A": 2}, reserves=2)

    assert made.chosen == (1,)
    assert made.reserves == ()
    assert made.ties == (CutTie(group="A", entries=(2, 3), places_left=1),)
    assert str(made.ties[0].note) == "A: 2 level for 1 places: 2, 3"
    assert not made.is_settled


def test_a_unit_gets_no_more_than_its_cap():
    crowded = field((1, 1, "A", "u"), (2, 2, "A", "u"), (3, 3, "A", "v"))

    made = select(crowded, places={"A": 2}, unit_cap=1)

    assert made.chosen == (1, 3)
    assert made.passed_over == (2,)


def test_equals_of_one_unit_in_two_groups_do_not_race_for_its_last_place():
    level = field((1, 1, "A", "u"), (2, 1, "B", "u"))

    made = select(level, places={"A": 1, "B": 1}, unit_cap=1)

    assert made.chosen == ()
    assert {tie.group for tie in made.ties} == {"A", "B"}


def test_reserves_stand_in_the_order_of_the_ranking_over_all_groups():
    ranked = field((1, 1, "A", None), (2, 2, "B", None), (3, 3, "B", None), (4, 4, "A", None))

    made = select(ranked, places={"A": 1, "B": 1}, reserves=2)

    assert (made.chosen, made.reserves) == ((1, 2), (3, 4))
    assert made.is_settled


def test_a_tie_at_the_end_of_the_reserves_is_told():
    level = field((1, 1, "A", None), (2, 2, "A", None), (3, 2, "A", None))

    made = select(level, places={"A": 1}, reserves=1)

    assert made.ties == (CutTie(group=None, entries=(2, 3), places_left=1),)


def test_the_checker_finds_too_many_and_the_wrong_ones():
    ranked = field((1, 1, "A", "u"), (2, 2, "A", "u"), (3, 3, "A", "v"))
    wrong = module.Selection(chosen=(2, 3), reserves=(), passed_over=(), ties=())

    found = faults(wrong, ranked, places={"A": 1}, unit_cap=1)

    assert "Group A has 2 chosen for 1 places." in found
    assert "Entry 1 (place 1) is left out of A though place 3 is in." in found


def test_the_examples_hold():
    assert doctest.testmod(module).failed == 0
