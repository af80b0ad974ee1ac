"""What templates ask of rules: {% load rules %}."""

from decimal import Decimal
from typing import Any

from django import template

from leitai.foundation.words import choose
from leitai.rooms.contests.rules.schema import Words

register = template.Library()


@register.filter
def said(words: Words | dict[str, str] | None) -> str:
    """`{{ stage.name|said }}`: a rule set's words in the reader's language."""
    if words is None:
        return ""
    if isinstance(words, dict):
        return choose(words.get("zh", ""), words.get("en", ""))
    return choose(words.zh, words.en)


@register.filter
def plain_number(value: Any) -> str:
    """A Decimal without trailing noughts; anything else as it is."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value or "0")
