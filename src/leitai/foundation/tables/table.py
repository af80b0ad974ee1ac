"""What a table is once it has been read."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from leitai.foundation.files.bad import BadFile


class BadTable(BadFile):
    """A table that cannot be read at all; single bad cells are `Problem`s instead."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A cell whose value cannot be trusted, such as a formula; it counts if its column is used."""

    text: str
    reason: str
    mend: str

    def __str__(self) -> str:
        return self.text


# Blank cells are None. Integral numbers are int, all others Decimal, so 1.0 is the id "1".
Value = str | int | Decimal | bool | date | datetime | Flaw | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row and its number as the spreadsheet program shows it."""

    number: int
    cells: tuple[Value, ...]

    def __getitem__(self, column: int) -> Value:
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, and where: enough to find the cell and mend it."""

    sheet: str
    row: int | None
    column: str
    cell: str
    value: str
    reason: str
    mend: str


@dataclass(slots=True)
class Sheet:
    """One sheet: headers (a header over two rows is joined by " / ") and the rows below them."""

    name: str
    headers: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    is_hidden: bool = False
    header_row: int = 1
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A file's sheets in their order; `notes` tell what the owner may want to know, such as the
    encoding we took a CSV for."""

    name: str
    sheets: list[Sheet]
    notes: list[str] = field(default_factory=list)

    @property
    def first(self) -> Sheet:
        """The first sheet one can see that has rows, or else the first sheet."""
        visible = [sheet for sheet in self.sheets if not sheet.is_hidden]
        return next((sheet for sheet in visible if sheet.rows), (visible or self.sheets)[0])


def column_letter(index: int) -> str:
    """The letters over a column: 0 is A, 26 is AA.

    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(column: int, row: int) -> str:
    return f"{column_letter(column)}{row}"
