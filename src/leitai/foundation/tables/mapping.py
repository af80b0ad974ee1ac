"""Which column is which field, and whether every cell says something we can take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leitai.foundation.tables.parsers import BadCell, Parse, folded, plain
from leitai.foundation.tables.table import Flaw, Problem, Row, Sheet, address, column_letter

# Field key to column index; a field that no column gives is absent.
ColumnMap = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Field:
    """Something the table should tell. `aliases` are headers people use for it, in any language;
    `default` is what a blank optional cell means."""

    key: str
    label: str
    parse: Parse
    required: bool = False
    aliases: tuple[str, ...] = ()
    default: Any = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A row that passed: its number in the sheet, and its values by field key."""

    number: int
    values: dict[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.values[key]


def guess_mapping(headers: Sequence[str], fields: Sequence[Field]) -> dict[str, int]:
    """The columns whose header is a field's key, label or alias, before those that only hold one.

    A column serves one field, and where two columns fit, the left one is taken.
    """
    columns = [folded(header) for header in headers]
    found: dict[str, int] = {}
    for fits in (_is_named, _holds_name):
        for field in fields:
            free = (i for i in range(len(columns)) if i not in found.values())
            if field.key not in found:
                match = next((i for i in free if fits(columns[i], _names(field))), None)
                found |= {} if match is None else {field.key: match}
    return found


def _names(field: Field) -> list[str]:
    return [name for name in map(folded, (field.key, str(field.label), *field.aliases)) if name]


def _is_named(column: str, names: list[str]) -> bool:
    return column in names


def _holds_name(column: str, names: list[str]) -> bool:
    """Whether a header such as “team / project name (required)” holds a longer known name."""
    return any(name in column for name in names if len(name) >= (2 if not name.isascii() else 5))


def check(
    sheet: Sheet, mapping: ColumnMap, fields: Sequence[Field], *, keys: Sequence[str] = ()
) -> tuple[list[Checked], list[Problem]]:
    """Every row that passes and every problem there is.

    `keys` are the fields that together name a row; a second row of the same name is a problem.
    Whoever saves the rows must first see that there are no problems: all or nothing.
    """
    problems = [*sheet.problems, *_missing_columns(sheet, mapping, fields)]
    rows = []
    seen: dict[tuple[str, ...], int] = {}
    for row in sheet.rows:
        values, wrong = _check_row(sheet, row, mapping, fields)
        wrong += _seen_before(sheet, row, mapping, keys, values, seen) if not wrong else []
        problems += wrong
        if not wrong:
            rows.append(Checked(row.number, values))
    if not sheet.rows:
        problems.append(
            _problem(sheet, _("The sheet has no rows."), _("Fill in rows below the header row."))
        )
    return rows, problems


def _missing_columns(sheet: Sheet, mapping: ColumnMap, fields: Sequence[Field]) -> list[Problem]:
    return [
        _problem(
            sheet,
            format_lazy(_("No column gives “{label}”."), label=field.label),
            _("Choose its column, or add one to the file."),
            row=sheet.header_row,
        )
        for field in fields
        if field.required and mapping.get(field.key) is None
    ]


def _check_row(
    sheet: Sheet, row: Row, mapping: ColumnMap, fields: Sequence[Field]
) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for field in fields:
        column = mapping.get(field.key)
        try:
            values[field.key] = field.default if column is None else _read(row[column], field)
        except BadCell as bad:
            problems.append(
                _problem(sheet, bad.reason, bad.mend, row=row.number, column=column, shown=row)
            )
    return values, problems


def _read(value: Any, field: Field) -> Any:
    if isinstance(value, Flaw):
        raise BadCell("{reason}", "{mend}", reason=value.reason, mend=value.mend)
    if plain(value) != "":
        return field.parse(value)
    if field.required:
        raise BadCell(_("“{label}” is empty."), _("Fill in this cell."), label=field.label)
    return field.default


def _seen_before(
    sheet: Sheet,
    row: Row,
    mapping: ColumnMap,
    keys: Sequence[str],
    values: dict[str, Any],
    seen: dict[tuple[str, ...], int],
) -> list[Problem]:
    name = tuple(plain(values.get(key)).casefold() for key in keys)
    first = seen.setdefault(name, row.number)
    if not keys or first == row.number:
        return []
    reason = format_lazy(_("Row {first} already has the same key."), first=first)
    mend = _("Keep one of the two rows, or give them different keys.")
    column = mapping.get(keys[0])
    return [_problem(sheet, reason, mend, row=row.number, column=column, shown=row)]


def _problem(
    sheet: Sheet,
    reason: str,
    mend: str,
    *,
    row: int | None = None,
    column: int | None = None,
    shown: Row | None = None,
) -> Problem:
    letter = "" if column is None else column_letter(column)
    cell = address(column, row) if column is not None and row is not None else ""
    value = plain(shown[column])[:80] if shown and column is not None else ""
    return Problem(sheet.name, row, letter, cell, value, reason, mend)
