"""Rows as an export writes them: plain values that JSON can hold, in columns named as we keep
them."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Field, JSONField, TextField

from leitai.rooms.contests.models import Contest
from leitai.site.export.tables import POINTED_AT, TABLES, Table

BATCH = 2000
Pointed = dict[str, set[int]]


class Reader:
    """Reads a contest's rows table by table, and remembers whom they pointed at."""

    def __init__(self, contest: Contest, *, is_public: bool) -> None:
        self.contest, self.is_public = contest, is_public
        self.pointed: Pointed = defaultdict(set)

    def rows(self, table: Table) -> Iterator[dict[str, Any]]:
        """In the order of their ids, a batch at a time."""
        if table in POINTED_AT:
            yield from self._pointed_at(table)
            return
        query = table.query(self.contest)
        yield from self._read(table, query.values_list(*names(table)).iterator(chunk_size=BATCH))

    def _pointed_at(self, table: Table) -> Iterator[dict[str, Any]]:
        wanted = sorted(self.pointed[table.model])
        for start in range(0, len(wanted), BATCH):
            found = table.rows_of._default_manager.filter(pk__in=wanted[start : start + BATCH])
            yield from self._read(table, found.order_by("pk").values_list(*names(table)))

    def _read(self, table: Table, found: Any) -> Iterator[dict[str, Any]]:
        fields = columns(table)
        shows = [self._shown(table, field) for field in fields]
        links = [(n, self.pointed[m]) for n, field in enumerate(fields) if (m := pointed_at(field))]
        for values in found:
            for n, seen in links:
                if values[n] is not None:
                    seen.add(values[n])
            pk = values[0]
            row = {
                field.attname: show(plain(value), pk)
                for field, show, value in zip(fields, shows, values, strict=True)
            }
            yield table.as_told(row) if table.as_told else row

    def _shown(self, table: Table, field: Field) -> Any:
        """What becomes of a column's value, given the value and the row's id."""
        name = field.attname
        if not self.is_public or not is_words(field) or name in table.open:
            return lambda value, pk: value
        if name in table.made_public:
            return lambda value, pk: table.made_public[name](value)
        if name in table.names:
            return lambda value, pk: f"{table.kind}-{pk}" if value else ""
        return lambda value, pk: None


def columns(table: Table) -> list[Field]:
    """The row's id first; then as the model has them."""
    kept = [f for f in table.rows_of._meta.concrete_fields if f.attname not in table.never]
    return sorted(kept, key=lambda field: not field.primary_key)


def names(table: Table) -> list[str]:
    return [field.attname for field in columns(table)]


def described(table: Table, *, is_public: bool) -> dict[str, str]:
    """Each column with what it holds, for people who never saw our code."""
    return {field.attname: _kind(table, field, is_public) for field in columns(table)}


def _kind(table: Table, field: Field, is_public: bool) -> str:
    shown = table.open + table.names + tuple(table.made_public)
    if is_public and is_words(field) and field.attname not in shown:
        return "left out"
    if field.is_relation and field.related_model is not None:
        return f"id of {kind_of(field.related_model._meta.label)}"
    if field.choices:
        return "one of " + ", ".join(str(value) for value, _label in field.flatchoices)
    return field.get_internal_type().removesuffix("Field").lower()


def kind_of(label: str) -> str:
    """The member in which rows of a model are kept; the model itself where there is none."""
    found = (table.kind for table in (*TABLES, *POINTED_AT) if table.model == label)
    return next(found, label)


def pointed_at(field: Field) -> str:
    """The model, if rows of it are only exported where something points to them."""
    label = field.related_model._meta.label if field.is_relation and field.related_model else ""
    return label if label in {table.model for table in POINTED_AT} else ""


def is_words(field: Field) -> bool:
    """Whether somebody may have typed it: text that is no code, and whatever can hold text."""
    if isinstance(field, JSONField | ArrayField):
        return True
    return isinstance(field, CharField | TextField) and not field.choices


def plain(value: Any) -> Any:
    """Instants in UTC and exact numbers as text; the rest is JSON already."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value
