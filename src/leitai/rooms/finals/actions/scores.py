"""A juror's score arrives, and what is said about scores afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, hold_all, move
from leitai.rooms.finals import queries
from leitai.rooms.finals.actions.practising import practise
from leitai.rooms.finals.actions.stage import changed, require_open
from leitai.rooms.finals.models import Arrival, HallSeat, Heat, Second, Session, Slot, TieTalk
from leitai.rooms.finals.queries.hall import Hall, Turn
from leitai.rooms.finals.rules import SECOND_MOVES, Scoring, SecondState, scoring
from leitai.rooms.jury import actions as jury
from leitai.rooms.jury.models import Juror, ReopeningRequest, Sheet
from leitai.rooms.people.models import User
from leitai.values.verdict import no


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What has become of a score that arrived: the marks as they stand now."""

    entry: int
    marks: Mapping[str, Decimal]
    total: Decimal | None
    is_sealed: bool
    is_new: bool = True  # False: it had arrived before


@transaction.atomic
def score(
    *, session: Session, juror: Juror, entry: int, order: int, marks: Mapping[str, str],
    seal: bool, key: UUID, by: User, at: datetime,
) -> Scored:  # fmt: skip
    """A juror's marks of one entry, all or some of them, and with `seal` the confirmation.

    `key` names the change: sent twice, or to two workers at once, it is applied once. The entry is
    named by its id and `order` is the version the juror saw: a changed order refuses the score,
    which stays on the device. A whole score that is confirmed already is no conflict.
    """
    hold(session)
    hall = queries.hall_of(session)
    if session.arrivals.filter(juror=juror, key=key).exists():
        return _as_it_stands(hall, juror, entry)
    turn = hall.by_id.get(entry)
    if turn is None:
        raise NotPossible(no("other_heat", _("This entry does not pitch in this heat.")))
    _require_may_score(hall, turn, juror, order)
    if _is_the_same(hall, juror, entry, marks, seal=seal):
        return _as_it_stands(hall, juror, entry)
    if session.is_rehearsal:
        practise(session=session, hall=hall, turn=turn, juror=juror, marks=marks, seal=seal,
                 by=by, at=at)  # fmt: skip
    else:
        _mark(hall, turn, juror, marks, seal=seal, by=by, at=at)
    Arrival.objects.create(
        session=session, juror=juror, key=key, is_seal=seal, order_version=order, at=at,
        entry_id=None if session.is_rehearsal else entry,
        practice_id=entry if session.is_rehearsal else None,
    )  # fmt: skip
    hall = queries.hall_of(session)
    if seal:
        found = _find_outliers(hall, entry, at=at)
        changed(session, at=at, hall=None if found else hall)
    return _as_it_stands(hall, juror, entry, is_new=True)


def _require_may_score(hall: Hall, turn: Turn, juror: Juror, order: int) -> None:
    assert hall.session is not None
    require(
        scoring.may_score(
            hall.session.state, scoring=turn.scoring, slot=turn.state, order=order,
            sits=any(seat.juror_id == juror.pk for seat in hall.seats),
            is_tied=(juror.pk, turn.id) in hall.tied, newest=hall.order,
            has_seen=hall.order <= 1 or juror.pk in hall.seen,
        )
    )  # fmt: skip


def _is_the_same(
    hall: Hall, juror: Juror, entry: int, marks: Mapping[str, str], *, seal: bool
) -> bool:
    """The juror confirmed exactly this before, perhaps on another device."""
    given = hall.given.get((entry, juror.pk))
    if not (seal and given and given.is_sealed):
        return False
    return {c: f"{m.normalize():f}" for c, m in given.marks.items()} == {
        c: f"{Decimal(m).normalize():f}" for c, m in marks.items() if _is_number(m)
    }


def _is_number(text: str) -> bool:
    return str(text).replace(".", "", 1).isascii() and str(text).replace(".", "", 1).isdigit()


