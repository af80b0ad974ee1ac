"""The evening, step by step. Each step asks what is so now, so that an evening that was stopped is
taken up where it stood."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from leitai.rooms.finals import actions, queries
from leitai.rooms.finals.models import Cue, HallSeat, Heat, PracticeSlot, Second, Session, Slot
from leitai.rooms.finals.queries import Hall
from leitai.rooms.finals.rules import (
    CueKind,
    HeatState,
    Scene,
    Scoring,
    SecondState,
    SessionState,
    SlotState,
)
from leitai.rooms.people.models import User
from leitai.site.demo.play import jurors

Row = Slot | PracticeSlot
SHOWN, STANDS, FILM = 4, 12, 20  # seconds a mark, a standing and a film stay on the board
SWAPPED_AFTER = 2  # pitches, before two entries change places
HIDDEN = 2  # the last so many results stay hidden until the end
FOUND = "核对过，维持原分 Looked at again; it stands"
SWAP = "设备调试，两个项目对调 Two entries change places while a computer is set up"
CHAIR = "评审组合议 The jury talked it over"


@dataclass(kw_only=True)
class Evening:
    """`wait` takes seconds of the evening; `now` is the clock deeds are written down with."""

    heat: Heat
    by: User
    now: Callable[[], datetime]
    wait: Callable[[float], None]
    tell: Callable[[str], None]
    is_rehearsal: bool = False

    def play(self, opened: Callable[[Session], None] = lambda session: None) -> Session:
        """`opened` hears of the session as soon as there is something to watch."""
        session = self._session()
        opened(session)
        self._opening(session)
        while (slot := self._next(session)) is not None:
            self._turn(session, slot)
            self._swap(session)
        return self._results(session)

    def stop(self) -> None:
        """Somebody had enough: the clock stands, and everything else stays as it is."""
        session = self._open()
        if session is not None and session.clock.is_running:
            actions.run_clock(session=session, deed="pause", **self._who())

    # --- the parts of an evening

    def _session(self) -> Session:
        if session := self._open():
            self.tell("taken up again")
            return session
        if not self.is_rehearsal:
            self._prepare()
        return actions.open_session(heat=self.heat, is_rehearsal=self.is_rehearsal, **self._who())

    def _prepare(self) -> None:
        """What is missing of the heat: its lot, its run of show."""
        if not self.heat.orders.exists():
            lot = actions.commit_lot(heat=self.heat, **self._who())
            self.tell(f"lot sealed: {lot.commitment[:16]}…")
            actions.reveal_lot(lot=lot, **self._who())
        if not self.heat.cues.exists():
            actions.write_show(heat=self.heat, **self._who())

    def _opening(self, session: Session) -> None:
        if session.is_rehearsal or self.heat.slots.exclude(called_at=None).exists():
            return
        before = self.heat.cues.filter(kind__in=[CueKind.SPEECH, CueKind.VIDEO])
        first = self.heat.cues.filter(kind=CueKind.PITCH).first()
        for cue in before.filter(position__lt=first.position) if first else before:
            self._cue(session, cue)

    def _cue(self, session: Session, cue: Cue) -> None:
        self.tell(f"{cue.get_kind_display()}: {cue.title}")
        actions.play_cue(session=session, cue=cue, **self._who())
        self.wait(FILM)

    def _next(self, session: Session) -> Row | None:
        """Who stands on stage unfinished, else who waits first."""
        rows = self._rows(session).order_by("position")
        here = rows.filter(state=SlotState.ON_STAGE).first()
        if here is None or here.revealed_at is not None:
            return rows.filter(state=SlotState.WAITING).first()
        if here.scoring != Scoring.CLOSED or not self._is_hidden(session, here):
            return here
        return rows.filter(state=SlotState.WAITING).first()

    def _turn(self, session: Session, slot: Row) -> None:
        self.tell(f"{slot.position}. {self._code(slot)}")
        if slot.state == SlotState.WAITING:
            actions.bring_on_stage(session=session, slot=slot, **self._who())
            self._clock(session)
        slot.refresh_from_db()
        if slot.scoring != Scoring.CLOSED:
            self._score(session, slot)
        self._show(session, slot)

    def _clock(self, session: Session) -> None:
        for n, (_code, seconds) in enumerate(session.clock.phases):
            if n:
                actions.run_clock(session=session, deed="next", **self._who())
            actions.run_clock(session=session, deed="start", **self._who())
            self.wait(seconds)
        actions.run_clock(session=session, deed="pause", **self._who())

    def _score(self, session: Session, slot: Row) -> None:
        self._confirm_order(session)
        actions.open_scoring(session=session, slot=slot, **self._who())
        hall, thing = queries.hall_of(session), self._thing(slot)
        missing = {seat.juror.email: seat for seat in hall.missing(thing)}
        gone = 0.0
        for seconds, email in jurors.thinking(entry=self._code(slot), jurors=list(missing)):
            self.wait(seconds - gone)
            gone = seconds
            self._give(session, hall, slot, missing[email])
        self._seconds(session)
        actions.close_scoring(session=session, slot=slot, **self._who())

    def _give(self, session: Session, hall: Hall, slot: Row, seat: HallSeat) -> None:
        marks = jurors.marks(self.heat.stage.rule, entry=self._code(slot), juror=seat.juror.email)
        actions.score(
            session=session, juror=seat.juror, entry=self._thing(slot), order=hall.order,
            marks=marks, seal=True, key=uuid4(), by=seat.juror.user, at=self.now(),
        )  # fmt: skip

    def _seconds(self, session: Session) -> None:
        """The organiser looks at marks far from the others."""
        if session.is_rehearsal:
            return
        waiting = Second.objects.filter(heat=self.heat, state=SecondState.WAITING)
        for second in waiting.exclude(sheet__juror__user=self.by):
            actions.say_second(second=second, word=FOUND, **self._who())

    def _show(self, session: Session, slot: Row) -> None:
        """Mark by mark, then the result and the standing; the last ones wait for the end."""
        if self._is_hidden(session, slot):
            actions.freeze(session=session, **self._who())
            self.wait(STANDS)
            return
        for _seat in queries.hall_of(session).sealed(self._thing(slot)):
            actions.reveal_marks(session=session, **self._who())
            self.wait(SHOWN)
        actions.reveal_result(session=session, **self._who())
        self.wait(STANDS)
        actions.show_scene(session=session, scene=Scene.STANDING, **self._who())
        self.wait(STANDS)

    def _is_hidden(self, session: Session, slot: Row) -> bool:
        last = self._rows(session).order_by("-position").values_list("pk", flat=True)
        return len(last) > HIDDEN + 1 and slot.pk in last[:HIDDEN]

    def _swap(self, session: Session) -> None:
        """Once, the next two change places; every juror confirms it before marks are taken."""
        done = self._rows(session).filter(state__in=[SlotState.DONE, SlotState.ON_STAGE]).count()
        if self.is_rehearsal or done != SWAPPED_AFTER or queries.hall_of(session).order > 1:
            return
        order = list(self.heat.slots.order_by("position").values_list("entry_id", flat=True))
        if len(order) < done + 2:
            return
        order[done], order[done + 1] = order[done + 1], order[done]
        actions.set_order(heat=self.heat, entries=order, reason=SWAP, **self._who())
        session.refresh_from_db()
        self.tell("the order has changed; the jurors confirm it")
        self.wait(STANDS)

    def _confirm_order(self, session: Session) -> None:
        hall = queries.hall_of(session)
        for seat in hall.unseen():
            actions.see_order(
                session=session, version=hall.order, juror=seat.juror, by=seat.juror.user,
                at=self.now(),
            )  # fmt: skip

    def _results(self, session: Session) -> Session:
        if self._stage_is_taken(session):
            actions.end_turn(session=session, **self._who())
        self._ties(session)
        actions.show_results(session=session, **self._who())
        self.tell("results")
        self.wait(STANDS * 3)
        actions.close_session(session=session, **self._who())
        session.refresh_from_db()
        return session

    def _stage_is_taken(self, session: Session) -> bool:
        session.refresh_from_db()
        return (session.practice_id if session.is_rehearsal else session.slot_id) is not None

    def _ties(self, session: Session) -> None:
        """What the rules leave level the chair settles."""
        if session.is_rehearsal:
            return
        for group in queries.hall_of(session).tied_places():
            chair = self.heat.seats.filter(is_chair=True).select_related("juror__user").first()
            actions.talk_tie(
                heat=self.heat, order=sorted(group), why=CHAIR,
                by=chair.juror.user if chair else self.by, at=self.now(),
            )  # fmt: skip

    # --- who and what

    def _who(self) -> dict:
        return {"by": self.by, "at": self.now()}

    def _open(self) -> Session | None:
        return self.heat.sessions.filter(
            is_rehearsal=self.is_rehearsal, state=SessionState.OPEN
        ).first()

    def _rows(self, session: Session):  # noqa: ANN202 - of either kind
        return session.practice_slots if session.is_rehearsal else self.heat.slots

    def _thing(self, slot: Row) -> int:
        return slot.pk if isinstance(slot, PracticeSlot) else slot.entry_id

    def _code(self, slot: Row) -> str:
        return slot.code if isinstance(slot, PracticeSlot) else slot.entry.code


def playable(heats: Sequence[Heat]) -> list[Heat]:
    """Heats that were not played yet, those that are ready first."""
    left = [heat for heat in heats if heat.state != HeatState.CLOSED and heat.seats.exists()]
    return sorted(left, key=lambda h: (h.state != HeatState.LIVE, h.state != HeatState.READY,
                                       h.number))  # fmt: skip
