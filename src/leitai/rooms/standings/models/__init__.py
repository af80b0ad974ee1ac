"""Standings, places, decisions, publications."""

from leitai.rooms.standings.models.decision import Decision, Signature
from leitai.rooms.standings.models.publication import Publication, ReleasedComment
from leitai.rooms.standings.models.standing import Place, Standing

__all__ = ["Decision", "Place", "Publication", "ReleasedComment", "Signature", "Standing"]
