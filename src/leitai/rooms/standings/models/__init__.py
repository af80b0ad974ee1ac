"""Standings, places, decisions, publications, offers."""

from leitai.rooms.standings.models.decision import Attendee, Decision, Signature, SpecialPlace
from leitai.rooms.standings.models.offers import Extension, Offer
from leitai.rooms.standings.models.publication import Publication, ReleasedComment
from leitai.rooms.standings.models.standing import Place, Standing

__all__ = [
    "Attendee",
    "Decision",
    "Extension",
    "Offer",
    "Place",
    "Publication",
    "ReleasedComment",
    "Signature",
    "SpecialPlace",
    "Standing",
]
