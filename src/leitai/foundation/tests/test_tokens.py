"""A ticket opens one topic, for a while, and only if we wrote it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.foundation import tokens

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
TICKET = tokens.sign("jury/12", until=LATER, secret="s")


def holds(ticket=TICKET, topic="jury/12", *, at=NOON, secret="s"):
    return tokens.holds(ticket, topic, at=at, secret=secret)


def test_a_ticket_holds_until_its_end():
    assert holds()
    assert holds(at=LATER - timedelta(seconds=1))
    assert not holds(at=LATER)


def test_it_opens_nothing_else():
    assert not holds(topic="jury/13")
    assert not holds(secret="t")


def test_nobody_can_prolong_it():
    _, _, mark = TICKET.partition(".")
    assert not holds(f"{int((LATER + timedelta(days=1)).timestamp())}.{mark}")


@pytest.mark.parametrize("ticket", ["", ".", "1.", "x.y", "١.٢", "9" * 400 + ".a", "1.é"])
def test_nonsense_is_no_ticket(ticket):
    assert not holds(ticket)


@given(st.text())
def test_no_text_of_a_stranger_is_a_ticket_or_an_accident(text):
    assert text == TICKET or not holds(text)
