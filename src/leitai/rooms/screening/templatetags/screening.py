"""What templates say about pairs: {% load screening %}."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _

register = template.Library()


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
