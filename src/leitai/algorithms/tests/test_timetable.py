"""Meetings keep every rule, and are as many and as wished for as the bound allows."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from leitai.algorithms.timetable import (
    Host,
    Interpreter,
    Meeting,
    Placed,
    Table,
    Team,
    Unschedulable,
    arrange,
    broken,
    faults,
    schedule,
)
from leitai.algorithms.timetable.pairs import choose
from leitai.algorithms.timetable.problem import problem_from


def instance(seed, *, hosts=12, teams=25, slots=6, busy=0.25, tables=8):
    random = np.random.default_rng(seed)
    wishes = [
        (random.integers(0, 4, (hosts, teams)) * (random.random((hosts, teams)) < 0.4)).astype(
            np.float32
        )
        for _ in range(2)
    ]
    return {
        "host_wish": wishes[0],
        "team_wish": wishes[1],
        "allowed": random.random((hosts, teams)) < 0.85,
        "host_free": random.random((hosts, slots)) >= busy,
        "team_free": random.random((teams, slots)) >= busy,
        "host_max": random.integers(0, 6, hosts),
        "team_max": random.integers(0, 4, teams),
        "tables": random.integers(0, tables + 1, slots),
    }


def interpreters(seed, given_):
    random = np.random.default_rng(seed)
    shape, slots = given_["allowed"].shape, len(given_["tables"])
    return [(random.random(shape) < 0.3, random.integers(0, 3, slots))]


def total(given_, host, team):
    return float((given_["host_wish"] + given_["team_wish"])[host, team].sum())


@given(st.integers(0, 2**31), st.integers(0, 2), st.booleans(), st.booleans())
@settings(max_examples=60)
@example(829, 0, True, False)  # a warm start that once ended in rounding
def test_no_rule_is_ever_broken_and_the_bound_holds(seed, gap, helped, floor):
    arrays = instance(seed)
    rules = {"gap": gap, "limits": interpreters(seed, arrays) if helped else ()}

    host, team, slot = schedule(**arrays, **rules, floor=floor, seed=seed)

    assert broken(host, team, slot, **arrays, **rules) == 0
    bound = choose(problem_from(**arrays, **rules), seed=1).bound
    assert total(arrays, host, team) <= bound + 1e-6


@given(st.integers(0, 2**31))
@settings(max_examples=25)
def test_as_many_teams_have_a_meeting_as_the_halls_hold(seed):
    """Without tables and own limits in the way, who can meet is a plain matching of cells."""
    arrays = instance(seed, busy=0.5) | {
        "host_max": np.full(12, 6),
        "team_max": np.full(25, 3),
        "tables": np.full(6, 30),
    }
    both = arrays["host_free"][:, None, :] & arrays["team_free"][None]
    cells = (both & arrays["allowed"][:, :, None]).transpose(1, 0, 2).reshape(25, -1)
    matched = maximum_bipartite_matching(csr_array(cells.astype(np.int8)), perm_type="column")

    _, team, _ = schedule(**arrays, seed=seed)

    assert len(set(team.tolist())) == (matched >= 0).sum()


@given(st.integers(0, 2**31))
@settings(max_examples=20)
def test_what_is_fixed_stays(seed):
    arrays = instance(seed)
    host, team, slot = schedule(**arrays, seed=seed)
    fixed = (host[::3], team[::3], slot[::3])

    again = schedule(**arrays, fixed=fixed, seed=seed + 1)

    assert broken(*again, **arrays, fixed=fixed) == 0


@given(st.integers(0, 2**31))
@settings(max_examples=20)
def test_a_seed_tells_the_same_story_twice(seed):
    arrays = instance(seed)

    first, second = (schedule(**arrays, seed=seed) for _ in range(2))

    assert all((a == b).all() for a, b in zip(first, second))


@given(st.integers(0, 2**31))
@settings(max_examples=20)
def test_where_everybody_is_free_the_bound_is_reached(seed):
    arrays = instance(seed, busy=0.0, tables=30) | {"tables": np.full(6, 12)}

    host, team, _ = schedule(**arrays, floor=False, seed=seed)

    bound = choose(problem_from(**arrays, floor=False), seed=1).bound
    assert total(arrays, host, team) >= 0.97 * bound


def test_a_contest_is_within_a_thousandth_of_the_bound():
    random = np.random.default_rng(3)
    arrays = instance(5, hosts=40, teams=90, slots=12, busy=0.1, tables=30) | {
        "tables": np.full(12, 30),
        "host_max": random.integers(6, 11, 40),
        "team_max": random.integers(2, 6, 90),
    }

    host, team, _ = schedule(**arrays, seed=1)

    choice = choose(problem_from(**arrays), seed=1)
    assert total(arrays, host, team) >= 0.999 * choice.bound
    assert set(team.tolist()) == set(range(90))


# -- with names ---------------------------------------------------------------------------------


@st.composite
def fairs(draw):
    """A small fair: wishes with noes, diaries, languages, tables with a screen, interpreters."""
    n_slots = draw(st.integers(1, 5))
    random = np.random.default_rng(draw(st.integers(0, 2**31)))

    def free(share=0.8):
        return frozenset(np.flatnonzero(random.random(n_slots) < share).tolist())

    def parties(kind, prefix, n, others):
        return [
            kind(
                id=f"{prefix}{i}",
                wishes={o: int(random.integers(0, 4)) for o in others if random.random() < 0.5},
                most=None if random.random() < 0.3 else int(random.integers(0, 4)),
                free=None if random.random() < 0.3 else free(),
                languages=frozenset(random.choice(["zh", "en", "fr"], random.integers(0, 3))),
                needs=frozenset({"screen"} if random.random() < 0.3 else ()),
                only=None if random.random() < 0.9 else frozenset(others[:2]),
            )
            for i in range(n)
        ]

    n_hosts, n_teams = draw(st.integers(0, 6)), draw(st.integers(0, 8))
    host_ids, team_ids = [f"H{i}" for i in range(n_hosts)], [f"T{i}" for i in range(n_teams)]
    return {
        "hosts": parties(Host, "H", n_hosts, team_ids),
        "teams": parties(Team, "T", n_teams, host_ids),
        "n_slots": n_slots,
        "tables": [
            Table(id=i, features=frozenset({"screen"} if i % 2 else ()), free=free())
            for i in range(draw(st.integers(0, 4)))
        ],
        "interpreters": [
            Interpreter(id=f"I{i}", languages=frozenset({"zh", "en", "fr"}) - {skip}, free=free())
            for i, skip in enumerate(
                draw(st.lists(st.sampled_from(["zh", "en", "fr"]), max_size=2))
            )
        ],
        "gap": draw(st.integers(0, 1)),
    }


@given(fairs())
@settings(max_examples=50)
def test_a_timetable_has_no_faults_and_every_unmet_wish_its_reason(fair):
    made = arrange(**fair, seed=1)

    assert faults(made.meetings, **fair) == []
    wished = {(h.id, t) for h in fair["hosts"] for t, w in h.wishes.items() if w}
    wished |= {(h, t.id) for t in fair["teams"] for h, w in t.wishes.items() if w}
    met = {(p.meeting.host, p.meeting.team) for p in made.meetings}
    assert met <= wished
    assert {(u.host, u.team) for u in made.unmet} == wished - met
    assert all("{" not in str(u.note) for u in made.unmet)
    assert made.figures.value <= made.figures.bound + 1e-6
    assert sum(made.figures.by_slot) == len(made.meetings)


@given(fairs())
@settings(max_examples=25)
def test_the_order_of_hosts_and_teams_does_not_matter(fair):
    turned = fair | {"hosts": fair["hosts"][::-1], "teams": fair["teams"][::-1]}

    assert arrange(**turned, seed=4) == arrange(**fair, seed=4)


def a_fair():
    wishes = {"T1": 3, "T2": 2, "T3": 1}
    return {
        "hosts": [Host(id="H1", wishes=wishes), Host(id="H2", wishes=wishes)],
        "teams": [Team(id="T1"), Team(id="T2", free=frozenset({0})), Team(id="T3", most=1)],
        "n_slots": 2,
        "tables": [Table(id=1), Table(id=2)],
    }


def test_fixed_meetings_that_cannot_stand_are_explained():
    fixed = [Meeting(1, "H1", "T2"), Meeting(0, "H1", "T3"), Meeting(1, "H2", "T3")]

    with pytest.raises(Unschedulable) as refusal:
        arrange(**a_fair(), fixed=[*fixed, Meeting(0, "H1", "T1")], seed=1)

    told = str(refusal.value)
    assert "T2 is not free in slot 2: choose another slot or change the diary." in told
    assert "T3 has 2 meetings; 1 is the most" in told
    assert "H1 has two meetings in slot 1: move one of them." in told


def test_too_few_tables_for_what_is_fixed_are_told_in_numbers():
    fair = a_fair() | {"tables": [Table(id=1)]}

    with pytest.raises(Unschedulable, match="Slot 1 has 2 fixed meetings and 1 tables: 1 of them"):
        arrange(**fair, fixed=[Meeting(0, "H1", "T1"), Meeting(0, "H2", "T2")], seed=1)


def test_why_a_wish_did_not_come_true():
    fair = a_fair()

    made = arrange(**fair, seed=1)

    assert {p.meeting.team for p in made.meetings} == {"T1", "T2", "T3"}
    codes = {(u.host, u.team): u.note.code for u in made.unmet}
    assert set(codes.values()) <= {"slots_taken", "team_full", "host_full"}
    assert len(codes) == 2


def test_the_checker_sees_each_kind_of_fault():
    fair = a_fair() | {"tables": [Table(id=1)]}
    bad = [
        Placed(meeting=Meeting(1, "H1", "T2"), table=1),
        Placed(meeting=Meeting(1, "H1", "T3"), table=1),
        Placed(meeting=Meeting(0, "H2", "T3"), table=7),
        Placed(meeting=Meeting(9, "H2", "T3"), table=1),
    ]

    found = {note.code for note in faults(bad, **fair, fixed=[Meeting(0, "H2", "T1")])}

    assert found >= {"busy", "double", "table_twice", "no_table", "too_many", "unknown"}
    assert "fixed_missing" in found


def test_two_without_a_common_language_meet_only_with_an_interpreter():
    fair = {
        "hosts": [Host(id="H", wishes={"T": 3}, languages=frozenset({"zh"}))],
        "teams": [Team(id="T", languages=frozenset({"fr"}))],
        "n_slots": 2,
        "tables": [Table(id=1)],
    }
    helper = Interpreter(id="Ada", languages=frozenset({"zh", "fr"}), free=frozenset({1}))

    alone, helped = arrange(**fair, seed=1), arrange(**fair, interpreters=[helper], seed=1)

    assert alone.meetings == ()
    assert alone.unmet[0].note.code == "nothing_suits"
    assert helped.meetings == (Placed(meeting=Meeting(1, "H", "T"), table=1, interpreter="Ada"),)
