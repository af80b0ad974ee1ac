"""Clocks of halls and teams, and numbers of heats: {% load heats %}."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leitai.rooms.finals.rules import zones
from leitai.values.score import publish

register = template.Library()


@register.simple_tag
def clock(at: datetime | None, zone: str, *, style: str = "") -> SafeString | str:
    """A moment where the hall stands: "6 Sep 2026 14:30 Shanghai (UTC+8)". style="time": 14:30."""
    if at is None:
        return "–"
    local = at.astimezone(ZoneInfo(zone))
    if style == "time":
        return _time(at, f"{local:%H:%M}")
    day = date_format(local, _("j M Y"))
    city = str(zones.city(zone))
    return _time(at, f"{day} {local:%H:%M}", f"{city} ({zones.offset(at, zone)})")


@register.simple_tag
def both_clocks(at: datetime | None, here: str, there: str) -> SafeString | str:
    """Where the hall stands, and where the team sits when it sits elsewhere; a turn that falls on
    another day there says so."""
    if at is None:
        return "–"
    first = at.astimezone(ZoneInfo(here))
    if not there or there == here:
        return _time(at, f"{first:%H:%M}")
    second = at.astimezone(ZoneInfo(there))
    day = "" if second.date() == first.date() else date_format(second, _("j M")) + " "
    return format_html(
        '{} <small class="quiet">{} {}{}</small>',
        _time(at, f"{first:%H:%M}"), zones.city(there), day, f"{second:%H:%M}",
    )  # fmt: skip


@register.filter
def city(zone: str) -> Any:
    return zones.city(zone)


@register.filter
def in_groups(digest: str) -> SafeString:
    """A hash people compare by eye: eight letters at a time."""
    pieces = (digest[n : n + 8] for n in range(0, len(digest), 8))
    return format_html_join(" ", "<span>{}</span>", ((piece,) for piece in pieces))


@register.filter
def of(table: Any, key: Any) -> Any:
    """What a mapping holds for a key."""
    return table.get(key) if table else None


def _time(at: datetime, words: str, more: str = "") -> SafeString:
    told = format_html('{} <small class="quiet">{}</small>', words.strip(), more) if more else words
    return format_html('<time datetime="{}">{}</time>', at.astimezone(UTC).isoformat(), told)


@register.filter
def as_score(text: str | None) -> str:
    """A number kept as text, to two places.

    >>> as_score("83.2857142857"), as_score(None)
    ('83.29', '–')
    """
    return "–" if text is None else str(publish(Decimal(text)))
