"""Who is told: everybody who watches, the desk and the jurors."""

from datetime import datetime

from leitai.foundation import live
from leitai.rooms.finals.models import Session
from leitai.rooms.finals.queries.board import snapshot
from leitai.rooms.finals.queries.hall import Hall


def shown(session: Session, *, at: datetime, hall: Hall | None = None) -> None:
    """The newest body to all watchers; desk and jurors hear that there is something new."""
    body = snapshot(session, at, hall=hall)
    live.broadcast(session.topic("board"), session.version, body)
    live.broadcast(session.topic("public"), session.version, body)
    live.announce(session.topic("desk"), session.version)
