"""What do we know about the halls?"""

from leitai.rooms.finals.queries.board import counts, snapshot
from leitai.rooms.finals.queries.hall import Hall, Turn, hall_of, heat_hall, newest_order

__all__ = ["Hall", "Turn", "counts", "hall_of", "heat_hall", "newest_order", "snapshot"]
