"""What jurors, draws and sheets may go through."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JurorKind(TextChoices):
    TECHNICAL = "technical", _("technical expert")
    INVESTOR = "investor", _("investor")
    DEMAND = "demand", _("demand side")


class JurorState(TextChoices):
    INVITED = "invited", _("invited")
    ACTIVE = "active", _("active")
    DECLINED = "declined", _("declined")
    LEFT = "left", _("left")


JUROR_MOVES: dict[str, set[str]] = {
    JurorState.INVITED: {JurorState.ACTIVE, JurorState.DECLINED, JurorState.LEFT},
    JurorState.ACTIVE: {JurorState.LEFT},
    JurorState.DECLINED: {JurorState.INVITED},
    JurorState.LEFT: {JurorState.ACTIVE},
}


class ConflictSource(TextChoices):
    DECLARED = "declared", _("declared by the juror")
    DERIVED = "derived", _("derived from records")
    OBJECTED = "objected", _("objected by the team")


class ConflictGround(TextChoices):
    SAME_ORGANISATION = "same_organisation", _("same organisation")
    EMAIL_DOMAIN = "email_domain", _("same e-mail domain")
    PORTFOLIO = "portfolio", _("in the juror's portfolio")
    OWN_DEMAND = "own_demand", _("answers the juror's own demand")
    TEAM_MEMBER = "team_member", _("member of the team")
    MENTOR = "mentor", _("mentor of the team")
    EARLIER_TEAM = "earlier_team", _("in one team in an earlier edition")
    PERSONAL = "personal", _("personal or business tie")
    OTHER = "other", _("other")


DECLARED_GROUNDS = [
    (ground.value, ground.label)
    for ground in ConflictGround
    if ground not in (ConflictGround.EMAIL_DOMAIN, ConflictGround.EARLIER_TEAM)
]
"""What a person may name; the others are only derived from records."""


class DrawState(TextChoices):
    COMPUTING = "computing", _("being computed")
    PROPOSED = "proposed", _("proposed")
    DEPLOYED = "deployed", _("deployed")
    DISCARDED = "discarded", _("discarded")
    FAILED = "failed", _("not possible")


DRAW_MOVES: dict[str, set[str]] = {
    DrawState.COMPUTING: {DrawState.PROPOSED, DrawState.FAILED, DrawState.DISCARDED},
    DrawState.PROPOSED: {DrawState.DEPLOYED, DrawState.DISCARDED},
    DrawState.DEPLOYED: set(),
    DrawState.DISCARDED: set(),
    DrawState.FAILED: set(),
}


class SecondLook(TextChoices):
    """Seats beside those every entry has; sheets that are there stay as they are."""

    BAND = "band", _("second look at the band")
    TELLING = "telling", _("second look where it tells most")


class SheetState(TextChoices):
    ASSIGNED = "assigned", _("open")
    SEALED = "sealed", _("sealed")
    RECUSED = "recused", _("juror recused")
    RECALLED = "recalled", _("taken back")


SHEET_MOVES: dict[str, set[str]] = {
    SheetState.ASSIGNED: {SheetState.SEALED, SheetState.RECUSED, SheetState.RECALLED},
    SheetState.SEALED: {SheetState.ASSIGNED, SheetState.RECUSED},  # reopened; a late conflict
    SheetState.RECUSED: {SheetState.ASSIGNED, SheetState.SEALED},  # a repair undone in time
    SheetState.RECALLED: set(),
}
