"""Tables in and out, with every bad cell told."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from leitai.foundation.tables.command import chosen_columns, open_sheet
from leitai.foundation.tables.mapping import Checked, Field, check, guess_mapping
from leitai.foundation.tables.table import Problem, Sheet
from leitai.foundation.tables.write import write_csv, write_xlsx

TOLD = 50


def read(
    path: str, fields: Sequence[Field], *, pairs: Sequence[str] = (), keys: Sequence[str] = ()
) -> list[Checked]:
    """Every row of a table, or a refusal that names every bad cell."""
    sheet = open_sheet(path)
    mapping = mapped(sheet, fields, pairs)
    # Without its column every row would seem to have the same key: one complaint is enough.
    told = keys if all(key in mapping for key in keys) else ()
    rows, problems = check(sheet, mapping, fields, keys=told)
    refuse(path, problems)
    return rows


def mapped(sheet: Sheet, fields: Sequence[Field], pairs: Sequence[str] = ()) -> dict[str, int]:
    """Which column is which field: as told, else as the headers say."""
    known = {field.key for field in fields}
    told = [pair for pair in pairs if pair.partition("=")[0] in known]
    found = guess_mapping(sheet.headers, fields) | chosen_columns(told, sheet, fields=known)
    return {key: column for key, column in found.items() if column >= 0}


def refuse(path: str, problems: Sequence[Problem]) -> None:
    if not problems:
        return
    lines = [
        f"{path} {p.cell or (_('row {row}').format(row=p.row) if p.row else '')}: "
        f"{p.value!r} {p.reason} {p.mend}"
        for p in problems[:TOLD]
    ]
    if len(problems) > TOLD:
        lines.append(_("… and {n} more").format(n=len(problems) - TOLD))
    raise CommandError("\n".join([*lines, _("Nothing was written.")]))


def column(sheet: Sheet, name: str) -> int:
    """The column of this header; a complaint that lists the headers otherwise."""
    for i, header in enumerate(sheet.headers):
        if header.casefold() == name.casefold():
            return i
    there = ", ".join(header for header in sheet.headers if header)
    raise CommandError(_("No column {name}. There are: {there}").format(name=name, there=there))


def write(path: Path | None, headers: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    if path is None:
        return
    try:
        if path.suffix.lower() == ".csv":
            path.write_bytes(b"".join(write_csv(headers, rows)))
        elif path.suffix.lower() == ".xlsx":
            with path.open("wb") as target:
                write_xlsx(target, headers, rows)
        else:
            text = _("{path}: write .xlsx or .csv, that is what we can make.")
            raise CommandError(text.format(path=path))
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> CommandError:
    text = _("{path} cannot be written: {why}. Choose another place.")
    return CommandError(text.format(path=path, why=error.strerror))


def check_outputs(args: Any) -> None:
    """Complain about the outcome's place before the work, not after it."""
    if not (args.output or args.report):
        raise CommandError(_("Say where the result goes: -o OUT.xlsx, --report OUT.html, or both."))
    if args.output and args.output.suffix.lower() not in {".xlsx", ".csv"}:
        text = _("{path}: write .xlsx or .csv, that is what we can make.")
        raise CommandError(text.format(path=args.output))
    for path in (args.output, args.report):
        if path and not path.parent.is_dir():
            text = _("{path} cannot be written: {why}. Choose another place.")
            raise CommandError(
                text.format(path=path, why=pgettext("sheets", "there is no such folder"))
            )
