"""Does the contest allow it? The states of a standing, and the reckoning from marks to places."""

from leitai.rooms.standings.rules.reckoning import (
    EntryIn,
    PlaceOut,
    Reckoning,
    Ruling,
    SheetIn,
    fingerprint,
    reckon,
    total,
)
from leitai.rooms.standings.rules.states import (
    MOVES,
    Outcome,
    State,
    may_compute,
    may_decide,
    may_publish,
    may_settle_tie,
    notice_until,
)
from leitai.rooms.standings.rules.words import said

__all__ = [
    "MOVES", "EntryIn", "Outcome", "PlaceOut", "Reckoning", "Ruling", "SheetIn", "State",
    "fingerprint", "may_compute", "may_decide", "may_publish", "may_settle_tie", "notice_until",
    "reckon", "said", "total",
]  # fmt: skip
