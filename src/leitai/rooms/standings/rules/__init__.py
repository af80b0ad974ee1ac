"""Does the contest allow it? The states of a standing, and the places a reckoning makes."""

from leitai.rooms.contests.rules.reckoning import (
    EntryIn,
    Reckoning,
    Ruling,
    SheetIn,
    fingerprint,
    reckon,
    total,
)
from leitai.rooms.contests.rules.states import Outcome
from leitai.rooms.standings.rules.places import PlaceOut, places
from leitai.rooms.standings.rules.states import (
    MOVES,
    State,
    may_compute,
    may_decide,
    may_look_again,
    may_publish,
    may_settle_tie,
    notice_until,
)

__all__ = [
    "MOVES", "EntryIn", "Outcome", "PlaceOut", "Reckoning", "Ruling", "SheetIn", "State",
    "fingerprint", "may_compute", "may_decide", "may_look_again", "may_publish", "may_settle_tie",
    "notice_until", "places", "reckon", "total",
]  # fmt: skip
