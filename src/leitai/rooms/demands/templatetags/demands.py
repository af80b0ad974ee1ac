"""What templates say about demands: {% load demands %}."""

from collections.abc import Container
from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from leitai.foundation.words import in_chinese
from leitai.rooms.demands.models import Demand
from leitai.rooms.demands.rules import Cooperation

register = template.Library()


@register.filter
def is_in(thing: Any, things: Container[Any]) -> bool:
    return thing in things


@register.filter
def budget(demand: Demand) -> str:
    """¥80–150 万, or in words when there is no figure."""
    low, high = demand.budget_low_cents, demand.budget_high_cents
    if low is None and high is None:
        return _("budget to be agreed")
    sign = {"CNY": "¥", "USD": "US$", "EUR": "€"}.get(demand.currency, f"{demand.currency} ")
    size, unit = (10**4, " 万") if in_chinese() else (10**3, "k")
    ends = [
        number_format(Decimal(cents) / 100 / size, 1, force_grouping=True).removesuffix(".0")
        for cents in (low, high)
        if cents is not None
    ]
    if low is None:
        return _("up to {sum}").format(sum=f"{sign}{ends[0]}{unit}")
    if high is None:
        return _("from {sum}").format(sum=f"{sign}{ends[0]}{unit}")
    return f"{sign}{'–'.join(dict.fromkeys(ends))}{unit}"


@register.filter
def cooperation_words(demand: Demand) -> str:
    return _(", ").join(str(Cooperation(c).label) for c in demand.cooperation)
