"""The reckoning by hand, by rule, and turned upside down."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.algorithms.formulas import NotComparable
from leitai.rooms.contests.rules import StageRule
from leitai.rooms.standings.rules import (
    EntryIn,
    Outcome,
    Ruling,
    SheetIn,
    fingerprint,
    places,
    reckon,
)

TWO = [{"code": c, "name": {"en": c}, "high": 10} for c in ("landing", "copying")]
LOW_IS_GOOD = [
    {"code": c, "name": {"en": c}, "low": "1.0", "high": "5.0", "step": "0.1"}
    for c in ("innovation", "impact")
]


def a_rule(**changes):
    return StageRule.model_validate(
        {"code": "first", "name": {"en": "First"}, "criteria": TWO, **changes}
    )


def a_sheet(entry, juror, *marks, codes=("landing", "copying")):
    return SheetIn(entry, juror, dict(zip(codes, map(D, marks), strict=True)))


THREE = [
    a_sheet(1, 1, 9, 9), a_sheet(1, 2, 8, 8), a_sheet(1, 3, 7, 8),
    a_sheet(2, 1, 8, 8), a_sheet(2, 2, 8, 8), a_sheet(2, 3, 8, 9),
    a_sheet(3, 1, 2, 2), a_sheet(3, 2, 3, 2), a_sheet(3, 3, 2, 2),
]  # fmt: skip
ALL = {1: EntryIn("MED"), 2: EntryIn("MED"), 3: EntryIn("TRF")}


def the_places(rule, *, entries, **given):
    return places(reckon(rule, entries=entries, **given), entries=entries, digits=rule.places)


def told(made):
    return [(p.rank, p.entry, p.score, p.outcome) for p in made]


def test_equal_scores_share_a_place_until_a_tie_break_parts_them():
    level = the_places(a_rule(), sheets=THREE, entries=ALL)
    parted = the_places(a_rule(tie_breaks=["criterion:copying"]), sheets=THREE, entries=ALL)

    assert [(p.rank, p.entry) for p in level] == [(1, 1), (1, 2), (3, 3)]
    assert [(p.rank, p.entry, p.broken_by) for p in parted] == [
        (1, 1, ""), (1, 2, ""), (3, 3, ""),
    ]  # fmt: skip
    assert parted[0].score == D("16.33")
    by_landing = the_places(a_rule(tie_breaks=["best_mark"]), sheets=THREE, entries=ALL)
    assert [(p.rank, p.entry, p.broken_by) for p in by_landing][:2] == [
        (1, 1, "best_mark"), (2, 2, "best_mark"),
    ]  # fmt: skip


def test_highest_and_lowest_are_dropped_from_panels_that_are_large_enough():
    marks = [(1, 9), (2, 5), (3, 7), (4, 8), (5, 1)]
    sheets = [a_sheet(1, juror, mark, 0) for juror, mark in marks]

    made = the_places(a_rule(formula="drop_high_low"), sheets=sheets, entries={1: EntryIn("")})

    assert (made[0].score, made[0].raw) == (D("6.67"), D("6.00"))
    assert made[0].spread == 8


def test_where_low_is_good_the_lowest_comes_first():
    rule = a_rule(criteria=LOW_IS_GOOD, direction="down", total="weighted_mean")
    codes = ("innovation", "impact")
    sheets = [a_sheet(1, 1, "3.0", "4.0", codes=codes), a_sheet(2, 1, "1.2", "1.4", codes=codes)]

    made = the_places(rule, sheets=sheets, entries={1: EntryIn(""), 2: EntryIn("")})

    assert told(made) == [(1, 2, D("1.30"), Outcome.IN), (2, 1, D("3.50"), Outcome.IN)]


def test_z_is_refused_where_jurors_share_no_entry():
    sheets = [a_sheet(e, 1, e % 10, 1) for e in range(10)]
    sheets += [a_sheet(e + 10, 2, e % 10, 1) for e in range(10)]
    entries = {e: EntryIn("") for e in range(20)}

    with pytest.raises(NotComparable) as refusal:
        reckon(a_rule(formula="z_mean"), sheets=sheets, entries=entries)

    assert refusal.value.notes[0].code == "not_connected"


def test_a_tie_at_the_line_stays_open_until_the_chair_speaks():
    rule = a_rule(quota={"total": 1, "reserves": 1})
    entries = {1: EntryIn(""), 2: EntryIn(""), 3: EntryIn("")}

    level = reckon(rule, sheets=THREE, entries=entries)
    settled = reckon(rule, sheets=THREE, entries=entries, rulings=[Ruling((2, 1), "a pilot")])

    assert [tie.entries for tie in level.cut.ties] == [(1, 2)]
    assert settled.cut.outcomes == {2: Outcome.IN, 1: Outcome.RESERVE, 3: Outcome.OUT}
    assert settled.cut.ties == ()


def test_each_scenario_gets_its_floor_and_the_rest_by_size():
    rule = a_rule(quota={"total": 2, "by": "scenario", "floor": 1}, tie_breaks=["best_mark"])

    made = reckon(rule, sheets=THREE, entries=ALL)

    assert made.cut.outcomes == {1: Outcome.IN, 2: Outcome.OUT, 3: Outcome.IN}
    assert made.cut.shares["TRF"].places == 1


def test_wild_cards_go_to_the_best_of_the_rest_whatever_their_group():
    quota = {"total": 3, "by": "scenario", "floor": 1, "rest": "best"}
    made = the_places(a_rule(quota=quota, tie_breaks=["best_mark"]), sheets=THREE, entries=ALL)

    assert [p.outcome for p in made] == [Outcome.IN] * 3


def test_an_entry_nobody_marked_has_no_place():
    made = the_places(a_rule(), sheets=THREE, entries={**ALL, 4: EntryIn("TRF")})

    last = made[-1]
    assert (last.entry, last.rank, last.outcome) == (4, None, Outcome.UNRANKED)


@st.composite
def panels(draw):
    entries = draw(st.integers(2, 8))
    jurors = draw(st.integers(1, 5))
    mark = st.integers(0, 10)
    return [a_sheet(e, j, draw(mark), draw(mark)) for e in range(entries) for j in range(jurors)]


@given(panels(), st.randoms(use_true_random=False))
def test_the_order_of_the_sheets_does_not_matter(sheets, random):
    entries = {s.entry: EntryIn("") for s in sheets}
    rule = a_rule(quota={"total": 2}, tie_breaks=["best_mark", "lot"])
    shuffled = list(sheets)
    random.shuffle(shuffled)

    once = the_places(rule, sheets=sheets, entries=entries, seed="s")
    again = the_places(rule, sheets=shuffled, entries=entries, seed="s")

    assert told(once) == told(again)
    assert fingerprint(sheets) == fingerprint(shuffled)


@given(panels())
def test_a_better_mark_never_costs_a_place(sheets):
    entries = {s.entry: EntryIn("") for s in sheets}
    raised = [
        SheetIn(s.entry, s.juror, {**s.marks, "landing": D(10)}) if s is sheets[0] else s
        for s in sheets
    ]

    def rank(given):
        made = reckon(a_rule(), sheets=given, entries=entries)
        return made.ranking.place_of(sheets[0].entry)

    assert rank(raised) <= rank(sheets)


@given(panels())
def test_no_more_go_on_than_there_are_places(sheets):
    entries = {s.entry: EntryIn("") for s in sheets}
    made = reckon(a_rule(quota={"total": 2, "reserves": 1}), sheets=sheets, entries=entries)

    outcomes = list(made.cut.outcomes.values())
    assert outcomes.count(Outcome.IN) <= 2
    assert outcomes.count(Outcome.IN) == 2 or made.cut.ties


def test_what_comes_after_the_chair_in_the_chain_parts_nobody():
    rule = a_rule(tie_breaks=["chair", "best_mark"])

    made = reckon(rule, sheets=THREE, entries=ALL)

    assert made.ranking.open_ties == ((1, 2),)
