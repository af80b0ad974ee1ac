"""What commands that read a table share: finding the sheet, naming columns, telling problems."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.core.management.base import CommandError

from leitai.foundation.files.bad import BadFile
from leitai.foundation.tables.read import read_table
from leitai.foundation.tables.table import Problem, Sheet, column_letter

TOLD = 200


def open_sheet(name: str, wanted: str = "") -> Sheet:
    """The sheet of this name, else the first one with rows."""
    path = Path(name)
    try:
        with path.open("rb") as stream:
            table = read_table(stream, path.name)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from error
    except BadFile as bad:
        raise CommandError(f"{path}: {bad.verdict.reason}") from bad
    named = [sheet for sheet in table.sheets if sheet.name == wanted]
    if wanted and not named:
        there = ", ".join(sheet.name for sheet in table.sheets)
        raise CommandError(f"No sheet {wanted}. There are: {there}")
    return named[0] if named else table.first


def chosen_columns(pairs: Iterable[str], sheet: Sheet, *, fields: Iterable[str]) -> dict[str, int]:
    """FIELD=COLUMN as typed; a column goes by its header or its letter, `field=` leaves it out."""
    columns = {column_letter(i): i for i in range(len(sheet.headers))}
    columns |= {header: i for i, header in enumerate(sheet.headers)}
    known, mapping = list(fields), {}
    for field, _, column in (pair.partition("=") for pair in pairs):
        if field not in known:
            raise CommandError(f"No field {field}. There are: {', '.join(known)}")
        if column and column not in columns:
            raise CommandError(f"No column {column}. There are: {', '.join(sheet.headers)}")
        mapping[field] = columns.get(column, -1)
    return mapping


def refuse(problems: Sequence[Problem], *, hint: str = "") -> None:
    """Stop with every problem told, if there are any."""
    if problems:
        lines = [_line(problem) for problem in problems[:TOLD]]
        more = [f"… and {len(problems) - TOLD} more"] if len(problems) > TOLD else []
        end = f"{len(problems)} problems; nothing was imported. {hint}".strip()
        raise CommandError("\n".join([*lines, *more, end]))


def _line(problem: Problem) -> str:
    place = problem.cell or (f"row {problem.row}" if problem.row else "")
    return f"{problem.sheet} {place}: {problem.value!r} {problem.reason} {problem.mend}"
