"""Tables for people to take away, in which no cell can turn into a command."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

import openpyxl
from django.utils.translation import gettext_lazy as _
from openpyxl.cell import WriteOnlyCell

from leitai.foundation.tables.table import BadTable

# What a spreadsheet program would run, also behind apostrophes, so that reading undoes writing.
GUARDED = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
LONGEST = 32_767  # characters an XLSX cell holds


def write_csv(
    headers: Sequence[str], rows: Iterable[Sequence[Any]], *, bom: bool = True
) -> Iterator[bytes]:
    """CSV piece by piece, for a streaming response; the byte order mark is for Excel."""
    yield b"\xef\xbb\xbf" if bom else b""
    for row in _with_headers(headers, rows):
        line = io.StringIO(newline="")
        csv.writer(line, quoting=csv.QUOTE_MINIMAL).writerow([_csv_cell(cell) for cell in row])
        yield line.getvalue().encode()


def write_xlsx(
    target: BinaryIO,
    headers: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    title: str = "Sheet1",
) -> None:
    """A workbook of one sheet, written row by row; texts stay texts whatever they begin with."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(sheet_title(title))
    try:
        for row in _with_headers(headers, rows):
            page.append([_xlsx_cell(page, cell) for cell in row])
    except BaseException:
        page.close()  # a half-written sheet left open complains when it is thrown away
        raise
    book.save(target)


def _with_headers(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    yield headers
    yield from rows


def sheet_title(words: str) -> str:
    """A name that XLSX allows for a sheet.

    >>> sheet_title("2026/27 [Jury]")
    '2026 27  Jury'
    """
    return re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", words).strip()[:31] or "Sheet1"


def _csv_cell(cell: Any) -> Any:
    if cell is None or isinstance(cell, int | float | Decimal | date):
        return cell
    words = UNPRINTABLE.sub("", str(cell))
    return f"'{words}" if GUARDED.match(words) else words


def _xlsx_cell(page: Any, cell: Any) -> Any:
    if cell is None or isinstance(cell, int | float | Decimal):
        return cell
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)  # as the caller localised it; a cell has no zone
    if isinstance(cell, date):
        return cell
    words = UNPRINTABLE.sub("", str(cell))
    if len(words) > LONGEST:
        raise BadTable(
            "cell_too_long",
            _("A text has more characters than an .xlsx cell can hold."),
            _("Export it as CSV."),
        )
    made = WriteOnlyCell(page, words)
    made.data_type = "s"  # the library would take a text that begins with = for a formula
    return made
