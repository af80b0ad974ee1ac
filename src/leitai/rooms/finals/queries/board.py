"""What all watchers of a hall see now."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse

from leitai.algorithms.formulas import NotComparable
from leitai.rooms.finals.models import Ballot, Poll, Session, Slot
from leitai.rooms.finals.queries.hall import Hall, Turn, hall_of
from leitai.rooms.finals.rules import PollState
from leitai.rooms.finals.rules import board as rules
from leitai.rooms.finals.rules.results import dropped, running
from leitai.rooms.standings import queries as standings

ACCENT = "#C8321F"


def snapshot(session: Session, at: datetime, *, hall: Hall | None = None) -> dict[str, Any]:
    """The body for both topics of a session."""
    return rules.body(facts(session, at, hall or hall_of(session)))


def facts(session: Session, at: datetime, hall: Hall) -> rules.Facts:
    """Everything; `rules.board` decides what of it may be shown."""
    here = hall.on_stage
    sealed = hall.sealed(here.id) if here else []
    named = session.heat.stage.contest.rules.jury.names_published
    return rules.Facts(
        version=session.version, at=at, is_rehearsal=session.is_rehearsal,
        heat=_names(session), theme=_theme(session), scene=session.scene, clock=session.clock,
        cards=[_card(turn) for turn in hall.turns], cue=_cue(session),
        entry=here.id if here else None, seats=len(hall.panel(here.id)) if here else 0,
        sealed=[
            rules.Sealed(seat=s.number, total=g.total, name=s.juror.name if named else "")
            for s, g in sealed
            if g.total is not None
        ],
        shown=session.shown, dropped=_dropped(hall, here), standing=told(hall),
        is_result_shown=session.is_result_shown, frozen=session.frozen,
        audience=None if session.is_rehearsal else _audience(session),
    )  # fmt: skip


def told(hall: Hall) -> list[rules.Ranked]:
    """The standing among the entries whose results were revealed."""
    try:
        _made, places = hall.standing(told_only=True)
    except NotComparable:  # a formula that standardises asks for more sheets than there are yet
        return []
    return [rules.Ranked(id=p.entry, place=p.rank, score=p.score) for p in places if p.rank]


def frozen_lines(hall: Hall) -> list[dict[str, Any]]:
    """What a board that freezes now keeps."""
    return rules.lines([_card(turn) for turn in hall.turns], told(hall))


def _theme(session: Session) -> dict[str, str]:
    return {"accent": session.heat.stage.contest.edition.accent or ACCENT}


def _names(session: Session) -> dict[str, dict[str, str]]:
    heat = session.heat
    contest = heat.stage.contest
    number = {"zh": f"第{heat.number}场", "en": f"Heat {heat.number}"}
    return {
        "name": {"zh": heat.name_zh or heat.name_en or number["zh"],
                 "en": heat.name_en or heat.name_zh or number["en"]},
        "contest": _both(contest, "name"), "edition": _both(contest.edition, "name"),
        "hall": _both(heat, "hall"),
    }  # fmt: skip


def _both(row: Any, field: str) -> dict[str, str]:
    zh, en = getattr(row, f"{field}_zh"), getattr(row, f"{field}_en")
    return {"zh": zh or en, "en": en or zh}


def _card(turn: Turn) -> rules.Card:
    row = turn.row
    has_picture = isinstance(row, Slot) and row.picture_id
    return rules.Card(
        id=turn.id, number=turn.number, code=turn.code, title=turn.title, team=turn.team,
        state=turn.state, picture=reverse("finals:picture", args=[row.pk]) if has_picture else None,
    )  # fmt: skip


def _cue(session: Session) -> dict[str, Any] | None:
    cue = session.cue
    if cue is None:
        return None
    ends = session.cue_ends_at
    told: dict[str, Any] = {"kind": cue.kind, "title": _both(cue, "title")}
    if cue.file is not None:
        told["file"] = {"name": cue.file.name}  # as it is called on the hall's computer as well
    return told | ({"ends_at": ends.isoformat()} if ends else {})


def _dropped(hall: Hall, here: Turn | None) -> dict[int, str]:
    """By seat, from the formula's own word on whom it leaves out."""
    if here is None or hall.missing(here.id) or not hall.sealed(here.id):
        return {}
    sealed = hall.sealed(here.id)
    totals = {seat.juror_id: given.total for seat, given in sealed if given.total is not None}
    stage = hall.heat.stage
    made, _places = running(
        stage.rule, sheets=[s for s in hall.sheets() if s.entry == here.id],
        entries={here.id: hall.entries()[here.id]} if here.id in hall.entries() else {},
        seed=standings.seed_of(stage),
    )  # fmt: skip
    score = made.scored.scores.get(here.id)
    left_out = [int(juror) for juror in score.left_out] if score else []
    numbers = {seat.juror_id: seat.number for seat, _given in sealed}
    return {numbers[j]: word for j, word in dropped(stage.rule, totals, left_out).items()}


def _audience(session: Session) -> dict[str, Any] | None:
    poll = Poll.objects.filter(heat=session.heat_id).first()
    if poll is None:
        return None
    told: dict[str, Any] = {"open": poll.state == PollState.OPEN, "is_shown": poll.is_shown}
    return told | ({"counts": counts(poll)} if poll.is_shown else {})


def counts(poll: Poll) -> list[dict[str, Any]]:
    """Votes by entry, in the running order; what was set aside does not count."""
    numbers = dict(poll.heat.slots.order_by("position").values_list("entry_id", "position"))
    votes = Counter(cast(poll))
    return [{"number": number, "votes": votes[entry]} for entry, number in numbers.items()]


def cast(poll: Poll) -> dict[int, int]:
    """Votes that count, by entry; added up by the database, however many there are."""
    rows = Ballot.objects.filter(poll=poll, set_aside_at=None).order_by().values("entry_id")
    return {row["entry_id"]: row["n"] for row in rows.annotate(n=Count("pk"))}
