"""How the jury's pages say things: {% load jury %}."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from leitai.algorithms.calibration import Range
from leitai.foundation.words import choose
from leitai.rooms.jury import queries, rules
from leitai.rooms.jury.models import Conflict, Juror
from leitai.rooms.jury.rules.shortages import say_note, say_ways
from leitai.rooms.jury.rules.words import say_reason
from leitai.rooms.stages.models import Stage

register = template.Library()

register.filter("reason", say_reason)
register.filter("note", say_note)
register.filter("ways", say_ways)


@register.filter
def mark(value: Decimal | None) -> str:
    """7 rather than 7.000."""
    return "–" if value is None else rules.plain(value)


@register.filter
def shown(value: Decimal | None) -> str:
    """As it stands in a field: a mark that is not there leaves it empty."""
    return "" if value is None else rules.plain(value)


@register.filter
def at(row: Sequence[Any], place: int) -> Any:
    return row[place]


@register.filter
def at_key(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Of a row that may have none."""
    return mapping.get(key) if mapping else None


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


@register.simple_tag
def spread(found: Range | None, digits: int) -> SafeString:
    """A figure and the range it is known within."""
    if found is None:
        return mark_safe("–")
    value, low, high = (f"{x:.{digits}f}" for x in (found.value, found.low, found.high))
    return format_html('{} <small class="quiet nowrap">{} … {}</small>', value, low, high)


@register.filter
def item(mapping: Mapping[str, Any], key: str) -> Any:
    return mapping.get(key)


@register.filter
def evidence(conflict: Conflict) -> str:
    """Which record says so, and until when."""
    told = conflict.evidence
    named = choose(told.get("zh", ""), told.get("en", "")) or told.get("domain", "")
    parts = [named, told.get("person", ""), told.get("source", "")]
    if told.get("by") == "code":
        parts.append(_("same registration code"))
    if told.get("until"):
        parts.append(_("until {day}").format(day=told["until"]))
    if told.get("year"):
        parts.append(str(told["year"]))
    return " · ".join(part for part in parts if part)


@register.simple_tag
def owed(user: Any, stage: Stage) -> dict[str, Any] | None:
    """What a juror owes before this stage's papers open, and where it is done."""
    juror = Juror.objects.filter(user=user, contest=stage.contest_id, state="active").first()
    if juror is None or (may := queries.may_open_papers(juror, stage)):
        return None
    return {"reason": may.reason, "url": reverse("jury:readiness_of", args=[juror.pk])}
