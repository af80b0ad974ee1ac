"""A team objects to a juror: whom, how often, until when, and what becomes of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from leitai.values.verdict import YES, Verdict, no


class ObjectionState(TextChoices):
    RAISED = "raised", _("waits for an answer")
    UPHELD = "upheld", _("upheld")
    REFUSED = "refused", _("refused")


OBJECTION_MOVES: dict[str, set[str]] = {
    ObjectionState.RAISED: {ObjectionState.UPHELD, ObjectionState.REFUSED},
    ObjectionState.UPHELD: set(),
    ObjectionState.REFUSED: set(),
}


def may_object(*, is_published: bool, is_being_marked: bool, raised: int, most: int) -> Verdict:
    """Before the marking, while all can still be seated elsewhere."""
    if not is_published or most == 0:
        return no("not_published", _("The rules do not publish this jury."))
    if is_being_marked:
        return no("being_marked", _("Objections are heard before the marking begins."))
    if raised >= most:
        return no("objected_enough", _("Your team has used up its objections."))
    return YES
