"""What templates ask of the look: {% load look %}. docs/look.md shows each in use."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from leitai.site import icons
from leitai.site.look import chosen

register = template.Library()


@register.simple_tag(takes_context=True)
def look_attributes(context: Context) -> SafeString:
    """Theme, care mode and the server's clock, for <html>."""
    request = context.get("request")
    look = chosen(request)
    now = getattr(request, "at", None)
    return format_html(
        'data-theme="{}"{}{}',
        look["theme"],
        " data-care" if look["care"] == "on" else "",
        format_html(' data-now="{}"', now.isoformat()) if now else "",
    )


@register.simple_tag(takes_context=True)
def chosen_look(context: Context) -> dict[str, str]:
    """{% chosen_look as look %}: look.theme and look.care, to press the right button."""
    return chosen(context.get("request"))


@register.filter
def html_lang(code: str) -> str:
    """zh-hans as browsers write it, zh-Hans."""
    return to_locale(code).replace("_", "-")


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing beside words; never the only thing that says what a button does."""
    return format_html(
        '<svg class="icon-svg" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>',
        icons.PATHS[name],
    )


@register.simple_tag
def script_words() -> SafeString:
    """The words that scripts say, in the page's language."""
    words = {
        "failed": _("That did not work. Please try again; nothing was changed."),
        "offline": _("No connection. Please try again when you are back online."),
        "copied": _("Copied."),
        "not_copied": _("The browser did not allow copying. Please select the text and copy it."),
        "days_left": _("{n} days left"),
        "over": _("Time is up"),
        "space": _("Space"),
        "saved": _("Saved"),
        "saving": _("Saving…"),
        "kept": _("Offline: kept on this device, sent when you are back"),
        "conflict": _("Somebody else changed this"),
        "refused": _("Not saved: {reason}"),
        "theirs": _("{by} wrote here meanwhile:"),
        "someone": _("Somebody else"),
        "keep_mine": _("Keep mine"),
        "take_theirs": _("Take theirs"),
        "too_big": _("“{name}” has {size} MiB; at most {most} MiB can be sent."),
        "all_marked": _("All marked"),
        "missing": _("Marks missing: {n}"),
        "leave_waiting": _(
            "Changes that have not reached the server yet: {n}. They stay on this device, "
            "unreadable, until you sign in here again. Sign out?"
        ),
    }
    return json_script(words, "script-words")


@register.filter
def initials(name: str) -> str:
    """Two letters of a Latin name, the last character or two of a Chinese one."""
    words = str(name or "?").split()
    if len(words) > 1:
        return words[0][0] + words[-1][0]
    return words[0][:2] if words[0].isascii() else words[0][-2:]


@register.inclusion_tag("site/parts/meter.html")
def meter(
    label: str,
    value: float,
    most: float = 100,
    *,
    aim: float | None = None,
    shown: str = "",
    href: str = "",
    tone: str = "",
) -> dict[str, Any]:
    """A bar with its number: {% meter "Marked" 92 shown="92 %" href=url %}."""
    return {
        "label": label,
        "value": value,
        "shown": shown,
        "href": href,
        "tone": tone,
        "aim": aim,
        **_bar(value, most, aim),
    }


@register.inclusion_tag("site/parts/funnel.html")
def funnel(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Bars on one scale. A row has label and value, and may have aim and href."""
    rows = list(rows)
    most = max((max(row["value"], row.get("aim") or 0) for row in rows), default=0)
    return {"rows": [row | _bar(row["value"], most, row.get("aim")) for row in rows]}


def _bar(value: float, most: float, aim: float | None) -> dict[str, str]:
    """Widths as SVG wants them, in hundredths of the bar and with a point whatever the language."""

    def part(of: float | None) -> str:
        return f"{min(max(float(of or 0) / float(most), 0), 1) * 100:.2f}" if most else "0"

    return {"width": part(value), "aim_at": part(aim) if aim else ""}
