"""The jury's rules, without a database."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from leitai.rooms.jury import rules
from leitai.rooms.jury.rules import DrawState, Group, SheetState
from leitai.rooms.jury.rules.words import say_reason
from leitai.rooms.stages.rules import State as StageState
from leitai.values.score import Scale
from leitai.values.verdict import Verdict
from leitai.values.window import Window

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
OPEN = Window(NOON - timedelta(days=1), NOON + timedelta(days=1))
TENTHS = Scale(Decimal("1.0"), Decimal("5.0"), Decimal("0.1"), "down")


def may_seal(state=SheetState.ASSIGNED, marked="ab", criteria="ab", **changes):
    facts = {"stage": StageState.OPEN, "window": OPEN, "at": NOON, **changes}
    return rules.may_seal(state, marked=set(marked), criteria=set(criteria), **facts)


def test_a_whole_sheet_is_sealed_in_time():
    assert may_seal()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"state": SheetState.SEALED}, "not_open"),
        ({"state": SheetState.RECALLED}, "not_open"),
        ({"marked": "a"}, "marks_missing"),
        ({"stage": StageState.PLANNED}, "stage_not_open"),
        ({"stage": StageState.CLOSED}, "stage_closed"),
        ({"at": OPEN.closes_at}, "stage_closed"),
        ({"at": OPEN.opens_at - timedelta(seconds=1)}, "stage_not_open"),
    ],
)
def test_otherwise_it_says_why_not(changes, code):
    assert may_seal(**changes).code == code


def test_the_last_instant_is_too_late_and_the_one_before_is_not():
    assert may_seal(at=OPEN.closes_at - timedelta(microseconds=1))
    assert not may_seal(at=OPEN.closes_at)


def test_a_tie_can_be_named_while_the_sheet_stands():
    may = {state: bool(rules.may_recuse(state)) for state in SheetState}

    assert [state for state in SheetState if may[state]] == [SheetState.ASSIGNED, SheetState.SEALED]


def test_a_sheet_is_opened_again_with_a_reason_and_time():
    def code(state=SheetState.ASSIGNED, why="A slip", until=NOON + timedelta(days=1)):
        return rules.may_reopen(state, why=why, until=until, at=NOON).code

    assert code() == ""
    assert code(state=SheetState.RECALLED) == "not_open"
    assert code(state=SheetState.SEALED) == "second_person"
    assert code(until=None) == "time_missing"
    assert code(why="  ") == "reason_missing"
    assert code(until=NOON) == "no_time_left"


@pytest.mark.parametrize(
    ("words", "mark"),
    [("3", "3"), (" 3.4 ", "3.4"), ("3,4", "3.4"), ("３．４", "3.4"), ("５", "5"), ("1.0", "1.0")],
)
def test_marks_are_read_as_people_write_them(words, mark):
    assert rules.read_mark(words, TENTHS) == Decimal(mark)


@pytest.mark.parametrize("words", ["0.9", "5.1", "3.45", "NaN", "Infinity", "-3", "1e99"])
def test_marks_off_the_scale_are_refused(words):
    verdict = rules.read_mark(words, TENTHS)

    assert isinstance(verdict, Verdict)
    assert verdict.code == "off_the_scale"


@pytest.mark.parametrize("words", ["good", "", "3 4", "三"])
def test_what_is_no_number_is_no_mark(words):
    verdict = rules.read_mark(words, TENTHS)

    assert isinstance(verdict, Verdict)
    assert verdict.code == "not_a_number"


def test_a_total_is_the_sum_or_the_weighted_mean():
    marks = {"a": Decimal(8), "b": Decimal(5)}
    weights = {"a": Decimal(2), "b": Decimal(1)}

    assert rules.total(marks, weights=weights, how="sum") == 13
    assert rules.total(marks, weights=weights, how="weighted_mean") == 7


@given(
    st.dictionaries(
        st.sampled_from(["technical", "investor", "demand"]),
        st.tuples(st.integers(0, 90), st.integers(0, 500)).map(lambda pair: Group(*pair)),
        min_size=1,
    ),
    st.integers(0, 3000),
)
def test_even_loads_leave_room_for_every_seat(groups, extra):
    groups = {k: g if g.jurors else Group(0, 0) for k, g in groups.items()}
    seats = sum(group.least for group in groups.values()) + extra
    if not any(group.jurors for group in groups.values()):
        return

    loads = rules.even_loads(seats, groups)

    assert sum(loads[k][1] * g.jurors for k, g in groups.items()) >= seats
    assert sum(loads[k][0] * g.jurors for k, g in groups.items()) <= seats
    assert all(loads[k][1] * g.jurors >= g.least for k, g in groups.items())


def test_a_proposal_is_deployed_once_and_while_it_holds():
    def code(state=DrawState.PROPOSED, stage=StageState.OPEN, faults=0):
        return rules.may_deploy(state, stage=stage, faults=faults).code

    assert code() == ""
    assert code(state=DrawState.DEPLOYED) == "not_proposed"
    assert code(stage=StageState.CLOSED) == "stage_closed"
    assert code(faults=2) == "out_of_date"


def test_a_seat_says_why_in_the_readers_language():
    reason = {
        "code": "strongest", "free": 46, "kind": "technical", "shared": ["audio"], "wanted": 4,
    }  # fmt: skip

    with translation.override("en"):
        english = say_reason(reason)
    with translation.override("zh-hans"):
        chinese = say_reason(reason)

    assert english == "fits best of 46 free technical expert jurors; shares 1 of 4 tags: audio"
    assert "技术专家" in chinese
    assert "audio" in chinese


def test_mail_houses_open_to_all_say_nothing_about_an_employer():
    assert rules.domain_of("Wang@Lishi.Example.COM") == "lishi.example.com"
    assert rules.domain_of("wang@163.com") == ""
