"""What an entry may go through, and what may be handed in when."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("handed in")
    RETURNED = "returned", _("returned for correction")
    ACCEPTED = "accepted", _("valid")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


MOVES: dict[str, set[str]] = {
    State.DRAFT: {State.SUBMITTED, State.WITHDRAWN},
    State.SUBMITTED: {State.ACCEPTED, State.REFUSED, State.RETURNED, State.WITHDRAWN},
    State.RETURNED: {State.SUBMITTED, State.REFUSED, State.WITHDRAWN},
    State.ACCEPTED: {State.SUBMITTED, State.REFUSED, State.WITHDRAWN},
    State.REFUSED: {State.SUBMITTED},  # the secretariat takes a refusal back
    State.WITHDRAWN: set(),
}

HANDED_IN = frozenset({State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.REFUSED})


class EntrantKind(TextChoices):
    COMPANY = "company", _("company")
    UNREGISTERED = "unregistered", _("team, not registered")
    INSTITUTE = "institute", _("university or institute")
    OVERSEAS = "overseas", _("overseas team")


class Maturity(TextChoices):
    SEED = "seed", _("seed")
    EARLY = "early", _("early")
    GROWTH = "growth", _("growth")


class MemberRole(TextChoices):
    CAPTAIN = "captain", _("captain")
    MEMBER = "member", _("member")
    ADVISOR = "advisor", _("advisor")


class Layer(TextChoices):
    PUBLIC = "public", _("public")
    TEASER = "teaser", _("teaser")
    CONFIDENTIAL = "confidential", _("confidential")
