"""What editions, contests and appointments may go through."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from leitai.values.verdict import YES, Verdict, no


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
    CO_HOST = "co_host", _("co-host")


def may_be_public(name_zh: str, name_en: str) -> Verdict:
    """Somebody must be able to say what it is called."""
    if not (name_zh or name_en):
        return no("name_missing", _("It needs a name before it can be shown; please give it one."))
    return YES


class Outcome(TextChoices):
    """What a stage's cut makes of an entry."""

    IN = "in", _("goes on")
    RESERVE = "reserve", _("reserve")
    OUT = "out", _("does not go on")
    UNRANKED = "unranked", _("no place")
