"""What do we know about the halls?"""

from leitai.rooms.finals.queries.audience import doubtful, halls_of, tallied
from leitai.rooms.finals.queries.board import counts, snapshot
from leitai.rooms.finals.queries.hall import Hall, Turn, hall_of, heat_hall, newest_order
from leitai.rooms.finals.queries.plans import candidates, jury_plan, plan
from leitai.rooms.finals.queries.promotion import promotion

__all__ = [
    "Hall", "Turn", "candidates", "counts", "doubtful", "hall_of", "halls_of", "heat_hall",
    "jury_plan", "newest_order", "plan", "promotion", "snapshot", "tallied",
]  # fmt: skip
