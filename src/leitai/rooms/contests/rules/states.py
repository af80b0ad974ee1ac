"""What editions, contests and appointments may go through."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Of an edition and of a contest."""

    DRAFT = "draft", _("draft")
    PUBLIC = "public", _("public")
    ARCHIVED = "archived", _("archived")


MOVES: dict[str, set[str]] = {
    State.DRAFT: {State.PUBLIC},
    State.PUBLIC: {State.ARCHIVED, State.DRAFT},
    State.ARCHIVED: {State.PUBLIC},
}


class OrganisationRoleKind(TextChoices):
    """In the order in which they stand on a poster."""

    GUIDING = "guiding", _("guided by")
    HOST = "host", _("hosted by")
    SUPPORTING = "supporting", _("supported by")
    ORGANISING = "organising", _("organised by")
    CO_ORGANISING = "co_organising", _("co-organised by")
    OVERSEAS = "overseas", _("overseas organisers")
    STRATEGIC = "strategic", _("strategic partners")
    MEDIA = "media", _("media partners")


class Role(TextChoices):
    """What a person may do for an edition or for one of its contests."""

    ORGANISER = "organiser", _("organiser")
    SECRETARIAT = "secretariat", _("secretariat")
    SUPERVISOR = "supervisor", _("supervisor")
