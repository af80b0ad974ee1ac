"""Does the contest allow it? States first; each subject has its file."""

from leitai.rooms.finals.rules.clock import Clock
from leitai.rooms.finals.rules.states import (
    DILIGENCE_MOVES,
    HEAT_MOVES,
    PITCHING,
    POLL_MOVES,
    SECOND_MOVES,
    SESSION_MOVES,
    SLOT_MOVES,
    CrewRole,
    CueKind,
    DiligenceState,
    HeatState,
    PollState,
    Scene,
    Scoring,
    SecondState,
    SessionState,
    SlotState,
)

__all__ = [
    "DILIGENCE_MOVES", "HEAT_MOVES", "PITCHING", "POLL_MOVES", "SECOND_MOVES", "SESSION_MOVES",
    "SLOT_MOVES", "Clock", "CrewRole", "CueKind", "DiligenceState", "HeatState", "PollState",
    "Scene", "Scoring", "SecondState", "SessionState", "SlotState",
]  # fmt: skip
