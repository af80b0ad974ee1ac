"""What happens on stage: sessions, entries, the clock, scoring opened and closed."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.finals import notices, queries
from leitai.rooms.finals.models import Cue, Heat, PracticeSlot, Session, Slot
from leitai.rooms.finals.queries import Hall
from leitai.rooms.finals.rules import (
    HEAT_MOVES,
    SLOT_MOVES,
    Clock,
    CueKind,
    HeatState,
    Scene,
    Scoring,
    SessionState,
    SlotState,
    clock,
    running,
    scoring,
)
from leitai.rooms.jury import actions as jury
from leitai.rooms.people.models import User
from leitai.values.verdict import no

Row = Slot | PracticeSlot
FAKES = 4
CLOCK = ("phases", "phase", "started_at", "left")
BOARD = ("scene", "shown", "is_result_shown")


def changed(session: Session, *fields: str, at: datetime, hall: Hall | None = None) -> None:
    """Keep what was changed of a held session, count it, and show it to everybody."""
    session.version += 1
    kept = {name: getattr(session, name) for name in ("version", *fields)}
    Session.objects.filter(pk=session.pk).update(**kept)
    notices.shown(session, at=at, hall=hall)


@transaction.atomic
def open_session(
    *, heat: Heat, is_rehearsal: bool = False, pitch_minutes: int | None = None,
    questions_minutes: int | None = None, why: str = "", by: User, at: datetime,
) -> Session:  # fmt: skip
    """The hall opens. A rehearsal gets made-up entries and leaves no trace in anything real. With
    `why` it opens with fewer jurors than the rules ask for."""
    hold(heat)
    rule = heat.stage.rule
    here = heat.sessions.filter(is_rehearsal=is_rehearsal)
    seats = heat.seats.filter(stood_down_at=None).count()
    require(
        running.may_open_session(
            heat.state, is_rehearsal=is_rehearsal, has_order=heat.orders.exists(),
            seats=seats, wanted=rule.panel.per_entry,
            is_open=(here.filter(state=SessionState.OPEN) if is_rehearsal else here).exists(),
            is_marking=heat.stage.is_marking(at), why=why,
        )
    )  # fmt: skip
    session = Session.objects.create(
        heat=heat, is_rehearsal=is_rehearsal, opened_by=by, opened_at=at, why=why.strip()[:300],
        phases=_phases(heat, pitch_minutes, questions_minutes),
    )  # fmt: skip
    if is_rehearsal:
        _make_up(session)
    else:
        _set_live(heat)
    changed(session, at=at)
    journal.write("finals.session_opened", about=session, by=by, at=at, rehearsal=is_rehearsal,
                  jury=seats)  # fmt: skip
    return session


def _set_live(heat: Heat) -> None:
    if heat.state == HeatState.PLANNED:
        move(heat, HeatState.READY, moves=HEAT_MOVES)
    move(heat, HeatState.LIVE, moves=HEAT_MOVES)


def _phases(heat: Heat, pitch: int | None, questions: int | None) -> list[list]:
    live = heat.stage.rule.live
    pitch = pitch if pitch is not None else live.pitch_minutes if live else 8
    questions = questions if questions is not None else live.questions_minutes if live else 7
    require(clock.may_set(pitch, questions))
    return [list(phase) for phase in clock.phases(pitch, questions)]


def _make_up(session: Session) -> None:
    PracticeSlot.objects.bulk_create(
        PracticeSlot(session=session, position=n, code=f"TEST-{n}", title_zh=f"彩排项目{n}",
                     title_en=f"Rehearsal entry {n}")
        for n in range(1, FAKES + 1)
    )  # fmt: skip


@transaction.atomic
def play_cue(*, session: Session, cue: Cue, by: User, at: datetime) -> Session:
    """A point of the run of show begins; a pitch brings its entry on stage."""
    hold(session)
    require_open(session)
    if cue.heat_id != session.heat_id:
        raise NotPossible(no("other_heat", _("This point belongs to another heat.")))
    if cue.kind == CueKind.PITCH and cue.slot is not None and not session.is_rehearsal:
        bring_on_stage(session=session, slot=cue.slot, by=by, at=at)
        session.cue = cue
        session.save(update_fields=["cue"])
        return session
    clear_stage(session=session, by=by, at=at)
    session.cue, session.cue_ends_at = cue, at + timedelta(minutes=cue.minutes)
    session.scene, session.shown, session.is_result_shown = Scene.CUE, [], False
    changed(session, "cue", "cue_ends_at", "slot", "practice", *BOARD, at=at)
    journal.write("finals.cue_played", about=session, by=by, at=at, cue=cue.pk)
    return session


@transaction.atomic
def bring_on_stage(*, session: Session, slot: Row, by: User, at: datetime) -> Session:
    """The entry stands on stage, with a fresh clock; who stood there has pitched."""
    hold(session)
    hold(slot)
    require(running.may_bring_on(session.state, slot=slot.state, is_here=is_here(session, slot)))
    if on_stage(session) != slot:
        clear_stage(session=session, by=by, at=at)
    if slot.state != SlotState.ON_STAGE:
        move(slot, SlotState.ON_STAGE, moves=SLOT_MOVES)
    if slot.called_at is None:
        slot.called_at = at
        slot.save(update_fields=["called_at"])
    _stand(session, slot)
    keep_clock(session, session.clock.reset())
    session.cue, session.cue_ends_at = None, None
    session.scene, session.shown, session.is_result_shown = Scene.PITCH, [], False
    changed(session, "slot", "practice", "cue", "cue_ends_at", *CLOCK, *BOARD, at=at)
    journal.write("finals.entry_called", about=session, by=by, at=at, entry=thing_of(slot))
    return session


@transaction.atomic
def end_turn(*, session: Session, by: User, at: datetime) -> Session:
    """Thanks; the stage is empty. Jurors may still be marking."""
    hold(session)
    require_open(session)
    slot = clear_stage(session=session, by=by, at=at)
    session.scene, session.shown, session.is_result_shown = Scene.IDLE, [], False
    changed(session, "slot", "practice", *BOARD, at=at)
    if slot is not None:
        journal.write("finals.turn_ended", about=session, by=by, at=at, entry=thing_of(slot))
    return session


def on_stage(session: Session) -> Row | None:
    return session.practice if session.is_rehearsal else session.slot


def is_here(session: Session, slot: Row) -> bool:
    if isinstance(slot, PracticeSlot):
        return session.is_rehearsal and slot.session_id == session.pk
    return not session.is_rehearsal and slot.heat_id == session.heat_id


def thing_of(slot: Row) -> int:
    """What scores name: the entry, or in a rehearsal the made-up one."""
    return slot.pk if isinstance(slot, PracticeSlot) else slot.entry_id


def require_open(session: Session) -> None:
    if session.state != SessionState.OPEN:
        raise NotPossible(running.SESSION_CLOSED)


def _stand(session: Session, slot: Row | None) -> None:
    if session.is_rehearsal:
        session.practice = slot  # type: ignore[assignment]
    else:
        session.slot = slot  # type: ignore[assignment]


def clear_stage(*, session: Session, by: User, at: datetime) -> Row | None:
    """Who stands on stage has pitched."""
    slot = on_stage(session)
    if slot is not None:
        hold(slot)
        if slot.state == SlotState.ON_STAGE:
            move(slot, SlotState.DONE, moves=SLOT_MOVES)
    _stand(session, None)
    return slot


# --- the clock

DEEDS: dict[str, Callable[[Clock, datetime], Clock]] = {
    "start": lambda kept, at: kept.started(at),
    "pause": lambda kept, at: kept.paused(at),
    "next": lambda kept, at: kept.following(),
    "reset": lambda kept, at: kept.reset(),
}


def keep_clock(session: Session, made: Clock) -> None:
    session.phase, session.started_at, session.left = made.phase, made.started_at, made.left


@transaction.atomic
def run_clock(*, session: Session, deed: str, by: User, at: datetime) -> Session:
    """start (also after a pause), pause, next, reset. What is done already stays as it is."""
    hold(session)
    require_open(session)
    if deed not in DEEDS:
        raise NotPossible(no("no_such_deed", _("The clock starts, pauses, goes on, or resets.")))
    before = session.clock
    made = DEEDS[deed](before, at)
    if made == before:
        return session
    keep_clock(session, made)
    changed(session, *CLOCK, at=at)
    journal.write("finals.clock_turned", about=session, by=by, at=at, deed=deed, phase=made.code)
    return session


@transaction.atomic
def set_clock(
    *, session: Session, pitch_minutes: int, questions_minutes: int, by: User, at: datetime
) -> Session:
    """Other times than the rules': from the next start on."""
    hold(session)
    require_open(session)
    session.phases = _phases(session.heat, pitch_minutes, questions_minutes)
    keep_clock(session, session.clock.reset())
    changed(session, *CLOCK, at=at)
    journal.write("finals.clock_set", about=session, by=by, at=at, minutes=[pitch_minutes,
                  questions_minutes])  # fmt: skip
    return session


