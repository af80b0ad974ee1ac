"""Tables for tests, as people send them."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import openpyxl

from leitai.foundation.tables.read import read_table
from leitai.foundation.tables.table import Sheet, Table


def a_workbook(rows: Iterable[Sequence[Any]], *, merged: Sequence[str] = ()) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read(content: bytes | str | openpyxl.Workbook, **options: int) -> Table:
    if isinstance(content, openpyxl.Workbook):
        content = saved(content)
    data = content.encode() if isinstance(content, str) else content
    return read_table(io.BytesIO(data), "table", **options)


def a_sheet(content: bytes | str | openpyxl.Workbook, **options: int) -> Sheet:
    return read(content, **options).first


def said(problem: Any) -> Mapping[str, Any]:
    """A problem's place and reason in words, for comparing."""
    return {"cell": problem.cell, "value": problem.value, "reason": str(problem.reason)}
