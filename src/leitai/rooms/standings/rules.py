"""What a standing may go through."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    DRAFT = "draft", _("computed")
    DECIDED = "decided", _("decided")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("superseded")


MOVES: dict[str, set[str]] = {
    State.DRAFT: {State.DECIDED, State.SUPERSEDED},
    State.DECIDED: {State.PUBLISHED, State.SUPERSEDED},
    State.PUBLISHED: {State.SUPERSEDED},
    State.SUPERSEDED: set(),
}


class Outcome(TextChoices):
    IN = "in", _("goes on")
    RESERVE = "reserve", _("reserve")
    OUT = "out", _("does not go on")
    UNRANKED = "unranked", _("no place")
