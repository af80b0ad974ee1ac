"""Many rows in one stream. PostgreSQL's COPY takes them several times faster than INSERT."""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import Field, JSONField, Model

NOTHING = "\\N"


def pour(rows: Iterable[Any]) -> list[Any]:
    """Write rows of one model and give them their ids, like `bulk_create`; no hooks, no checks."""
    poured = list(rows)
    if not poured:
        return poured
    meta = poured[0]._meta
    readers = [(field, _reader(field)) for field in meta.concrete_fields]
    columns = ", ".join(f'"{field.column}"' for field, _ in readers)
    with connection.cursor() as cursor:
        for row, pk in zip(poured, _ids(cursor, meta.db_table, len(poured))):
            row.pk, row._state.adding, row._state.db = pk, False, connection.alias
        lines = ("\t".join([read(row) for _, read in readers]) + "\n" for row in poured)
        with cursor.copy(f'COPY "{meta.db_table}" ({columns}) FROM STDIN') as copy:
            copy.write("".join(lines))
    return poured


def _ids(cursor: Any, table: str, count: int) -> list[int]:
    sequence = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    cursor.execute(sequence, [table, count])
    return [pk for (pk,) in cursor.fetchall()]


def _reader(field: Field) -> Callable[[Model], str]:
    """How this column of a row is written in COPY's text format."""
    if field.is_relation:
        return partial(_related, field)
    write = _plain
    if isinstance(field, JSONField):
        write = _json
    elif isinstance(field, ArrayField):
        write = _array
    elif isinstance(field, SearchVectorField):
        write = _vector
    return partial(_read, field.attname, write)


def _read(name: str, write: Callable[[Any], str], row: Model) -> str:
    value = getattr(row, name)
    return NOTHING if value is None else write(value)


def _related(field: Field, row: Model) -> str:
    """The other row may have got its id after it was assigned."""
    if getattr(row, field.attname) is None and field.is_cached(row):
        setattr(row, field.name, field.get_cached_value(row))
    return _read(field.attname, _plain, row)


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return _escaped(str(value))
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"No way to write {value!r} is known.")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\\", "\\\\")


def _array(values: list[Any]) -> str:
    return _escaped("{" + ",".join(map(_quoted, map(str, values))) + "}")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _vector(value: Any) -> str:
    """`foundation.search.vector` is an expression around its words."""
    words = value.get_source_expressions()[0].value
    told = (word.replace("\\", "\\\\").replace("'", "''") for word in words)
    return _escaped(" ".join(f"'{word}'" for word in told))


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace("\n", "\\n")
    return text.replace("\t", "\\t").replace("\r", "\\r")
