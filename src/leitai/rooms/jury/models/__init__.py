"""Jurors, conflicts, draws, sheets and marks."""

from leitai.rooms.jury.models.calibration import Sample, SampleSheet
from leitai.rooms.jury.models.changes import Change
from leitai.rooms.jury.models.conflicts import Conflict, ConflictQuerySet
from leitai.rooms.jury.models.discussions import Discussion, Judging, MarkChange, Remark
from leitai.rooms.jury.models.draws import Draw, Seat
from leitai.rooms.jury.models.health import (
    Quiet,
    Reminder,
    ReminderPlan,
    ReopeningRequest,
    Repair,
)
from leitai.rooms.jury.models.jurors import Juror
from leitai.rooms.jury.models.pool import Expert, ExpertQuerySet, Post
from leitai.rooms.jury.models.readiness import (
    Colleague,
    ConflictSearch,
    DeclaredTie,
    Objection,
    Promise,
    Undertaking,
)
from leitai.rooms.jury.models.sheets import Mark, Reopening, Seal, Sheet, SheetQuerySet

__all__ = [
    "Change",
    "Colleague",
    "Conflict",
    "ConflictQuerySet",
    "ConflictSearch",
    "DeclaredTie",
    "Discussion",
    "Draw",
    "Expert",
    "ExpertQuerySet",
    "Judging",
    "Juror",
    "Mark",
    "MarkChange",
    "Objection",
    "Post",
    "Promise",
    "Quiet",
    "Remark",
    "Reminder",
    "ReminderPlan",
    "Reopening",
    "ReopeningRequest",
    "Repair",
    "Sample",
    "SampleSheet",
    "Seal",
    "Seat",
    "Sheet",
    "SheetQuerySet",
    "Undertaking",
]
