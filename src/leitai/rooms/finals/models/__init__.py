"""Heats and their juries, sessions, what people said, the audience, the further check."""

from leitai.rooms.finals.models.audience import Ballot, Poll
from leitai.rooms.finals.models.diligence import Diligence
from leitai.rooms.finals.models.heats import (
    Crew,
    Cue,
    HallSeat,
    Heat,
    Lot,
    Order,
    OrderSeen,
    Slot,
)
from leitai.rooms.finals.models.sessions import Arrival, PracticeSheet, PracticeSlot, Session
from leitai.rooms.finals.models.words import Recount, Result, Second, TieTalk

__all__ = [
    "Arrival",
    "Ballot",
    "Crew",
    "Cue",
    "Diligence",
    "HallSeat",
    "Heat",
    "Lot",
    "Order",
    "OrderSeen",
    "Poll",
    "PracticeSheet",
    "PracticeSlot",
    "Recount",
    "Result",
    "Second",
    "Session",
    "Slot",
    "TieTalk",
]
