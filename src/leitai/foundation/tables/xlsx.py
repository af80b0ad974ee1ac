"""XLSX workbooks: the archive is searched first, then read row by row; no formula is believed."""

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO

import openpyxl
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from openpyxl.utils.cell import range_boundaries

from leitai.foundation.files.archives import OFFICE, check_archive, office_kind
from leitai.foundation.files.bad import BadFile
from leitai.foundation.tables.headers import Area, take_headers
from leitai.foundation.tables.limits import MAX_SHEETS, Limits
from leitai.foundation.tables.table import BadTable, Sheet, Table, Value
from leitai.foundation.tables.values import formula, mistake, rounded

LAST_ROW = 1_048_576
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
HIDDEN = re.compile(rb'<(?:\w+:)?row\s(?=[^>]*\shidden="(?:1|true)")[^>]*?\br="(\d{1,7})"')


def read_xlsx(stream: BinaryIO, name: str, *, limits: Limits) -> Table:
    names = check_archive(stream, limits=OFFICE)
    if office_kind(names) != "xlsx":
        raise BadTable(
            "not_a_table",
            _("This is an archive or a document and not a workbook, whatever its name."),
            _("Open the table in a spreadsheet program and save it as .xlsx or CSV."),
        )
    try:
        return _read(stream, name, limits)
    except BadFile:
        raise
    except Exception:
        # A workbook can be broken in more ways than the library names, and none is our fault.
        raise BadTable(
            "broken",
            _("The workbook is damaged and cannot be read."),
            _("Open it in a spreadsheet program, save it again, and send that."),
        ) from None


def _read(stream: BinaryIO, name: str, limits: Limits) -> Table:
    book = openpyxl.load_workbook(stream, read_only=True, keep_links=False)
    table = Table(name, [])
    with zipfile.ZipFile(stream) as archive:
        for page in book.worksheets[:MAX_SHEETS]:
            table.sheets.append(_sheet(page, archive, limits))
    if not table.sheets:
        raise ValueError("no sheets")
    hidden = [sheet.name for sheet in table.sheets if sheet.is_hidden]
    if hidden:
        note = _("The workbook has hidden sheets: {names}.")
        table.notes.append(format_lazy(note, names=", ".join(hidden)))
    return table


def _sheet(page: Any, archive: zipfile.ZipFile, limits: Limits) -> Sheet:
    sheet = Sheet(page.title, is_hidden=page.sheet_state != "visible")
    page.reset_dimensions()  # what the file says about its size may be wrong
    for number, cells in enumerate(page.iter_rows(), start=1):
        if number > LAST_ROW:
            raise ValueError("row numbers beyond what a sheet has")
        limits.add(sheet, number, [_value(cell) for cell in cells])
    # The reader passes over merged cells and hidden rows, so they are read from the XML.
    merged, hidden = _layout(archive, page._worksheet_path)
    take_headers(sheet, merged=merged)
    if hidden:
        note = _("Hidden rows: {count}, the first is row {row}; they are read too.")
        sheet.notes.append(format_lazy(note, count=len(hidden), row=hidden[0]))
    return sheet


def _layout(archive: zipfile.ZipFile, path: str) -> tuple[list[Area], list[int]]:
    merged: list[Area] = []
    hidden: list[int] = []
    for piece in _tags(archive, path):
        for ref in MERGED.findall(piece):
            left, top, right, bottom = range_boundaries(ref.decode())
            merged.append((left - 1, top, right - 1, bottom))
        hidden += map(int, HIDDEN.findall(piece))
        if len(merged) > 10_000:
            break
    return merged, hidden


def _tags(archive: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    """The sheet's XML in pieces that end with a whole tag."""
    rest = b""
    with archive.open(path) as stream:
        while chunk := stream.read(1 << 18):
            head, end, rest = (rest + chunk).rpartition(b">")
            yield head + end
            rest = rest[-(1 << 18) :]


def _value(cell: Any) -> Value:
    value, kind = cell.value, cell.data_type
    if kind == "f":
        return formula(str(getattr(value, "text", value)))
    if kind == "e":
        return mistake(str(value))
    if value is None or value == "":
        return None
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float | Decimal):
        return _number(value, cell.number_format)
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else value
    return value if isinstance(value, dt.date) else str(value)


def _number(value: float | Decimal, shape: str) -> Value:
    """As it was typed: 3.0 is 3, 0.1 + 0.2 is 0.3, and 42 shown as 0042 is the text "0042"."""
    number = Decimal(f"{value:.15g}")
    if not number.is_finite():
        return mistake(str(value))
    if abs(number) >= 10**15:
        return rounded(f"{value:.0f}"[:80])
    if number != number.to_integral_value():
        return number
    if re.fullmatch("00{1,30}", shape or ""):
        return str(int(number)).zfill(len(shape))
    return int(number)
