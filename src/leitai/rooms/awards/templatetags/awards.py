"""What templates say about awards: {% load awards %}."""

from typing import Any

from django import template
from django.template.context import Context

from leitai.foundation.words import choose
from leitai.rooms.awards.permissions import run_certificates
from leitai.rooms.contests.models import Contest
from leitai.values.verdict import Verdict

register = template.Library()


@register.filter
def said_in(words: dict[str, Any]) -> str:
    """Of a pair as it is printed, where the Chinese stands alone when both are the same."""
    return choose(words["zh"], words["en"])


@register.simple_tag(takes_context=True)
def may_run_certificates(context: Context, contest: Contest) -> Verdict:
    return run_certificates(context["request"].user, contest)
