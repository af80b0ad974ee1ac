"""Standings, places, decisions, publications, offers."""

from leitai.rooms.standings.models.appeals import (
    Appeal,
    AppealFile,
    Hearing,
    Objector,
    Panelist,
)
from leitai.rooms.standings.models.corrections import Correction
from leitai.rooms.standings.models.decision import Attendee, Decision, Signature, SpecialPlace
from leitai.rooms.standings.models.feedback import Feedback, HeldComment
from leitai.rooms.standings.models.offers import Extension, Offer
from leitai.rooms.standings.models.publication import Publication, ReleasedComment
from leitai.rooms.standings.models.standing import Place, Standing

__all__ = [
    "Appeal",
    "AppealFile",
    "Attendee",
    "Correction",
    "Decision",
    "Extension",
    "Feedback",
    "Hearing",
    "HeldComment",
    "Objector",
    "Offer",
    "Panelist",
    "Place",
    "Publication",
    "ReleasedComment",
    "Signature",
    "SpecialPlace",
    "Standing",
]
