"""How the jury's pages say things: {% load jury %}."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.http import HttpRequest

from leitai.rooms.jury import rules
from leitai.rooms.jury.rules.words import say_note, say_reason

register = template.Library()

register.filter("reason", say_reason)
register.filter("note", say_note)


@register.filter
def mark(value: Decimal | None) -> str:
    """7 rather than 7.000."""
    return "–" if value is None else rules.plain(value)


@register.filter
def percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


@register.simple_tag(takes_context=True)
def asked(context: Any, **changes: Any) -> str:
    """This page's own address with some of its questions changed; a blank one falls away."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = value
    return f"?{query.urlencode()}"


@register.filter
def item(mapping: Mapping[str, Any], key: str) -> Any:
    return mapping.get(key)
