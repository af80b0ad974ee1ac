"""Money and moments as people read them: {% load amounts %}."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leitai.foundation.words import choose, in_chinese
from leitai.site.look import HOME
from leitai.values.money import Money

register = template.Library()

SIGNS = {"CNY": "¥", "USD": "US$", "EUR": "€", "GBP": "£", "HKD": "HK$", "SGD": "S$", "JPY": "JP¥"}
# What a language counts in, the largest first.
STEPS = {
    True: ((10**8, " 亿"), (10**4, " 万")),
    False: ((10**9, "B"), (10**6, "M"), (10**3, "k")),
}


@register.filter
def thousands(number: int | None) -> str:
    """1,800 in both languages; Django groups no digits in Chinese."""
    return "–" if number is None else f"{number:,}"


@register.filter
def money(amount: Money | int | None, style: str = "") -> str:
    """`{{ prize_cents|money }}` is ¥1,200,000; `|money:"short"` is ¥120 万, in English ¥1.2M.

    A bare number is taken for cents of yuan.
    """
    if amount is None:
        return "–"
    if not isinstance(amount, Money):
        amount = Money(int(amount))
    sign = ("−" if amount.cents < 0 else "") + SIGNS.get(amount.currency, f"{amount.currency} ")
    cents = abs(amount.cents)
    return sign + (_short(cents) if style == "short" else _full(cents))


def _full(cents: int) -> str:
    whole, rest = divmod(cents, 100)
    return f"{whole:,}" + (f".{rest:02}" if rest else "")


def _short(cents: int) -> str:
    for size, name in STEPS[in_chinese()]:
        if cents >= size * 100:
            return f"{cents / 100 / size:.2f}".rstrip("0").rstrip(".") + name
    return _full(cents)


@register.simple_tag
def moment(at: datetime | None, *, style: str = "", end: bool = False) -> SafeString | str:
    """A moment on the reader's clock, and in UTC+8 beside it where that differs.

    Styles: none (day and time), "day", "time". With end=True midnight reads as 24:00 of the day
    before, which is how deadlines are announced.
    """
    if at is None:
        return "–"
    local = at.astimezone(timezone.get_current_timezone())
    abroad = local.utcoffset() != timedelta(hours=8)
    words: Any = _words(local, style, end)
    if not style and (abroad or not in_chinese()):
        words = f"{words} {_zone(local)}"
    if not style and abroad:
        home = _words(at.astimezone(HOME), style, end)
        words = format_html('{} <small class="quiet">({} UTC+8)</small>', words, home)
    return format_html('<time datetime="{}">{}</time>', at.astimezone(UTC).isoformat(), words)


def _words(local: datetime, style: str, end: bool) -> str:
    clock = f"{local:%H:%M}"
    if end and clock == "00:00":
        local, clock = local - timedelta(days=1), "24:00"
    if style == "time":
        return clock
    day = date_format(local, _("j M Y"))
    return day if style == "day" else f"{day} {clock}"


def _zone(local: datetime) -> str:
    minutes = int((local.utcoffset() or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    if not minutes:
        return "UTC"
    return f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"


@register.simple_tag(takes_context=True)
def until(context: template.Context, at: datetime | None) -> SafeString | str:
    """What is left until a moment; the page counts on by the server's clock."""
    if at is None:
        return ""
    seconds = int((at - context["request"].at).total_seconds())
    return format_html(
        '<time data-until="{}" datetime="{}">{}</time>',
        at.isoformat(),
        at.isoformat(),
        _left(seconds),
    )


def _left(seconds: int) -> str:
    if seconds <= 0:
        return _("Time is up")
    if seconds >= 2 * 86400:
        return _("{n} days left").format(n=seconds // 86400)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


@register.filter
def in_words(zh: str, en: str) -> str:
    """Of two columns read without their row, the one in the reader's language."""
    return choose(zh, en)
