"""What a demand may go through, and who may see how much of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from leitai.values.verdict import YES, Verdict, no


class State(TextChoices):
    DRAFT = "draft", _("draft")
    VETTING = "vetting", _("being vetted")
    RETURNED = "returned", _("returned for correction")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


MOVES: dict[str, set[str]] = {
    State.DRAFT: {State.VETTING, State.WITHDRAWN},
    State.VETTING: {State.PUBLISHED, State.RETURNED, State.WITHDRAWN},
    State.RETURNED: {State.VETTING, State.WITHDRAWN},
    State.PUBLISHED: {State.WITHDRAWN},
    State.WITHDRAWN: set(),
}

OPEN_TO_CHANGE = frozenset({State.DRAFT, State.RETURNED})


class Visibility(TextChoices):
    PUBLIC = "public", _("public")
    MASKED = "masked", _("title and owner masked")
    INVITED = "invited", _("by invitation only")


class Cooperation(TextChoices):
    PURCHASE = "purchase", _("purchase")
    JOINT = "joint", _("joint development")
    LICENCE = "licence", _("licence")
    INVESTMENT = "investment", _("investment")
    PILOT = "pilot", _("pilot")


class Readiness(TextChoices):
    """How far the owner's own purchasing is; it predicts whether anything gets bought."""

    EXPLORING = "exploring", _("exploring, nothing decided")
    BUDGETED = "budgeted", _("budget set aside")
    APPROVED = "approved", _("purchasing approved")


class Ownership(TextChoices):
    OWNER = "owner", _("the demand's owner")
    TEAM = "team", _("the team")
    SHARED = "shared", _("shared")
    OPEN = "open", _("to be agreed")


def may_change(state: str) -> Verdict:
    if state not in OPEN_TO_CHANGE:
        return no(
            "not_open",
            _("This demand has been sent in. To change it, ask the secretariat to return it."),
        )
    return YES


def may_send(state: str, *, missing: list[str]) -> Verdict:
    """`missing` names, in words, what a demand needs before anybody can judge it."""
    if not (may := may_change(state)):
        return may
    if missing:
        return no("incomplete", _("Still missing: %s.") % ", ".join(str(m) for m in missing))
    return YES


def may_return(state: str, *, why: str) -> Verdict:
    if state != State.VETTING:
        return no("not_vetting", _("Only a demand that is being vetted can be returned."))
    if not why.strip():
        return no("no_reason", _("Please say what to correct."))
    return YES


def is_shown_whole(visibility: str, state: str) -> bool:
    """Whether everybody may read all of it."""
    return state == State.PUBLISHED and visibility == Visibility.PUBLIC


def is_listed(visibility: str, state: str) -> bool:
    """Whether everybody may know that it exists."""
    return state == State.PUBLISHED and visibility != Visibility.INVITED
