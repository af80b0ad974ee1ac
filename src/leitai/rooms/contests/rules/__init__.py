"""Does the contest allow it? Rule sets as data, their presets, their text, their preview."""

from leitai.rooms.contests.rules.schema import (
    CriterionRule,
    EntryRule,
    FieldRule,
    PanelRule,
    QuotaRule,
    Rules,
    Span,
    StageRule,
    StepRule,
    Words,
)
from leitai.rooms.contests.rules.states import MOVES, OrganisationRoleKind, Role, State

__all__ = [
    "MOVES",
    "CriterionRule",
    "EntryRule",
    "FieldRule",
    "OrganisationRoleKind",
    "PanelRule",
    "QuotaRule",
    "Role",
    "Rules",
    "Span",
    "StageRule",
    "State",
    "StepRule",
    "Words",
]
