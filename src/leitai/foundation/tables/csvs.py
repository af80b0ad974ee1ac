"""CSV in the encodings, delimiters and line ends that spreadsheet programs write."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leitai.foundation.tables.encodings import decode
from leitai.foundation.tables.headers import take_headers
from leitai.foundation.tables.limits import Limits
from leitai.foundation.tables.table import BadTable, Sheet, Table, Value
from leitai.foundation.tables.values import formula
from leitai.foundation.tables.write import GUARDED

DELIMITERS = ",;\t"
HINT = re.compile(r"sep=([,;\t])\r?\n")  # a first line some spreadsheet programs write


def read_csv(data: bytes, name: str, *, limits: Limits) -> Table:
    text, encoding = decode(data)
    sheet = Sheet(name)
    for number, cells in enumerate(_records(text), start=1):
        if number == 1 and HINT.match(text):
            continue
        limits.add(sheet, number, [_value(cell) for cell in cells])
    take_headers(sheet, merged=[])
    return Table(name, [sheet], [format_lazy(_("Read as {encoding}."), encoding=encoding.upper())])


def _records(text: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(_lines(text), delimiter=_delimiter(text), strict=True)
    except csv.Error:
        raise BadTable(
            "bad_csv",
            _("The quotation marks of this CSV file do not match, or a cell in it is endless."),
            _("Open it in a spreadsheet program, save it as .xlsx, and send that."),
        ) from None


def _lines(text: str) -> io.StringIO:
    """Lines with their ends as they are, whether \\n, \\r\\n or \\r: quoted cells may hold them."""
    return io.StringIO(text, newline="")


def _delimiter(text: str) -> str:
    """The delimiter that cuts the first records into the most columns, evenly."""
    hint = HINT.match(text)
    if hint:
        return hint[1]

    def evenness(delimiter: str) -> tuple[bool, int]:
        try:
            start = islice(csv.reader(_lines(text[:200_000]), delimiter=delimiter), 20)
            widths = [len(cells) for cells in start if cells] or [1]
        except csv.Error:
            return False, 0
        return min(widths) > 1, widths[0]

    return max(DELIMITERS, key=evenness)


def _value(cell: str) -> Value:
    """Text as it stands; only the apostrophe that guards an exported cell is taken off again."""
    if not cell:
        return None
    if cell.startswith("="):
        return formula(cell)
    return cell[1:] if cell.startswith("'") and GUARDED.match(cell) else cell
