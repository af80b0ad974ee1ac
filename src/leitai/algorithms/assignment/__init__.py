"""Seating jurors on panels.

    plan = seat(entries, jurors, rules=Rules(k=3, mix={"technical": 2, "investor": 1}),
                conflicts=frozenset({Seat(12, 7)}), fixed=frozenset(), forbidden=frozenset(),
                objective="sum", pair_cap=None, seed=1, report=lambda share, doing: ...)
    faults(plan.seats, entries, jurors, rules=..., conflicts=...)         # [] means it holds
    repair(plan.seats, entries, jurors_left, rules=..., conflicts=..., seed=1)
    assign(affinity=..., forbidden=..., demand=..., ...)                  # the same on arrays

`seat` and `repair` raise `Unseatable`, whose `shortages` name the rules that cannot hold
together, in numbers and with ways out.
"""

from leitai.algorithms.assignment.affinity import affinity_from_tags, affinity_from_texts
from leitai.algorithms.assignment.arrays import assign
from leitai.algorithms.assignment.checking import faults
from leitai.algorithms.assignment.repair import repair
from leitai.algorithms.assignment.seating import seat
from leitai.algorithms.assignment.values import (
    EntryNeed,
    Fault,
    Figures,
    JurorOffer,
    Plan,
    Reason,
    Repair,
    Rules,
    Seat,
    Shortage,
    Unseatable,
)

__all__ = [
    "EntryNeed",
    "Fault",
    "Figures",
    "JurorOffer",
    "Plan",
    "Reason",
    "Repair",
    "Rules",
    "Seat",
    "Shortage",
    "Unseatable",
    "affinity_from_tags",
    "affinity_from_texts",
    "assign",
    "faults",
    "repair",
    "seat",
]
