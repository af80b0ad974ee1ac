"""Objections, corrections and feedback as rules: no database."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from leitai.rooms.standings.rules import appeals, corrections, feedback
from leitai.rooms.standings.rules.appeals import AppealState, Finding

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PERSON = {"name": "Wei", "unit": "Works", "contact": "10012345678", "address": "7 Road"}


@pytest.mark.parametrize(
    ("at", "is_newest", "code"),
    [(NOON, True, ""), (NOON + DAY, True, "notice_over"), (NOON, False, "replaced")],
)
def test_objections_are_raised_while_the_newest_notice_runs(at, is_newest, code):
    may = appeals.may_file(opens_at=NOON, closes_at=NOON + DAY, is_newest=is_newest, at=at)

    assert (may.code if not may else "") == code


@pytest.mark.parametrize(
    ("kind", "lacking", "code"),
    [("person", "name", "no_name"), ("person", "unit", "no_unit"),
     ("person", "contact", "no_contact"), ("person", "address", "no_address"),
     ("unit", "", "no_seal")],
)  # fmt: skip
def test_nobody_objects_without_a_real_name(kind, lacking, code):
    told = {**PERSON, lacking: " "} if lacking else PERSON

    assert appeals.is_by_real_name(kind, **told, has_seal=False).code == code
    assert appeals.is_by_real_name("person", **PERSON, has_seal=False)
    assert appeals.is_by_real_name("unit", **{**PERSON, "address": ""}, has_seal=True)


def test_plagiarism_needs_a_source_and_a_screenshot():
    told = {"text": "The paper was copied.", "source": "https://example.org/a", "evidence": 1}

    assert appeals.is_substantiated("plagiarism", **told)
    assert appeals.is_substantiated("plagiarism", **{**told, "source": ""}).code == "no_source"
    assert appeals.is_substantiated("plagiarism", **{**told, "evidence": 0}).code == "no_screenshot"
    assert appeals.is_substantiated("slip", text="So.", source="", evidence=0).code == "no_facts"


SITS = {"marked_it": False, "is_tied": False, "is_objector": False, "works_here": False}


@pytest.mark.parametrize(
    ("fact", "code"),
    [("marked_it", "marked_it"), ("is_tied", "tied"), ("is_objector", "own_case"),
     ("works_here", "works_here")],
)  # fmt: skip
def test_who_may_not_hear_a_case(fact, code):
    assert appeals.may_sit(**{**SITS, fact: True}, outsiders_only=True).code == code
    assert appeals.may_sit(**SITS, outsiders_only=True)
    assert appeals.may_sit(**{**SITS, "works_here": True}, outsiders_only=False)


@pytest.mark.parametrize(
    ("votes", "finding"),
    [("uuu", "upheld"), ("uud", "upheld"), ("upd", "partly"), ("udd", "dismissed"),
     ("ud", "dismissed"), ("up", "partly"), ("ppd", "partly")],
)  # fmt: skip
def test_a_majority_finds_what_it_would_at_least_grant(votes, finding):
    names = {"u": Finding.UPHELD, "p": Finding.PARTLY, "d": Finding.DISMISSED}

    assert appeals.found([names[v] for v in votes]) == finding


def test_a_case_is_decided_when_all_have_voted_and_the_team_was_heard():
    told = {"votes": ["upheld"] * 3, "panel_size": 3, "reason": "So.", "needs_hearing": True,
            "heard": True}  # fmt: skip

    def refused(state=AppealState.ACCEPTED, **other):
        return appeals.may_decide(state, **{**told, **other}).code

    assert appeals.may_decide(AppealState.ACCEPTED, **told)
    assert refused(votes=["upheld"]) == "panel_small"
    assert refused(votes=["upheld", "upheld", None]) == "votes_missing"
    assert refused(heard=False) == "not_heard"
    assert refused(reason=" ") == "no_reason"
    assert refused(AppealState.ASKED) == "not_under_way"


def test_names_are_corrected_while_the_notice_runs():
    told = {"before": "Smart wolds", "after": "Smart welds", "is_printed": True,
            "closes_at": NOON, "at": NOON - DAY}  # fmt: skip

    assert corrections.may_correct(**told)
    for change, code in (
        ({"after": "Smart wolds"}, "same_name"), ({"after": " "}, "no_name"),
        ({"is_printed": False}, "not_printed"), ({"at": NOON}, "notice_over"),
    ):  # fmt: skip
        assert corrections.may_correct(**{**told, **change}).code == code


def decimals(*numbers):
    return sorted(Decimal(n) for n in numbers)


def test_bands_are_coarse_and_absent_in_small_fields():
    twenty, many = decimals(*range(20)), decimals(*range(200))

    assert feedback.band(Decimal(19), decimals(*range(19))) is None
    assert feedback.band(Decimal(19), twenty) == "quarter"
    assert [feedback.band(Decimal(n), twenty) for n in (14, 9, 4)] == ["upper", "lower", "last"]
    assert feedback.band(Decimal(199), many) == "tenth"
    assert feedback.band(Decimal(179), many) == "quarter"
    assert feedback.band(Decimal(19), twenty, least=30) is None


def test_equals_share_a_band_and_a_level_field_is_in_the_middle():
    level = decimals(*[7] * 30)

    assert feedback.third(Decimal(7), level) == "middle"
    assert feedback.third(Decimal(9), decimals(*[7] * 29, 9)) == "upper"
    assert feedback.third(Decimal(5), decimals(*[7] * 29, 5)) == "lower"
    assert feedback.third(Decimal(5), decimals(5, 7)) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [("清楚，可落地。", set()), ("Ring me: 100-2345-6789", {"phone"}),
     ("write to a.b@example.org", {"mail"}), ("better than MED-0002", {"other"}),
     ("MED-0001 is clear", set()), ("这是垃圾", {"insult"}), ("What a Garbage idea", {"insult"}),
     ("ask Lin Wei", {"name"}), ("林知远说得对", {"name"}), ("Garbages are sorted", set())],
)  # fmt: skip
def test_doubtful_comments_are_found(text, found):
    names = feedback.names_in(["Lin Wei", "林知远", "J1", ""])

    assert feedback.doubts(text, own_code="MED-0001", names=names) == found


def test_words_are_masked_the_longer_first():
    assert feedback.masked("Lin Wei and Lin", words=["Lin", "Lin Wei"]) == "••• and •••"