def _as_it_stands(hall: Hall, juror: Juror, entry: int, *, is_new: bool = False) -> Scored:
    given = hall.given.get((entry, juror.pk))
    if given is None:
        return Scored(entry=entry, marks={}, total=None, is_sealed=False, is_new=is_new)
    return Scored(
        entry=entry, marks=given.marks, total=given.total if given.is_sealed else None,
        is_sealed=given.is_sealed, is_new=is_new,
    )  # fmt: skip


def _mark(
    hall: Hall, turn: Turn, juror: Juror, marks: Mapping[str, str], *, seal: bool, by: User,
    at: datetime,
) -> None:  # fmt: skip
    """Through the jury's own actions, so that a score in the hall is a sheet like any other."""
    stage, slot = hall.heat.stage, turn.row
    assert isinstance(slot, Slot)
    standing = Sheet.objects.standing().filter(stage=stage, entry=turn.id, juror=juror)
    sheet = standing.first()
    if sheet is None:  # seated after scoring was opened
        seat = next(s for s in hall.seats if s.juror_id == juror.pk)
        reason = {juror: seat.reason | {"heat": hall.heat.pk}}
        (sheet,) = jury.hand_out(stage=stage, entry=slot.entry, jurors=reason, by=by, at=at)
    fields = {f"mark-{code}": str(value) for code, value in marks.items()}
    if fields:
        jury.save_fields(sheet=sheet, fields=fields, base=2**31 - 1, by=by, at=at)
    if seal:
        jury.seal_sheet(sheet=sheet, by=by, at=at)


def _find_outliers(hall: Hall, entry: int, *, at: datetime) -> int:
    """Once the panel is whole: marks as far from its middle as the rule says wait for a second
    person. Says how many there are."""
    session = hall.session
    if session is None or session.is_rehearsal or hall.missing(entry):
        return 0
    totals = {g.sheet: g.total for _seat, g in hall.sealed(entry) if g.total is not None}
    far = scoring.outliers(totals, flag=hall.heat.stage.rule.range_flag)
    for sheet in Sheet.objects.filter(pk__in=far).prefetch_related("seals"):
        Second.objects.get_or_create(
            sheet=sheet, seal=len(sheet.seals.all()),
            defaults={"heat": hall.heat, "distance": far[sheet.pk], "at": at},
        )  # fmt: skip
    return len(far)


@transaction.atomic
def say_second(*, second: Second, word: str, by: User, at: datetime) -> Second:
    """A second person has looked: the mark stands, and the words say why."""
    session = _session_of(second.heat)
    hold(session)
    hold(second)
    require(scoring.may_say_second(second.state, is_own=_is_own(second, by), word=word))
    _answer(second, SecondState.CONFIRMED, word, by=by, at=at)
    changed(session, at=at)
    journal.write("finals.second_confirmed", about=second, by=by, at=at, sheet=second.sheet_id)
    return second


@transaction.atomic
def give_back(*, second: Second, word: str, by: User, at: datetime) -> ReopeningRequest:
    """The juror shall look again; somebody else has to agree before the sheet opens."""
    require(scoring.may_say_second(second.state, is_own=_is_own(second, by), word=word))
    session = _session_of(second.heat)
    return ask_correction(session=session, sheet=second.sheet, why=word, by=by, at=at)


@transaction.atomic
def ask_correction(
    *, session: Session, sheet: Sheet, why: str, by: User, at: datetime
) -> ReopeningRequest:
    """A slip of the pen: a confirmed score is opened by two people, as every sealed sheet is."""
    hold(session)
    require_open(session)
    asked = jury.ask_reopening(sheet=sheet, why=why, by=by, at=at)
    changed(session, at=at)
    return asked


