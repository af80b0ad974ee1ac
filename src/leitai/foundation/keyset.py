"""Lists of any length, page by page, at the same cost on the last page as on the first.

A page begins after a row and not after a number of rows, so nothing is skipped or shown twice
when rows come and go meanwhile. The cursor holds the ordering values of that row; it is checked
like any other input and says nothing that the page did not show.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from leitai.foundation.refusals import Refusal
from leitai.values.verdict import no

EXACT_UP_TO = 10_000
LONGEST_CURSOR = 2_000


class BadCursor(Refusal):
    """The address was cut or made up."""

    status = 400

    def __init__(self) -> None:
        super().__init__(
            no(
                "bad_cursor",
                _("This address of a page is damaged; please begin at the first page."),
            )
        )


@dataclass(frozen=True)
class Page:
    """Some rows, and the cursors of the pages around them; an empty cursor means there is none."""

    rows: list[Any]
    earlier: str = ""
    later: str = ""

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page(rows: QuerySet, *, by: Sequence[str], cursor: str = "", size: int = 50) -> Page:
    """One query. `by` are fields or annotations of the rows, `-` before those that fall; the
    last one must be unique (`id`). Blanks count as larger than everything, as in PostgreSQL."""
    backward, values = _read(rows, by, cursor) if cursor else (False, None)
    order = [_turned(name) for name in by] if backward else list(by)
    wanted = rows.order_by(*order)
    if values is not None:
        wanted = wanted.filter(_beyond(order, values))
    found = list(wanted[: size + 1])
    is_more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    has_earlier = is_more if backward else bool(cursor)
    has_later = True if backward else is_more
    return Page(
        found,
        earlier=_write("b", by, found[0]) if found and has_earlier else "",
        later=_write("f", by, found[-1]) if found and has_later else "",
    )


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows after these values. The first column is also bounded on its own, so that an index
    serves."""
    condition = Q()
    for name, value in reversed(list(zip(order, values, strict=True))):
        column, falls = name.removeprefix("-"), name.startswith("-")
        same = Q(**{f"{column}__isnull": True}) if value is None else Q(**{column: value})
        after = _after(column, value, falls=falls)
        condition = after | (same & condition) if condition else after
    first, value = order[0], values[0]
    if value is None:
        return condition
    column = first.removeprefix("-")
    if first.startswith("-"):
        return Q(**{f"{column}__lte": value}) & condition
    return (Q(**{f"{column}__gte": value}) | Q(**{f"{column}__isnull": True})) & condition


def _after(column: str, value: Any, *, falls: bool) -> Q:
    if falls:
        return Q(**{f"{column}__isnull": False}) if value is None else Q(**{f"{column}__lt": value})
    if value is None:
        return Q(pk__in=[])
    return Q(**{f"{column}__gt": value}) | Q(**{f"{column}__isnull": True})


def _write(direction: str, by: Sequence[str], row: Any) -> str:
    values = [direction, *(_value(row, name.removeprefix("-")) for name in by)]
    text = json.dumps(values, cls=_Exact, ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


class _Exact(DjangoJSONEncoder):
    """Moments with all their microseconds: rounded ones would skip rows."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def _value(row: Any, name: str) -> Any:
    value: Any = row
    for part in name.split("__"):
        value = getattr(value, part, None)
    return value


def _read(rows: QuerySet, by: Sequence[str], cursor: str) -> tuple[bool, list[Any]]:
    try:
        if len(cursor) > LONGEST_CURSOR:
            raise ValueError
        direction, *values = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if direction not in ("f", "b") or len(values) != len(by):
            raise ValueError
        fields = [_field(rows, name.removeprefix("-")) for name in by]
        return direction == "b", [
            _checked(f, value) for f, value in zip(fields, values, strict=True)
        ]
    except (ValueError, TypeError, ValidationError, RecursionError):
        raise BadCursor from None


def _checked(field: Field, value: Any) -> Any:
    if isinstance(value, list | dict) or (isinstance(value, str) and "\0" in value):
        raise ValueError
    str(value).encode()  # half of a surrogate pair raises a ValueError
    clean = field.to_python(value)
    if isinstance(clean, int) and abs(clean) >= 2**63:
        raise ValueError
    if hasattr(clean, "tzinfo") and clean.tzinfo is None:
        raise ValueError
    return clean


def _field(rows: QuerySet, name: str) -> Field:
    if name in rows.query.annotations:
        return rows.query.annotations[name].output_field
    model = rows.model
    *path, last = name.split("__")
    for part in path:
        model = model._meta.get_field(part).related_model
    try:
        return model._meta.pk if last == "pk" else model._meta.get_field(last)
    except FieldDoesNotExist as missing:  # a mistake of ours, not of the address
        raise AssertionError(f"{rows.model} has no {name}") from missing


@dataclass(frozen=True)
class Total:
    """How many rows there are; above ten thousand it is the planner's guess and says so."""

    number: int
    is_exact: bool = True

    def __str__(self) -> str:
        return f"{self.number:,}" if self.is_exact else f"≈ {self.number:,}"


def total(rows: QuerySet) -> Total:
    """Counts no further than ten thousand rows; beyond, asks the planner."""
    number = rows.order_by().values("pk")[: EXACT_UP_TO + 1].count()
    if number <= EXACT_UP_TO:
        return Total(number)
    plan = json.loads(rows.order_by().values("pk").explain(format="json"))
    guess = int(plan[0]["Plan"]["Plan Rows"])
    return Total(max(guess, EXACT_UP_TO), is_exact=False)
