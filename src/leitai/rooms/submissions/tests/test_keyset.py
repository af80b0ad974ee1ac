"""Pages that neither skip nor repeat."""

import base64
import contextlib
import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.foundation import keyset
from leitai.rooms.contests.testing import NOON, a_contest
from leitai.rooms.people.testing import a_person
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.testing import an_entry

ORDERS = [("-id",), ("code", "id"), ("-handed_in_at", "-id"), ("handed_in_at", "title_zh", "-id")]


@pytest.fixture
def entries(db):
    contest, ada = a_contest(), a_person()
    for i in range(23):
        handed_in = None if i % 4 == 0 else NOON + timedelta(microseconds=i // 3)
        an_entry(contest, captain=ada, handed_in_at=handed_in, title_zh=f"题{i % 5}")
    return Entry.objects.filter(contest=contest)


@pytest.mark.parametrize("by", ORDERS)
@pytest.mark.parametrize("size", [1, 4, 22, 23, 50])
def test_walking_there_and_back_sees_every_row_once(entries, by, size):
    there, cursor = [], ""
    while True:
        shown = keyset.page(entries, by=by, cursor=cursor, size=size)
        there.append(shown)
        if not (cursor := shown.later):
            break
    back = [there[-1].rows]
    cursor = there[-1].earlier
    while cursor:
        shown = keyset.page(entries, by=by, cursor=cursor, size=size)
        back.insert(0, shown.rows)
        cursor = shown.earlier

    assert [row for page in there for row in page.rows] == list(entries.order_by(*by))
    assert back == [page.rows for page in there]


def test_a_page_costs_one_query(entries, django_assert_num_queries):
    first = keyset.page(entries, by=("-id",), size=5)

    with django_assert_num_queries(1):
        keyset.page(entries, by=("-id",), cursor=first.later, size=5)


def test_rows_that_come_meanwhile_move_nothing(entries):
    first = keyset.page(entries, by=("-id",), size=5)
    an_entry(entries[0].contest, code="NEW-1")

    second = keyset.page(entries, by=("-id",), cursor=first.later, size=5)

    assert not {e.pk for e in first} & {e.pk for e in second}
    assert [e.pk for e in second] == sorted((e.pk for e in second), reverse=True)


def cursor_of(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "x", "é", "=", cursor_of(), cursor_of("f"), cursor_of("f", "a"), cursor_of("f", 1, 2),
        cursor_of("up", 1), cursor_of("f", {"a": 1}), cursor_of("f", 2**70), "A" * 5000,
        base64.urlsafe_b64encode(b"[" * 1400).decode(),
    ],
)  # fmt: skip
def test_a_damaged_cursor_is_refused_politely(entries, cursor):
    with pytest.raises(keyset.BadCursor):
        keyset.page(entries, by=("-id",), cursor=cursor)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text):
    with contextlib.suppress(keyset.BadCursor):
        keyset._read(Entry.objects.all(), ("-handed_in_at", "title_zh", "-id"), text)


def test_totals_are_exact_while_that_is_cheap(entries, monkeypatch):
    assert str(keyset.total(entries)) == "23"

    monkeypatch.setattr(keyset, "EXACT_UP_TO", 5)

    assert not keyset.total(entries).is_exact
