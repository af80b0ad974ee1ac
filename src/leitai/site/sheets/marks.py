"""A table of marks as sheets: long (one row a sheet) or wide (one column a juror)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from leitai.algorithms.formulas import Sheet, total
from leitai.algorithms.notes import Id
from leitai.foundation.tables.command import open_sheet
from leitai.foundation.tables.mapping import Checked, Field, check
from leitai.foundation.tables.parsers import decimal, text
from leitai.foundation.tables.table import Sheet as Page
from leitai.site.sheets import door, fields
from leitai.values.score import Direction, Scale

SEPARATOR = " · "


@dataclass(frozen=True, kw_only=True)
class Marks:
    sheets: tuple[Sheet, ...]
    """One number for each juror and entry."""
    groups: dict[Id, str] = field(default_factory=dict)
    empty: int = 0
    """Cells of absent jurors in a wide table."""


def scale_of(told: str, direction: Direction) -> Scale:
    """1.0-5.0/0.1: from, to, and the step (1 when not told)."""
    number = r"-?\d+(?:\.\d+)?"
    found = re.fullmatch(rf"({number})-({number})(?:/({number}))?", told.strip())
    if not found or Decimal(found[1]) >= Decimal(found[2]):
        raise CommandError(
            _("--scale {told}: write it as 0-100, or with a step as 1.0-5.0/0.1.").format(told=told)
        )
    step = Decimal(found[3] or 1)
    return Scale(Decimal(found[1]), Decimal(found[2]), step, direction)


def read(
    path: str,
    *,
    scale: Scale,
    entry: str,
    juror: str,
    jurors: str,
    criteria: str,
    weights: dict[str, Decimal],
    optional: Sequence[str],
    blank: str,
    group: str,
) -> Marks:
    page = open_sheet(path)
    keys = _columns(page, entry, fields.ENTRY, "--entry")
    group_at = [door.column(page, group)] if group else []
    if jurors:
        return _wide(path, page, scale, keys, _named(page, jurors), blank, group_at)
    judge = _columns(page, juror, fields.JUROR, "--juror")[:1]
    marked = _named(page, criteria) if criteria else _only_marks(page, [*keys, *judge, *group_at])
    return _long(path, page, scale, (keys, judge, marked, group_at), weights, optional)


def _columns(page: Page, told: str, names: tuple[str, ...], option: str) -> list[int]:
    if told:
        return [door.column(page, name.strip()) for name in told.split(",")]
    found = door.mapped(page, [fields.name_of("it", names[0], names)])
    if "it" not in found:
        there = ", ".join(h for h in page.headers if h)
        text = _("Say which column it is with {option}. There are: {there}")
        raise CommandError(text.format(option=option, there=there))
    return [found["it"]]


def _named(page: Page, told: str) -> list[int]:
    """j1,j2,j3 or j1..j9, in the order of the table."""
    found: list[int] = []
    for part in told.split(","):
        first, _dots, last = part.strip().partition("..")
        start = door.column(page, first)
        found += range(start, (door.column(page, last) if last else start) + 1)
    return found


def _only_marks(page: Page, taken: Sequence[int]) -> list[int]:
    rest = [i for i, header in enumerate(page.headers) if header and i not in taken]
    if len(rest) == 1:
        return rest
    there = ", ".join(page.headers[i] for i in rest)
    raise CommandError(
        _("Say which columns hold marks: --criteria (a juror a row) or --jurors (a juror a "
          "column). There are: {there}").format(there=there)
    )  # fmt: skip


def _key_fields(
    page: Page, columns: Sequence[int], prefix: str
) -> tuple[list[Field], dict[str, int]]:
    made = [Field(f"{prefix}{i}", page.headers[i], text(), True) for i in columns]
    return made, {f"{prefix}{i}": i for i in columns}


def _mark_fields(
    page: Page, columns: Sequence[int], scale: Scale, optional: Sequence[str]
) -> tuple[list[Field], dict[str, int]]:
    parse = decimal(low=scale.low, high=scale.high, step=scale.step)
    made = [
        Field(f"m{i}", page.headers[i], parse, page.headers[i] not in optional) for i in columns
    ]
    return made, {f"m{i}": i for i in columns}


def _checked(path: str, page: Page, *parts: tuple[list[Field], dict[str, int]]) -> list[Checked]:
    mapping = {key: at for _, where in parts for key, at in where.items()}
    rows, problems = check(page, mapping, [f for made, _ in parts for f in made])
    door.refuse(path, problems)
    return rows


def _joined(row: Checked, columns: Sequence[int], prefix: str) -> str:
    return SEPARATOR.join(row[f"{prefix}{i}"] for i in columns)


def _long(
    path: str,
    page: Page,
    scale: Scale,
    columns: tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]],
    weights: dict[str, Decimal],
    optional: Sequence[str],
) -> Marks:
    keys, judge, marked, group_at = columns
    rows = _checked(
        path,
        page,
        _key_fields(page, keys, "e"),
        _key_fields(page, judge, "j"),
        _key_fields(page, group_at, "g"),
        _mark_fields(page, marked, scale, optional),
    )
    names = {page.headers[i]: f"m{i}" for i in marked}
    shares = {name: weights.get(name, Decimal(1)) for name in names}
    sheets, first = [], {}
    for row in rows:
        entry, juror = _joined(row, keys, "e"), _joined(row, judge, "j")
        before = first.setdefault((entry, juror), row.number)
        if before != row.number:
            raise CommandError(
                _("{path} row {row}: juror {juror} marked entry {entry} in row {before} already. "
                  "Keep one of the two rows.").format(
                    path=path, row=row.number, juror=juror, entry=entry, before=before)
            )  # fmt: skip
        score = total(
            {name: row[key] for name, key in names.items()}, weights=shares, missing="skip"
        )
        sheets.append(Sheet(entry=entry, juror=juror, score=score))
    return Marks(sheets=tuple(sheets), groups=_groups(rows, keys, group_at))


def _wide(
    path: str,
    page: Page,
    scale: Scale,
    keys: Sequence[int],
    judges: Sequence[int],
    blank: str,
    group_at: Sequence[int],
) -> Marks:
    away = Decimal(blank) if blank else None
    parse = decimal(low=scale.low, high=scale.high, step=scale.step)

    def mark(value: object) -> Decimal | None:
        number = decimal()(value)  # type: ignore[arg-type]
        return None if number == away else parse(value)  # type: ignore[arg-type]

    made = [Field(f"m{i}", page.headers[i], mark) for i in judges]
    rows = _checked(
        path,
        page,
        _key_fields(page, keys, "e"),
        _key_fields(page, group_at, "g"),
        (made, {f"m{i}": i for i in judges}),
    )
    seen: dict[str, int] = {}
    sheets = []
    for row in rows:
        entry = _joined(row, keys, "e")
        before = seen.setdefault(entry, row.number)
        if before != row.number:
            raise CommandError(
                _("{path} row {row}: entry {entry} stands in row {before} already. Name more "
                  "columns with --entry, or keep one of the two rows.").format(
                    path=path, row=row.number, entry=entry, before=before)
            )  # fmt: skip
        sheets += [
            Sheet(entry=entry, juror=page.headers[i], score=row[f"m{i}"])
            for i in judges
            if row[f"m{i}"] is not None
        ]
    empty = len(rows) * len(judges) - len(sheets)
    return Marks(sheets=tuple(sheets), groups=_groups(rows, keys, group_at), empty=empty)


def _groups(rows: Sequence[Checked], keys: Sequence[int], at: Sequence[int]) -> dict[Id, str]:
    return {_joined(row, keys, "e"): row[f"g{at[0]}"] for row in rows} if at else {}
