"""Who may be asked onto a jury, how often, and what happens to those who are only proposed."""

import hashlib
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.rooms.jury.rules.jurors import INVITATION_LASTS
from leitai.rooms.jury.rules.states import JurorState
from leitai.values.verdict import YES, Verdict, no

LETTERS_MAX = 2  # the letter, and one more
COLLEAGUES_MAX = 3


class ExpertState(TextChoices):
    ASKED = "asked", _("asked whether we may keep them")
    KEPT = "kept", _("kept in the pool")
    LEFT = "left", pgettext_lazy("of an expert in the pool", "left")


EXPERT_MOVES: dict[str, set[str]] = {
    ExpertState.ASKED: {ExpertState.KEPT, ExpertState.LEFT},
    ExpertState.KEPT: {ExpertState.LEFT},
    ExpertState.LEFT: {ExpertState.KEPT},
}


class ColleagueState(TextChoices):
    PROPOSED = "proposed", _("proposed")
    INVITED = "invited", _("invited")
    REFUSED = "refused", _("not invited")


COLLEAGUE_MOVES: dict[str, set[str]] = {
    ColleagueState.PROPOSED: {ColleagueState.INVITED, ColleagueState.REFUSED},
    ColleagueState.INVITED: set(),
    ColleagueState.REFUSED: set(),
}


def may_write_again(state: str, *, letters: int) -> Verdict:
    """One more letter, to those who have not answered or said no."""
    if state not in (JurorState.INVITED, JurorState.DECLINED):
        return no("answered", _("This invitation has been answered already."))
    if letters >= LETTERS_MAX:
        return no("asked_twice", _("They have had two letters; please talk to them instead."))
    return YES


def may_propose(state: str, *, proposed: int, invited_at: datetime, at: datetime) -> Verdict:
    """Whoever got the letter may name colleagues, whatever they answered themselves."""
    if state == JurorState.LEFT or at >= invited_at + INVITATION_LASTS:
        return no("expired", _("This invitation is too old. Ask the organiser for a new one."))
    if proposed >= COLLEAGUES_MAX:
        return no("enough", _("You have proposed three colleagues; thank you, that is enough."))
    return YES


def forgotten_address(email: str) -> str:
    """What stays of the address of somebody who left the pool: enough not to ask again.

    >>> forgotten_address("Ada@example.org") == forgotten_address("ada@example.org ")
    True
    """
    digest = hashlib.sha256(email.strip().lower().encode()).hexdigest()[:32]
    return f"left-{digest}@erased.invalid"
