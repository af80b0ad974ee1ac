"""Does the contest allow it? States of a mailing, and texts with blanks."""

from leitai.rooms.messages.rules.states import (
    MOVES,
    UNDO_MINUTES,
    UNDO_MOST,
    Language,
    Rhythm,
    SenderRole,
    State,
    is_running_out,
    may_confirm,
    may_decide,
    may_drop,
    may_edit,
    may_freeze,
    may_resume,
    may_stop,
)
from leitai.rooms.messages.rules.words import COMMON, Blank, blanks, check, fill, missing

__all__ = [
    "COMMON", "MOVES", "UNDO_MINUTES", "UNDO_MOST", "Blank", "Language", "Rhythm", "SenderRole",
    "State", "blanks", "check", "fill", "is_running_out", "may_confirm", "may_decide", "may_drop",
    "may_edit", "may_freeze", "may_resume", "may_stop", "missing",
]  # fmt: skip
