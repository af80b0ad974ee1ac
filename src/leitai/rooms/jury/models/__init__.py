"""Jurors, conflicts, draws, sheets and marks."""

from leitai.rooms.jury.models.changes import Change
from leitai.rooms.jury.models.conflicts import Conflict, ConflictQuerySet
from leitai.rooms.jury.models.draws import Draw, Seat
from leitai.rooms.jury.models.jurors import Juror
from leitai.rooms.jury.models.sheets import Mark, Reopening, Seal, Sheet, SheetQuerySet

__all__ = [
    "Change",
    "Conflict",
    "ConflictQuerySet",
    "Draw",
    "Juror",
    "Mark",
    "Reopening",
    "Seal",
    "Seat",
    "Sheet",
    "SheetQuerySet",
]
