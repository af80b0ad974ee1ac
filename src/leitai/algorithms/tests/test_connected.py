"""Panels are joined wherever the rules leave room for it."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.algorithms.assignment import EntryNeed, JurorOffer, Rules, faults, repair, seat

TAGS = ("med", "traffic", "factory", "school")


@st.composite
def roomy(draw: st.DrawFn) -> tuple[list[EntryNeed], list[JurorOffer], Rules]:
    """Everyone may read everything, and there are enough seats to join all who sit."""
    k = draw(st.integers(2, 3))
    n_entries = draw(st.integers(2, 14))
    n_jurors = draw(st.integers(k, min(8, n_entries * (k - 1) + 1)))
    load = min(n_entries, math.ceil(n_entries * k / n_jurors) + draw(st.integers(0, 2)))
    entries = [
        EntryNeed(id=e, tags=frozenset({draw(st.sampled_from(TAGS))})) for e in range(n_entries)
    ]
    jurors = [
        JurorOffer(
            id=100 + j,
            kind="technical",
            load_max=load,
            tags=frozenset({draw(st.sampled_from(TAGS))}),
        )
        for j in range(n_jurors)
    ]
    return entries, jurors, Rules(k=k)


@given(roomy(), st.integers(0, 2**31))
@settings(max_examples=120)
def test_where_loads_allow_all_panels_hang_together(contest, seed):
    entries, jurors, rules = contest

    plan = seat(entries, jurors, rules=rules, seed=seed)

    assert plan.figures.connected
    assert faults(plan.seats, entries, jurors, rules=rules) == []


@given(roomy(), st.integers(0, 2**31))
@settings(max_examples=30)
def test_jurors_leave_and_entries_come_and_hardly_anybody_moves(contest, seed):
    entries, jurors, rules = contest
    plan = seat(entries, jurors, rules=rules, seed=seed)
    spare = [JurorOffer(id=200 + j, kind="technical", load_max=len(entries)) for j in range(4)]
    now = [*entries, EntryNeed(id=99, tags=frozenset({"med"}))]

    mended = repair(plan.seats, now, [*jurors[1:], *spare], rules=rules, seed=seed)

    gone = [s for s in plan.seats if s.juror == 100]
    assert len(mended.orphaned) == len(gone)
    assert len(mended.added) == len(gone) + rules.k + len(mended.moved)
    assert len(mended.moved) <= 1  # a seat may move to join a part that came apart
    assert faults(mended.plan.seats, now, [*jurors[1:], *spare], rules=rules) == []
