"""What do we know about jurors, conflicts, seats and marks?"""

from leitai.rooms.jury.queries.conflicts import (
    Tie,
    conflicts,
    derived_ties,
    has_conflict,
    titles,
)
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
    "has_conflict",
    "is_juror",
    "juries_of",
    "jurors",
    "jurors_of",
    "marks",
    "match_organisations",
    "may_draw",
    "missing",
    "neighbours",
    "paper",
    "pile",
    "piles",
    "progress",
    "reads_entry",
    "score_rows",
    "seating",
    "spread_of",
    "titles",
]
