"""What templates say about pairs: {% load screening %}."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext as _

from leitai.rooms.screening.queries import history
from leitai.rooms.submissions.models import Entry

register = template.Library()


@register.inclusion_tag("screening/finding.html")
def last_finding(entry: Entry) -> dict[str, Any]:
    """Why an entry was returned or refused, for its team: {% last_finding entry %}."""
    return {"check": history(entry).filter(taken_back_at=None).first()}


@register.filter
def shared_words(kinds: Iterable[str]) -> str:
    """What two entries have in common, in words."""
    words = {
        "code": _("registration code"),
        "organisation": _("name of the organisation"),
        "email": _("a member's e-mail"),
        "phone": _("a member's phone"),
        "person": _("a member of the same name and organisation"),
    }
    return " · ".join(words.get(kind, kind) for kind in kinds)
