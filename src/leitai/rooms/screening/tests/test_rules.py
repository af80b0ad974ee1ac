from datetime import timedelta

from leitai.rooms.contests.testing import NOON
from leitai.rooms.screening import rules
from leitai.rooms.screening.rules import FLAG_MOVES, Finding, FlagState

LATER = NOON + timedelta(days=5)


def may(finding, **changes):
    facts = {
        "entry_state": "submitted", "seen": 2, "version": 2, "reasons": ["incomplete"],
        "resubmit_until": LATER, "at": NOON, **changes,
    }  # fmt: skip
    return rules.may_find(finding, **facts)


def test_every_flag_state_says_where_it_leads():
    assert set(FLAG_MOVES) == set(FlagState)


def test_what_was_looked_at_must_be_what_is_handed_in():
    assert may(Finding.PASSED, seen=1).code == "newer_version"


def test_passing_needs_no_reason_and_refusing_does():
    assert may(Finding.PASSED, reasons=[])
    assert may(Finding.REFUSED, reasons=[]).code == "no_reason"


def test_returning_leaves_time():
    assert may(Finding.RETURNED)
    assert may(Finding.RETURNED, resubmit_until=NOON).code == "no_time_left"


def test_a_draft_cannot_be_checked():
    assert may(Finding.PASSED, entry_state="draft").code == "not_waiting"
