"""The close: the result of a heat at once, the recount, the stage's standing when all are in."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.algorithms.formulas import NotComparable
from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.contests.rules.words import told
from leitai.rooms.finals import queries
from leitai.rooms.finals.actions.orders import require_reason
from leitai.rooms.finals.actions.stage import changed, clear_stage
from leitai.rooms.finals.models import Recount, Result, Session
from leitai.rooms.finals.queries.hall import Hall
from leitai.rooms.finals.rules import (
    HEAT_MOVES,
    SESSION_MOVES,
    HeatState,
    SessionState,
    running,
)
from leitai.rooms.finals.rules.results import recount as by_hand
from leitai.rooms.people.models import User
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import actions as standings
from leitai.rooms.standings.models import Standing
from leitai.rooms.standings.rules import Ruling, fingerprint
from leitai.values.verdict import no


@transaction.atomic
def close_session(*, session: Session, why: str = "", by: User, at: datetime) -> Result | None:
    """The hall closes and the heat has its result, made by what made the running standing. With
    the last heat of a stage its standing is computed. A rehearsal leaves nothing."""
    heat = session.heat
    hold(heat)
    hold(session)
    hall = queries.hall_of(session)
    require(
        running.may_close_session(
            session.state, waiting=len(hall.waiting), unsealed=hall.unsealed,
            seconds=sum(hall.seconds.values()), is_rehearsal=session.is_rehearsal,
        )
    )  # fmt: skip
    move(session, SessionState.CLOSED, moves=SESSION_MOVES)
    clear_stage(session=session, by=by, at=at)
    session.closed_at, made = at, None
    if not session.is_rehearsal:
        move(heat, HeatState.CLOSED, moves=HEAT_MOVES)
        heat.closed_at = at
        heat.save(update_fields=["closed_at"])
        made = _write_result(hall, why, by=by, at=at)
    changed(session, "closed_at", "slot", "practice", at=at)
    journal.write("finals.session_closed", about=session, by=by, at=at,
                  rehearsal=session.is_rehearsal)  # fmt: skip
    if made is not None:
        journal.write("finals.result_written", about=made, by=by, at=at, number=made.number,
                      inputs=made.inputs)  # fmt: skip
        conclude_stage(stage=heat.stage, by=by, at=at)
    return made


def _write_result(hall: Hall, why: str, *, by: User, at: datetime) -> Result:
    """A later result than the first one says why."""
    heat = hall.heat
    last = heat.results.first()
    if last is not None:
        require_reason(why)
    try:
        _made, places = hall.standing()
    except NotComparable as refusal:
        raise NotPossible(no(refusal.notes[0].code, told(refusal.notes))) from refusal
    codes = {turn.id: turn.code for turn in hall.turns}
    rows = [
        {"entry": p.entry, "code": codes[p.entry], "place": p.rank, "sheets": p.sheets,
         "score": _text(p.score), "raw": _text(p.raw), "broken_by": p.broken_by}
        for p in places
    ]  # fmt: skip
    return Result.objects.create(
        heat=heat, number=last.number + 1 if last else 1, formula=heat.stage.rule.formula,
        inputs=fingerprint(hall.sheets()), rows=rows, why=why.strip()[:300], by=by, at=at,
    )  # fmt: skip


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


@transaction.atomic
def reopen_session(*, session: Session, why: str, by: User, at: datetime) -> Session:
    """Something has to be corrected. The result told before stays; the next one is a new number."""
    heat = session.heat
    hold(heat)
    hold(session)
    require_reason(why)
    if session.is_rehearsal:
        raise NotPossible(no("rehearsal", _("A rehearsal is not opened again; begin a new one.")))
    move(session, SessionState.OPEN, moves=SESSION_MOVES)
    move(heat, HeatState.LIVE, moves=HEAT_MOVES)
    session.closed_at = None
    changed(session, "closed_at", at=at)
    journal.write("finals.session_reopened", about=session, by=by, at=at)
    return session


@transaction.atomic
def conclude_stage(*, stage: Stage, by: User, at: datetime) -> Standing | None:
    """The standing of the whole stage, once its last heat is closed; the committee goes on from
    there as after a stage on paper. What the chairs said about ties goes in."""
    hold(stage)
    heats = list(stage.heats.all())
    if not heats or any(heat.state != HeatState.CLOSED for heat in heats):
        return None
    rulings = [
        Ruling(tuple(talk.order), talk.why) for heat in heats for talk in heat.tie_talks.all()
    ]
    return standings.compute_standing(
        stage=stage, despite_missing=True, rulings=rulings, by=by, at=at
    )


@transaction.atomic
def recount(*, result: Result, by: User, at: datetime) -> Recount:
    """The raw marks once more, added and divided in another way, beside the result that stands."""
    heat = result.heat
    hold(heat)
    hall = queries.heat_hall(heat)
    rule = heat.stage.rule
    if rule.formula == "z_mean":
        raise NotPossible(
            no("not_by_hand", _("Standardised scores cannot be recounted by hand; the standing's "
                                "own comparison does that."))
        )  # fmt: skip
    again = by_hand(rule, hall.sheets())
    kept = {row["entry"]: row for row in result.rows if row["score"] is not None}
    faults = [e for e in again.keys() | kept.keys() if _differs(again.get(e), kept.get(e), kept)]
    made = Recount.objects.create(
        result=result, faults=sorted(faults), by=by, at=at,
        rows=[{"entry": e, "score": _text(s), "place": p} for e, (s, p) in sorted(again.items())],
    )  # fmt: skip
    journal.write("finals.result_recounted", about=made, by=by, at=at, holds=not faults)
    return made


def _differs(
    again: tuple[Decimal, int] | None, row: dict[str, Any] | None, kept: dict[int, Any]
) -> bool:
    """Another score; or a place that neither the score nor a tie-break gives."""
    if again is None or row is None or again[0] != Decimal(row["score"]):
        return True
    level = sum(Decimal(r["score"]) == again[0] for r in kept.values())
    return not again[1] <= row["place"] < again[1] + level
