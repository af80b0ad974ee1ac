"""What printed rules are made of: sections, tables, moments and numbers in words."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leitai.rooms.contests.rules.schema import Span


@dataclass(frozen=True, slots=True)
class Table:
    """A criterion's bands: marks beside what deserves them."""

    title: str
    note: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its sentences, and what stands below it."""

    title: str
    anchor: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    steps: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())


def moment(at: datetime, zone: ZoneInfo, *, end: bool = False) -> str:
    """A deadline at midnight reads as 24:00 of the day before, as it is announced."""
    local = at.astimezone(zone)
    clock = f"{local:%H:%M}"
    if end and clock == "00:00":
        local, clock = local - timedelta(days=1), "24:00"
    offset = local.utcoffset() or timedelta()
    hours, rest = divmod(abs(int(offset.total_seconds())) // 60, 60)
    sign = "−" if offset < timedelta() else "+"
    shift = f"UTC{sign}{hours}{f':{rest:02}' if rest else ''}"
    day = date_format(local, _("j F Y"))
    return f"{day} {clock} ({shift})"


def number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def window_words(span: Span, zone: ZoneInfo) -> str:
    opens = moment(span.opens_at, zone) if span.opens_at else ""
    closes = moment(span.closes_at, zone, end=True) if span.closes_at else ""
    if opens and closes:
        return _("from {opens} to {closes}").format(opens=opens, closes=closes)
    if opens:
        return _("from {opens}").format(opens=opens)
    return _("until {closes}").format(closes=closes) if closes else ""