# --- scoring


@transaction.atomic
def open_scoring(*, session: Session, slot: Row | None = None, by: User, at: datetime) -> Session:
    """Jurors may mark the entry on stage, or one that has been there: all but those with a tie."""
    hold(session)
    slot = _held(session, slot)
    hall = queries.hall_of(session)
    panel = hall.panel(thing_of(slot))
    require(
        scoring.may_open_scoring(
            session.state, slot=slot.state, panel=len(panel),
            unseen=[seat.juror.name for seat in hall.unseen()],
            is_marking=session.is_rehearsal or session.heat.stage.is_marking(at),
        )
    )  # fmt: skip
    if slot.scoring == Scoring.OPEN:
        return session
    slot.scoring = Scoring.OPEN
    slot.save(update_fields=["scoring"])
    if isinstance(slot, Slot):
        jurors = {s.juror: s.reason | {"heat": s.heat_id} for s in panel if s.stood_down_at is None}
        jury.hand_out(stage=slot.stage, entry=slot.entry, jurors=jurors, by=by, at=at)
    changed(session, at=at)
    journal.write("finals.scoring_opened", about=session, by=by, at=at, entry=thing_of(slot),
                  panel=len(panel))  # fmt: skip
    return session


@transaction.atomic
def close_scoring(*, session: Session, slot: Row | None = None, by: User, at: datetime) -> Session:
    """Everybody has confirmed; nothing more is taken for this entry."""
    hold(session)
    require_open(session)
    slot = _held(session, slot)
    missing = queries.hall_of(session).missing(thing_of(slot))
    require(scoring.may_close_scoring(scoring=slot.scoring, missing=len(missing)))
    slot.scoring = Scoring.CLOSED
    slot.save(update_fields=["scoring"])
    changed(session, at=at)
    journal.write("finals.scoring_closed", about=session, by=by, at=at, entry=thing_of(slot))
    return session


def _held(session: Session, slot: Row | None) -> Row:
    """This slot, or the one on stage."""
    slot = slot or on_stage(session)
    if slot is None or not is_here(session, slot):
        raise NotPossible(no("nobody_on_stage", _("No entry is on stage.")))
    hold(slot)
    return slot
