"""Heats from a shortlist: pure, and the same for everybody."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.rooms.finals.rules import hours, lot
from leitai.rooms.finals.rules.planning import Candidate, Wish, faults, may_plan, plan

SHORTLIST = {
    "MED": 15, "TRF": 13, "MFG": 17, "FIN": 9, "EDU": 9, "COM": 11, "GOV": 10, "SAF": 10,
}  # fmt: skip


def shortlist(**groups):
    rows = [(s, n) for s, count in groups.items() for n in range(1, count + 1)]
    return [Candidate(entry=i, code=f"{s}-{n:04d}", scenario=s) for i, (s, n) in enumerate(rows, 1)]


def test_eleven_heats_of_eight_scenarios_divide_the_largest():
    candidates = shortlist(**SHORTLIST)

    made = plan(candidates, Wish(number=11))

    sizes = {}
    for heat in made.heats:
        (group,) = heat.groups
        sizes.setdefault(group, []).append(len(heat.entries))
    assert sizes == {
        "COM": [11], "EDU": [9], "FIN": [9], "GOV": [10], "MED": [8, 7], "MFG": [9, 8],
        "SAF": [10], "TRF": [7, 6],
    }  # fmt: skip
    assert faults(made, candidates, Wish(number=11)) == []


def test_by_quota_heats_get_their_sizes_and_a_like_share_of_each_scenario():
    candidates = shortlist(MED=6, FIN=3)

    made = plan(candidates, Wish(by="quota", number=3, sizes=(4, 3, 2)))

    assert [len(heat.entries) for heat in made.heats] == [4, 3, 2]
    assert all(set(heat.groups) == {"FIN", "MED"} for heat in made.heats)


@given(
    st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 25), min_size=1),
    st.integers(1, 12), st.integers(3, 25), st.sampled_from(["scenario", "place", "quota"]),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_every_allowed_plan_holds(groups, number, capacity, by):
    candidates = shortlist(**groups)
    wish = Wish(by=by, number=number, capacity=capacity)
    if not may_plan(len(candidates), wish):
        return

    made = plan(candidates, wish)

    assert faults(made, candidates, wish) == []
    assert len(made.heats) == number
    assert plan(list(reversed(candidates)), wish) == made


def test_a_plan_by_hand_is_looked_at_by_the_same_eyes():
    candidates = shortlist(MED=3)
    made = plan(candidates, Wish(number=1))

    found = faults(made, [*candidates, Candidate(entry=9, code="X-9")], Wish(capacity=2))

    assert [fault.code for fault in found] == ["left_out", "over_capacity"]


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish(number=0), "number_of_heats"),
        (Wish(number=2, capacity=4), "no_room"),
        (Wish(by="quota", number=2, sizes=(5, 6)), "sizes_do_not_fit"),
    ],
)
def test_what_cannot_be_is_refused_in_numbers(wish, code):
    assert may_plan(10, wish).code == code


# --- lots

SEED = "2026-05-04"
TOLD = "3f9009e8161b668f2965d2dd0b7383ad257d8168109818454c2053340edaa978"
CODES = ["TRF-0001", "MED-0001", "MED-0003", "MED-0002", "TRF-0002"]
DRAWN = ["TRF-0002", "MED-0001", "MED-0003", "TRF-0001", "MED-0002"]


def test_a_lot_can_be_drawn_again_by_anybody():
    assert lot.commitment(SEED) == TOLD
    assert lot.order(SEED, CODES) == DRAWN
    assert lot.order("haiwan", list("ABCDEFG")) == ["G", "E", "A", "B", "D", "C", "F"]
    assert lot.order("x", []) == []


def test_a_lot_that_does_not_hold_says_why():
    assert lot.faults(told=TOLD, seed=SEED, codes=CODES, drawn=DRAWN) == []
    assert lot.faults(told=TOLD, seed="other", codes=CODES, drawn=DRAWN) == [
        "other_seed", "other_order",
    ]  # fmt: skip
    assert lot.faults(told=TOLD, seed=SEED, codes=CODES[1:], drawn=DRAWN) == ["other_entries"]


def test_every_order_is_as_likely():
    counts = {}
    for n in range(1200):
        drawn = tuple(lot.order(f"seed {n}", "ABC"))
        counts[drawn] = counts.get(drawn, 0) + 1

    assert len(counts) == 6
    assert max(counts.values()) < 260 and min(counts.values()) > 145


# --- the clock of teams from afar

NINE_IN_SHANGHAI = datetime(2026, 5, 4, 1, tzinfo=UTC)
TURN = timedelta(minutes=15)


def test_a_team_from_afar_pitches_when_it_is_day_there():
    """14:00 in Shanghai is 08:00 in Paris."""
    starts = [NINE_IN_SHANGHAI + TURN * n for n in range(24)]
    order = list(range(24))

    made = hours.fit(order, zones={2: "Europe/Paris"}, starts=starts, lasting=TURN)

    assert starts[made.order.index(2)] == datetime(2026, 5, 4, 6, tzinfo=UTC)
    assert (made.out_of_hours, 2 in made.moved) == ((), True)
    assert sorted(made.order) == order


def test_where_no_slot_falls_into_its_day_that_is_said():
    starts = [NINE_IN_SHANGHAI + TURN * n for n in range(4)]

    made = hours.fit([7, 8, 9, 4], zones={8: "Europe/Paris"}, starts=starts, lasting=TURN)

    assert (made.order, made.out_of_hours, made.moved) == ((7, 8, 9, 4), (8,), ())
