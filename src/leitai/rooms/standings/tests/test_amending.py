"""What people change on a list: places left empty, and reserves that move up."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from leitai.rooms.contests.rules.states import Outcome
from leitai.rooms.standings.rules import Stand, amended, left_vacant, moving_up

GROUPS = ("MED", "TRF", "MFG")


@st.composite
def lists(draw):
    """Places in rank order, shared out over groups, with reserves behind them."""
    groups = draw(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=25))
    shares = {g: draw(st.integers(0, 5)) for g in GROUPS}
    left, stands = dict(shares), []
    reserves = draw(st.integers(0, 8))
    for entry, group in enumerate(groups):
        if left[group] > 0:
            left[group] -= 1
            outcome = Outcome.IN
        else:
            outcome = Outcome.RESERVE if reserves > 0 else Outcome.OUT
            reserves -= outcome == Outcome.RESERVE
        stands.append(Stand(entry, outcome, group))
    return stands, shares


def inside(stands):
    return [s.entry for s in stands if s.outcome == Outcome.IN]


def after(stands, changes):
    found = amended({s.entry: s.outcome for s in stands}, changes)
    return [Stand(s.entry, found[s.entry], s.group) for s in stands]


@given(lists(), st.data())
def test_a_chain_of_departures_keeps_as_many_places_filled_as_there_are_candidates(given_, data):
    stands, shares = given_
    places = len(inside(stands))
    reserves = [s.entry for s in stands if s.outcome == Outcome.RESERVE]
    left, moved = [], []
    for _ in range(data.draw(st.integers(0, 6))):
        now = inside(stands)
        gone = data.draw(st.sets(st.sampled_from(now), max_size=3)) if now else set()
        pairs = moving_up(stands, gone=gone, fit=set(reserves) - set(left), shares=shares)
        ups = [up for _, up in pairs if up is not None]
        changes = [{"what": "gone", "entries": sorted(gone)}]
        changes += [{"what": "promoted", "entries": [up]} for up in ups]
        stands, left, moved = after(stands, changes), [*left, *gone], [*moved, *ups]

        assert len(inside(stands)) == min(places, places + len(reserves) - len(left))
        assert len(set(moved)) == len(moved), "nobody moves up twice"
        assert set(moved) <= set(reserves) and not set(left) & set(inside(stands))

    for group in GROUPS:
        order = [e for e in reserves if stands[e].group == group]
        mine = [e for e in moved if stands[e].group == group]
        assert mine == order[: len(mine)], "reserves of a group move up in their order"


@given(lists(), st.data())
def test_nobody_of_another_group_passes_the_first_reserve_without_need(given_, data):
    stands, shares = given_
    now = inside(stands)
    gone = {data.draw(st.sampled_from(now))} if now else set()
    waiting = [s for s in stands if s.outcome == Outcome.RESERVE]

    for entry, up in moving_up(stands, gone=gone, fit={s.entry for s in waiting}, shares=shares):
        own = [s.entry for s in waiting if s.group == stands[entry].group]
        assert up == (own or [s.entry for s in waiting] or [None])[0]


def test_a_group_above_its_share_gives_the_place_to_the_best_of_all():
    stands = [Stand(1, "in", "MED"), Stand(2, "in", "MED"), Stand(3, "reserve", "TRF"),
              Stand(4, "reserve", "MED")]  # fmt: skip

    assert moving_up(stands, gone={2}, fit={3, 4}, shares={"MED": 1}) == [(2, 3)]
    assert moving_up(stands, gone={2}, fit={3, 4}, shares={"MED": 2}) == [(2, 4)]


def test_who_has_left_does_not_move_up_and_a_special_place_stays_empty():
    stands = [Stand(1, "in"), Stand(2, "in"), Stand(3, "reserve"), Stand(4, "reserve")]

    assert moving_up(stands, gone={1}, fit={4}, shares={"": 2}) == [(1, 4)]
    assert moving_up(stands, gone={2}, fit={3, 4}, shares={"": 1}, special={2}) == [(2, None)]


@given(lists(), st.sampled_from(GROUPS), st.integers(0, 6))
def test_places_left_empty_are_the_last_and_nobody_moves_into_them(given_, group, places):
    stands, _ = given_
    out = left_vacant(stands, group=group, places=places)
    then = after(stands, [{"what": "vacant", "entries": out}])
    kept = Counter(s.group for s in then if s.outcome == Outcome.IN)
    had = Counter(s.group for s in stands if s.outcome == Outcome.IN)

    assert kept[group] == max(had[group] - places, 0)
    assert all(kept[g] == had[g] for g in GROUPS if g != group)
    behind = [s for s in then if s.group == group and s.outcome == Outcome.RESERVE]
    assert not places or not behind
