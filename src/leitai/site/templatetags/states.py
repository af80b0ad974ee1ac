"""Tags for states: {% load states %}, then {% state_tag sheet %} or {% tag "live now" "live" %}."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# One tone a word, whatever the room. A state not named here gets the plain ring.
TONES = {
    "done": "accepted active agreed answered complete confirmed deployed done eligible final given "
    "included passed placed published ready sealed settled shortlisted signed submitted valid "
    "handed_in sent digested verified won",
    "wait": "assigned checking collecting confirmed due frozen gathered in_progress incomplete "
    "invited partial pending proposed returned reserve review running scheduled to_correct "
    "uncertain vetting waiting",
    "live": "live now open sending claimed",
    "bad": "blocked conflicted declined disqualified duplicate expired failed ineligible lost "
    "refused rejected removed withdrawn cancelled held",
}
_TONE_OF = {word: tone for tone, words in TONES.items() for word in words.split()}


def tone_of(state: str) -> str:
    return _TONE_OF.get(str(state), "")


@register.simple_tag
def tag(label: Any, tone: str = "") -> SafeString:
    """A word with its mark. Tones: done, wait, live, bad, or none."""
    return format_html('<span class="tag{}">{}</span>', f" {tone}" if tone else "", label)


@register.simple_tag
def state_tag(thing: Any, field: str = "state") -> SafeString:
    """The state of a row, in the reader's language."""
    label = getattr(thing, f"get_{field}_display")()
    return tag(label, tone_of(getattr(thing, field)))
