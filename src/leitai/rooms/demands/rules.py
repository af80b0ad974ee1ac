"""What a demand may go through, and who may see how much of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
