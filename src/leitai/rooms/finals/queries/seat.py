"""What one juror's page in the hall has to know, and nothing of what other jurors gave."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from leitai.rooms.finals.models import HallSeat, Session, Slot
from leitai.rooms.finals.queries.hall import Given, Hall, Turn, hall_of, newest_order
from leitai.rooms.finals.rules import board
from leitai.rooms.jury.rules import plain


def own_state(session: Session, seat: HallSeat, at: datetime) -> dict[str, Any]:
    """As JSON for the page's script: who is on stage, the order, and the own marks."""
    hall = hall_of(session)
    here = hall.on_stage
    return {
        "v": session.version,
        "at": at.isoformat(),
        "session": session.state,
        "rehearsal": session.is_rehearsal,
        "on": here.id if here else None,
        "clock": board.clock(session.clock),
        "order": _order(hall, seat),
        "entries": [_entry(hall, turn, seat) for turn in hall.turns],
    }


def seats_of(user: Any) -> list[HallSeat]:
    """Where this person sits, today's first; each with its `session`, if there is one."""
    seats = (
        HallSeat.objects.filter(juror__user=user, stood_down_at=None)
        .select_related("heat__stage__contest__edition", "juror")
        .order_by("heat__starts_at", "heat__pk")
    )
    heats = [seat.heat_id for seat in seats]
    running: dict[int, Session] = {}
    for session in Session.objects.filter(heat__in=heats).order_by("pk"):
        if session.state == "open" or not session.is_rehearsal:
            running[session.heat_id] = session
    return [seat for seat in seats if _with(seat, running.get(seat.heat_id))]


def _with(seat: HallSeat, session: Session | None) -> bool:
    seat.session = session  # type: ignore[attr-defined]
    return True


def _order(hall: Hall, seat: HallSeat) -> dict[str, Any]:
    """`is_seen` is also true of a first order, which nobody has to confirm."""
    told: dict[str, Any] = {
        "version": hall.order,
        "is_seen": hall.order <= 1 or seat.juror_id in hall.seen,
        "why": "",
        "before": [],
    }
    session = hall.session
    if hall.order > 1 and session is not None and not session.is_rehearsal:
        newest = newest_order(hall.heat)
        before = hall.heat.orders.filter(version=hall.order - 1).first()
        told["why"] = newest.reason if newest else ""
        told["before"] = list(before.entries) if before else []
    return told


def _entry(hall: Hall, turn: Turn, seat: HallSeat) -> dict[str, Any]:
    row = turn.row
    has_picture = isinstance(row, Slot) and row.picture_id
    told = {
        "id": turn.id,
        "slot": row.pk,
        "number": turn.number,
        "code": turn.code,
        "title": turn.title,
        "team": turn.team,
        "picture": reverse("finals:picture", args=[row.pk]) if has_picture else None,
        "state": turn.state,
        "scoring": turn.scoring,
        "is_tied": (seat.juror_id, turn.id) in hall.tied,
    }
    return told | _own(hall.given.get((turn.id, seat.juror_id)))


def _own(given: Given | None) -> Mapping[str, Any]:
    if given is None:
        return {"marks": {}, "is_sealed": False, "total": None}
    marks = {code: plain(mark) for code, mark in given.marks.items()}
    total = plain(given.total) if given.is_sealed and given.total is not None else None
    return {"marks": marks, "is_sealed": given.is_sealed, "total": total}
