"""What the desks of a hall see: who waits for whom, and no more than their post needs."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q

from leitai.foundation.models import Line
from leitai.rooms.finals.models import Ballot, Cue, HallSeat, Poll, Second, Session
from leitai.rooms.finals.queries.board import told
from leitai.rooms.finals.queries.hall import Hall, Turn, hall_of
from leitai.rooms.finals.rules import SecondState
from leitai.rooms.jury import queries as jury
from leitai.rooms.jury.models import ReopeningRequest
from leitai.rooms.jury.rules import RequestState, SheetState

LINES = 40


@dataclass(frozen=True, kw_only=True)
class Row:
    """An entry with how far its panel is."""

    turn: Turn
    panel: int
    sealed: Sequence[HallSeat]
    missing: Sequence[HallSeat]
    tied: Sequence[HallSeat]
    seconds: int
    is_here: bool


def rows(hall: Hall) -> list[Row]:
    here = hall.on_stage
    return [
        Row(
            turn=turn, panel=len(hall.panel(turn.id)), missing=hall.missing(turn.id),
            sealed=[seat for seat, _given in hall.sealed(turn.id)],
            tied=[s for s in hall.seats if (s.juror_id, turn.id) in hall.tied],
            seconds=hall.seconds.get(turn.id, 0), is_here=here is not None and turn.id == here.id,
        )
        for turn in hall.turns
    ]  # fmt: skip


def next_turn(hall: Hall) -> Turn | None:
    return next((turn for turn in hall.turns if turn.state == "waiting"), None)


def cues(session: Session) -> list[Cue]:
    return list(Cue.objects.filter(heat=session.heat_id).select_related("slot__entry", "file"))


def next_cue(session: Session, show: Sequence[Cue]) -> Cue | None:
    """After the cue that is on; else of the first entry that has not pitched."""
    ids = [cue.pk for cue in show]
    if session.cue_id in ids:
        later = show[ids.index(session.cue_id) + 1 :]
        return later[0] if later else None
    on_now = next((n for n, c in enumerate(show) if c.slot_id and c.slot_id == session.slot_id), -1)
    if on_now >= 0:
        return show[on_now + 1] if on_now + 1 < len(show) else None
    return next((c for c in show if c.slot is None or c.slot.state == "waiting"), None)


def seconds(session: Session, user: Any) -> list[Second]:
    """Marks far from the others, of which nobody has spoken yet; none of entries the reader is
    tied to."""
    waiting = Second.objects.filter(heat=session.heat_id, state=SecondState.WAITING)
    found = waiting.filter(sheet__state=SheetState.SEALED)
    found = found.exclude(sheet__entry__in=jury.tied_entries(user))
    return list(found.select_related("sheet__entry", "sheet__juror__user", "heat__stage__contest"))


def corrections(session: Session, user: Any) -> list[ReopeningRequest]:
    """Sheets of this heat that somebody asked to open again; none of entries the reader is tied
    to."""
    here = session.heat.slots.values("entry_id")
    asked = ReopeningRequest.objects.filter(
        state=RequestState.ASKED, sheet__stage=session.heat.stage_id, sheet__entry__in=here
    ).exclude(sheet__entry__in=jury.tied_entries(user))
    return list(asked.select_related("sheet__entry", "sheet__juror", "sheet__stage__contest", "by"))


def tie_groups(hall: Hall) -> list[list[tuple[Turn, Decimal | None]]]:
    """Level entries with the score they share, for the chair."""
    _made, places = hall.standing()
    scores = {place.entry: place.score for place in places}
    return [[(hall.by_id[e], scores.get(e)) for e in group] for group in hall.tied_places()]


def standing_lines(hall: Hall, *, told_only: bool) -> list[dict[str, Any]]:
    if told_only:
        places = [(row.id, row.place, row.score) for row in told(hall)]
    else:
        _made, made = hall.standing()
        places = [(p.entry, p.rank, p.score) for p in made if p.rank]
    return [
        {"place": place, "turn": hall.by_id[entry], "score": score}
        for entry, place, score in sorted(places, key=lambda row: row[1] or 0)
    ]


def lines(session: Session) -> list[Line]:
    """The newest journal lines about this heat."""
    heat = session.heat
    slots = heat.slots.values("pk")
    about = Q(about_type="finals.session", about_id=session.pk)
    about |= Q(about_type="finals.slot", about_id__in=slots)
    for kind, ids in (
        ("finals.order", heat.orders.values("pk")),
        ("finals.hallseat", heat.seats.values("pk")),
        ("finals.second", heat.seconds.values("pk")),
        ("finals.tietalk", heat.tie_talks.values("pk")),
        ("jury.sheet", heat.stage.sheets.filter(entry__in=heat.slots.values("entry")).values("pk")),
    ):
        about |= Q(about_type=kind, about_id__in=ids)
    if session.is_rehearsal:
        about = Q(about_type="finals.session", about_id=session.pk)
    book = f"contest:{session.book_contest_id}"
    newest = Line.objects.filter(about, book=book).select_related("by").order_by("-number")
    return list(newest[:LINES])


def poll_of(session: Session) -> Poll | None:
    return Poll.objects.filter(heat=session.heat_id).first()


def doubtful(poll: Poll) -> list[Ballot]:
    """Votes that look made up, and those already set aside, the newest first."""
    found = poll.ballots.exclude(flags=[]).select_related("entry").order_by("-pk")
    return list(found[:200])


# --- what a press was about

SUBJECTS = ("stage", "clock", "scoring", "board", "order")


def seen_now(session: Session, hall: Hall | None = None) -> dict[str, str]:
    """A mark for each subject of the desk. A press carries the mark of what its page showed, so a
    second press, or one on an old page, is refused; a score that arrives meanwhile harms nobody."""
    hall = hall or hall_of(session)
    kept = session.clock
    here = hall.on_stage
    facts = {
        "stage": [here.id if here else None, session.cue_id, session.state],
        "clock": [kept.phases, kept.phase, str(kept.started_at), str(kept.left)],
        "scoring": [[turn.id, turn.scoring] for turn in hall.turns],
        "board": [session.scene, session.shown, session.is_result_shown,
                  session.frozen is None, here.id if here else None],
        "order": [hall.order, [[turn.id, turn.state] for turn in hall.turns]],
    }  # fmt: skip
    return {name: f"{session.version}.{_short(fact)}" for name, fact in facts.items()}


def is_as_seen(session: Session, subject: str, mark: str) -> bool:
    now = seen_now(session)[subject]
    return mark.partition(".")[2] == now.partition(".")[2]


def _short(fact: Any) -> str:
    return hashlib.sha256(json.dumps(fact, default=str).encode()).hexdigest()[:12]


def practice_or_slot(session: Session, pk: int) -> Any:
    """The row a desk means by this number, of this session and no other."""
    rows = session.practice_slots if session.is_rehearsal else session.heat.slots
    return rows.filter(pk=pk).first()