@transaction.atomic
def confirm_correction(
    *, session: Session, request: ReopeningRequest, by: User, at: datetime
) -> Sheet:
    """The second person agrees: the juror marks once more, and what was sealed stays on record."""
    hold(session)
    require_open(session)
    slot = session.heat.slots.get(entry=request.sheet.entry_id)
    hold(slot)
    waiting = Second.objects.filter(sheet=request.sheet, state=SecondState.WAITING)
    hold_all(waiting)
    slot.scoring = Scoring.OPEN
    slot.save(update_fields=["scoring"])
    for second in waiting:
        _answer(second, SecondState.RETURNED, request.why, by=by, at=at)
    if session.slot_id == slot.pk:
        session.shown, session.is_result_shown = [], False
    sheet = jury.confirm_reopening(request=request, by=by, at=at)
    changed(session, "shown", "is_result_shown", at=at)
    return sheet


def _session_of(heat: Heat) -> Session:
    return heat.sessions.get(is_rehearsal=False)


def _is_own(second: Second, by: User) -> bool:
    return second.sheet.juror.user_id == by.pk


def _answer(second: Second, state: SecondState, word: str, *, by: User, at: datetime) -> None:
    move(second, state, moves=SECOND_MOVES)
    second.word, second.by, second.said_at = word.strip()[:300], by, at
    second.save(update_fields=["word", "by", "said_at"])


@transaction.atomic
def talk_tie(*, heat: Heat, order: Sequence[int], why: str, by: User, at: datetime) -> TieTalk:
    """The chair puts level entries into an order; the running standing follows at once."""
    session = _session_of(heat)
    hold(session)
    require_open(session)
    tied = queries.hall_of(session).tied_places()
    require(scoring.may_talk_tie(list(order), tied=tied, why=why))
    talk = TieTalk.objects.create(heat=heat, order=list(order), why=why.strip(), by=by, at=at)
    changed(session, at=at)
    journal.write("finals.tie_talked", about=talk, by=by, at=at, order=list(order))
    return talk


@transaction.atomic
def stand_down(
    *, session: Session, juror: Juror, slot: Slot, ground: str, note: str = "", by: User,
    at: datetime,
) -> Session:  # fmt: skip
    """A conflict found in the hall: this juror's mark counts no more for this entry, which is then
    made of one mark fewer. Marks given before stay on record."""
    hold(session)
    require_open(session)
    hold(slot)
    if session.is_rehearsal or slot.heat_id != session.heat_id:
        raise NotPossible(no("other_heat", _("This entry does not pitch in this heat.")))
    jury.declare_conflict(juror=juror, entry=slot.entry, ground=ground, note=note, by=by, at=at)
    if session.slot_id == slot.pk:
        session.shown, session.is_result_shown = [], False
    hall = queries.hall_of(session)
    _find_outliers(hall, slot.entry_id, at=at)
    changed(session, "shown", "is_result_shown", at=at, hall=hall)
    journal.write("finals.juror_stood_down", about=session, by=by, at=at, entry=slot.entry_id,
                  juror=juror.pk, panel=len(hall.panel(slot.entry_id)))  # fmt: skip
    return session


@transaction.atomic
def leave_seat(*, seat: HallSeat, why: str, by: User, at: datetime) -> HallSeat:
    """A juror has to go. What was confirmed counts; later entries are marked by those who stay."""
    session = seat.heat.sessions.filter(is_rehearsal=False).first()
    if session is not None:
        hold(session)
    hold(seat)
    if seat.stood_down_at is not None:
        return seat
    if not why.strip():
        raise NotPossible(
            no("no_reason", _("Please say why the juror leaves; the record keeps it."))
        )
    here = seat.heat.slots.values("entry_id")
    for sheet in Sheet.objects.open().filter(
        stage=seat.heat.stage_id, juror=seat.juror_id, entry__in=here
    ):
        jury.take_back_sheet(sheet=sheet, by=by, at=at)
    seat.stood_down_at, seat.why = at, why.strip()[:300]
    seat.save(update_fields=["stood_down_at", "why"])
    if session is not None:
        changed(session, at=at)
    journal.write("finals.seat_left", about=seat, by=by, at=at, juror=seat.juror_id)
    return seat
