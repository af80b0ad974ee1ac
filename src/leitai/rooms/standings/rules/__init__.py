"""Does the contest allow it? The states of a standing, and the places a reckoning makes."""

from leitai.rooms.contests.rules.reckoning import (
    EntryIn,
    Reckoning,
    Ruling,
    SheetIn,
    fingerprint,
    group_of,
    reckon,
    total,
)
from leitai.rooms.contests.rules.states import Outcome
from leitai.rooms.standings.rules.amending import (
    Amendment,
    Stand,
    amended,
    left_vacant,
    moving_up,
    reasons,
    special,
)
from leitai.rooms.standings.rules.deciding import (
    CLOSED_OFFERS,
    OFFER_MOVES,
    SPECIAL_MOVES,
    OfferState,
    SpecialKind,
    SpecialState,
    may_accept,
    may_decline,
    may_extend_offer,
    may_leave_vacant,
    may_nominate,
    may_propose,
    may_settle_special,
    may_sign,
    offer_until,
)
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
    "CLOSED_OFFERS", "MOVES", "OFFER_MOVES", "SPECIAL_MOVES", "Amendment", "EntryIn", "OfferState",
    "Outcome", "PlaceOut", "Reckoning", "Ruling", "SheetIn", "SpecialKind", "SpecialState", "Stand",
    "State", "amended", "fingerprint", "group_of", "left_vacant", "may_accept", "may_compute",
    "may_decide", "may_decline", "may_extend_offer", "may_leave_vacant", "may_look_again",
    "may_nominate",
    "may_propose", "may_publish", "may_settle_special", "may_settle_tie", "may_sign", "moving_up",
    "notice_until", "offer_until", "places", "reasons", "reckon", "special", "total",
]  # fmt: skip
