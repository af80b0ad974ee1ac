"""What do we know about jurors, conflicts, seats and marks?"""

from leitai.rooms.jury.queries.conflicts import (
    Tie,
    conflicts,
    derived_ties,
    has_conflict,
    titles,
)
from leitai.rooms.jury.queries.extra import extra_seats, wanted
from leitai.rooms.jury.queries.jurors import (
    Capacity,
    capacity,
    juries_of,
    jurors,
    match_organisations,
    may_draw,
)
from leitai.rooms.jury.queries.marks import Missing, SealedSheet, marks, missing
from leitai.rooms.jury.queries.papers import PDF, Paper, paper
from leitai.rooms.jury.queries.pile import Pile, is_juror, neighbours, pile, piles, reads_entry
from leitai.rooms.jury.queries.progress import (
    Progress,
    entries_of,
    jurors_of,
    progress,
    score_rows,
    spread_of,
)
from leitai.rooms.jury.queries.seating import Seating, seating
from leitai.rooms.jury.queries.second_look import (
    fresh,
    may_look_again,
    room,
    seating_of,
    telling,
)

__all__ = [
    "PDF",
    "Capacity",
    "Missing",
    "Paper",
    "Pile",
    "Progress",
    "SealedSheet",
    "Seating",
    "Tie",
    "capacity",
    "conflicts",
    "derived_ties",
    "entries_of",
    "extra_seats",
    "fresh",
    "has_conflict",
    "is_juror",
    "juries_of",
    "jurors",
    "jurors_of",
    "marks",
    "match_organisations",
    "may_draw",
    "may_look_again",
    "missing",
    "neighbours",
    "paper",
    "pile",
    "piles",
    "progress",
    "reads_entry",
    "room",
    "score_rows",
    "seating",
    "seating_of",
    "spread_of",
    "telling",
    "titles",
    "wanted",
]
