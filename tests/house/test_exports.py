"""What belongs to a contest is exported, or somebody said why not; and words stay private."""

from django.apps import apps
from django.db.models import Q

from leitai.site.export.rows import columns, is_words
from leitai.site.export.tables import LEFT_OUT, POINTED_AT, TABLES
from leitai.site.verify.rows import COLUMNS

ALL = (*TABLES, *POINTED_AT)


def of_the_rooms():
    return {m._meta.label for m in apps.get_models() if m.__module__.startswith("leitai.rooms.")}


def test_every_row_of_a_room_is_exported_or_left_out_with_a_reason():
    exported, left_out = {table.model for table in ALL}, set(LEFT_OUT)

    assert of_the_rooms() - exported - left_out == set(), "see leitai/site/export/tables.py"
    assert exported & left_out == set()
    assert left_out - of_the_rooms() == set(), "left out, and not there any more"
    assert [reason for reason in LEFT_OUT.values() if len(reason) < 10] == []


def test_tables_speak_of_columns_that_are_there():
    for table in ALL:
        there = {field.attname for field in table.rows_of._meta.concrete_fields}
        told = {*table.never, *table.open, *table.names, *table.made_public}
        assert told - there == set(), table.kind


def test_what_a_check_asks_for_is_exported():
    by_kind = {table.kind: {f.attname for f in columns(table)} for table in TABLES}

    missing = {
        k: set(asked) - by_kind[k] for k, asked in COLUMNS.items() if set(asked) - by_kind[k]
    }

    assert missing == {}


def test_words_that_a_public_export_shows_are_few_and_were_looked_at():
    """No mail, no phone, no comment, no reason, no text of an entry: by the names of columns."""
    private = {"email", "note", "comment", "text", "why", "evidence", "contact", "about", "summary",
               "name", "title_zh", "title_en", "draft", "salt", "answer"}  # fmt: skip
    shown = {(t.kind, c) for t in ALL for c in t.open if c in private}

    assert shown == set()
    assert any(is_words(f) for f in columns(next(t for t in TABLES if t.kind == "entries")))
    assert Q() == next(t for t in POINTED_AT if t.kind == "people").only
