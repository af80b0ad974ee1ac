"""What a snapshot says, printed so that a script may go on filling it in: {% load board %}.

`frontend/modules/hall/fill.js` reads the attributes written here. Each tag looks into `row` where a
row is being printed (an empty one prints the copy that scripts take for new rows), else into
`shown`.
"""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from leitai.foundation.words import in_chinese

register = template.Library()


@register.simple_tag(takes_context=True)
def spot(context: Context, path: str) -> SafeString:
    """{% spot "entry.number" %}: the value in a <span> of its own."""
    value = _at(context, path)
    return format_html('<span data-text="{}">{}</span>', path, "" if value is None else value)


@register.simple_tag(takes_context=True)
def both(context: Context, path: str) -> SafeString:
    """{% both "entry.title" %}: in the page's language, and in the other one where there is one."""
    pair = _at(context, path) or {}
    ours, theirs = ("zh", "en") if in_chinese() else ("en", "zh")
    mine, other = pair.get(ours) or "", pair.get(theirs) or ""
    first = ours if mine else theirs
    second = other if mine and other != mine else ""
    return format_html(
        '<span class="both" data-both="{}" data-long="{}"><b lang="{}">{}</b>'
        '<i lang="{}">{}</i></span>',
        path, length(mine or other), LANG[first], mine or other, LANG[theirs], second,
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def when(context: Context, path: str) -> SafeString:
    """<p {% when "entry" %}>: hidden unless there is such a thing."""
    hidden = "" if _at(context, path) not in (None, False, "", [], {}) else " hidden"
    return format_html('data-when="{}"{}', path, hidden)


@register.simple_tag(takes_context=True)
def value(context: Context, path: str) -> SafeString:
    """<li {% value "state" %}>: for the style sheet."""
    found = _at(context, path)
    return format_html('data-value="{}" data-is="{}"', path, "" if found is None else found)


LANG = {"zh": "zh-Hans", "en": "en"}
LIMITS = (40, 72, 120)


def length(words: str) -> int:
    """1 to 4: long titles are set smaller. Chinese characters are twice as wide."""
    wide = sum(2 if letter > "\u2e7f" else 1 for letter in words)
    return 1 + sum(wide > limit for limit in LIMITS)


def _at(context: Context, path: str) -> Any:
    found: Any = context.get("row")
    if found is None:
        found = context.get("shown")
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found
