"""Lots, running orders, who has seen them, and entries that do not come."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.finals import queries
from leitai.rooms.finals.actions.stage import changed, require_open
from leitai.rooms.finals.models import Heat, Lot, Order, OrderSeen, PracticeSlot, Session, Slot
from leitai.rooms.finals.rules import (
    PITCHING,
    SLOT_MOVES,
    HeatState,
    SessionState,
    SlotState,
    hours,
    running,
)
from leitai.rooms.finals.rules import lot as draws
from leitai.rooms.jury.models import Juror
from leitai.rooms.people.models import User
from leitai.rooms.stages import actions as stages
from leitai.rooms.submissions.models import Entry
from leitai.values.verdict import no


@transaction.atomic
def commit_lot(*, heat: Heat, by: User, at: datetime) -> Lot:
    """A seed is chosen by chance and kept; its hash is told, in the journal as well."""
    hold(heat)
    require(running.may_change_heat(heat.state))
    open_one = heat.lots.filter(revealed_at=None).first()
    if open_one is not None:
        return open_one
    codes = sorted(heat.slots.values_list("entry__code", flat=True))
    if not codes:
        raise NotPossible(no("no_entries", _("No entry pitches in this heat yet.")))
    seed = secrets.token_hex(16)
    made = Lot.objects.create(
        heat=heat, number=heat.lots.count() + 1, algorithm=draws.ALGORITHM, seed=seed,
        commitment=draws.commitment(seed), codes=codes, by=by, at=at,
    )  # fmt: skip
    journal.write("finals.lot_committed", about=made, by=by, at=at, commitment=made.commitment,
                  codes=codes)  # fmt: skip
    return made


@transaction.atomic
def reveal_lot(*, lot: Lot, by: User, at: datetime) -> Order:
    """The seed is told, and with it the order. Teams from afar whose turn would fall into their
    night change places with as few others as possible; the order says who was moved."""
    heat = lot.heat
    hold(heat)
    hold(lot)
    if lot.revealed_at is not None:
        return lot.orders.order_by("version").first() or _none()
    codes = dict(heat.slots.values_list("entry__code", "entry_id"))
    if sorted(codes) != lot.codes:
        raise NotPossible(
            no("roster_changed", _("The roster has changed since the lot was sealed; seal a new "
                                   "one."))
        )  # fmt: skip
    lot.order, lot.revealed_at = draws.order(lot.seed, lot.codes), at
    lot.save(update_fields=["order", "revealed_at"])
    fitted = fit_hours(heat, [codes[code] for code in lot.order])
    by_id = {entry: code for code, entry in codes.items()}
    made = _write(heat, fitted, lot=lot, reason="", by=by, at=at)
    journal.write("finals.lot_revealed", about=lot, by=by, at=at, seed=lot.seed, order=lot.order,
                  moved=[by_id[e] for e in fitted.moved])  # fmt: skip
    return made


def _none() -> Order:
    raise NotPossible(no("no_order", _("There is no running order yet; draw lots or set one.")))


def fit_hours(heat: Heat, order: Sequence[int], *, may_move: bool = True) -> hours.Fitted:
    """As drawn, but for teams from afar whose night it would be; or as it is, and whose it is."""
    zones = dict(heat.slots.exclude(time_zone="").values_list("entry_id", "time_zone"))
    if heat.starts_at is None or not zones:
        return hours.Fitted(order=tuple(order))
    live = heat.stage.rule.live
    turn = timedelta(minutes=(live.pitch_minutes + live.questions_minutes) if live else 15)
    starts = [heat.starts_at + turn * n for n in range(len(order))]
    if may_move:
        return hours.fit(order, zones=zones, starts=starts, lasting=turn)
    late = hours.at_night(order, zones=zones, starts=starts, lasting=turn)
    return hours.Fitted(order=tuple(order), out_of_hours=late)


def _write(
    heat: Heat, fitted: hours.Fitted, *, lot: Lot | None, reason: str, by: User, at: datetime
) -> Order:
    """The next version; positions follow it. Whoever calls holds the heat."""
    last = queries.newest_order(heat)
    made = Order.objects.create(
        heat=heat, version=last.version + 1 if last else 1, entries=list(fitted.order), lot=lot,
        reason=reason.strip()[:300], by=by, at=at,
    )  # fmt: skip
    place = {entry: n for n, entry in enumerate(fitted.order, start=1)}
    slots = list(heat.slots.all())
    for slot in slots:
        slot.position = place[slot.entry_id]
        slot.is_out_of_hours = slot.entry_id in fitted.out_of_hours
    Slot.objects.bulk_update(slots, ["position", "is_out_of_hours"])
    session = heat.sessions.filter(is_rehearsal=False, state=SessionState.OPEN).first()
    if session is not None:
        hold(session)
        changed(session, at=at)
    return made


@transaction.atomic
def set_order(
    *, heat: Heat, entries: Sequence[int], reason: str = "", by: User, at: datetime
) -> Order:
    """An order by hand, or a change of one. In an open session every juror has to confirm it
    before marks are taken again; marks given so far hang on entries and stay where they are."""
    hold(heat)
    before = list(heat.slots.values_list("entry_id", flat=True))
    is_first = not heat.orders.exists()
    fixed = set(heat.slots.exclude(called_at=None).values_list("entry_id", flat=True))
    require(
        running.may_reorder(
            heat.state, before=before, after=list(entries), fixed=fixed, is_first=is_first,
            reason=reason,
        )
    )  # fmt: skip
    fitted = fit_hours(heat, list(entries), may_move=False)
    made = _write(heat, fitted, lot=None, reason=reason, by=by, at=at)
    journal.write("finals.order_set", about=made, by=by, at=at, version=made.version,
                  entries=made.entries)  # fmt: skip
    return made


@transaction.atomic
def see_order(*, session: Session, version: int, juror: Juror, by: User, at: datetime) -> Session:
    """The juror has seen this version of the order; an older one is refused."""
    hold(session)
    require_open(session)
    hall = queries.hall_of(session)
    if all(seat.juror_id != juror.pk for seat in hall.seats):
        raise NotPossible(no("not_seated", _("You are not on the jury of this heat.")))
    if version != hall.order:
        raise NotPossible(no("order_changed", _("The order has changed again; please look anew.")))
    if juror.pk in hall.seen:
        return session
    if session.is_rehearsal:
        session.seen = [*session.seen, juror.pk]
    else:
        order = queries.newest_order(session.heat)
        OrderSeen.objects.get_or_create(order=order, juror=juror, defaults={"at": at})
    changed(session, "seen", at=at)
    return session


@transaction.atomic
def shuffle_rehearsal(*, session: Session, by: User, at: datetime) -> Session:
    """The made-up entries change places, so that jurors learn what a changed order looks like."""
    hold(session)
    require_open(session)
    if not session.is_rehearsal:
        raise NotPossible(no("not_a_rehearsal", _("Only a rehearsal's order is shuffled.")))
    rows = list(session.practice_slots.order_by("position"))
    waiting = [row for row in rows if row.state == SlotState.WAITING]
    places = sorted(row.position for row in waiting)
    for row, place in zip(reversed(waiting), places):
        row.position = place
    PracticeSlot.objects.bulk_update(waiting, ["position"])
    session.order_version, session.seen = session.order_version + 1, []
    changed(session, "order_version", "seen", at=at)
    return session


# --- entries that do not come


@transaction.atomic
def mark_absent(*, slot: Slot, why: str, by: User, at: datetime) -> Slot:
    """The team is not there. Its number stays; it gets no marks and no place."""
    session = _held_session(slot.heat)
    hold(slot)
    require_reason(why)
    move(slot, SlotState.ABSENT, moves=SLOT_MOVES)
    slot.why = why.strip()[:300]
    slot.save(update_fields=["why"])
    _off_stage(session, slot, at=at)
    journal.write("finals.entry_absent", about=slot, by=by, at=at, entry=slot.entry_id)
    return slot


@transaction.atomic
def call_back(*, slot: Slot, by: User, at: datetime) -> Slot:
    """The team came after all."""
    session = _held_session(slot.heat)
    hold(slot)
    move(slot, SlotState.WAITING, moves=SLOT_MOVES)
    if session is not None:
        changed(session, at=at)
    journal.write("finals.entry_came", about=slot, by=by, at=at, entry=slot.entry_id)
    return slot


@transaction.atomic
def withdraw(*, slot: Slot, why: str, by: User, at: datetime) -> Slot:
    """The entry leaves the stage. Its marks stay on record and no longer count."""
    session = _held_session(slot.heat)
    hold(slot)
    require_reason(why)
    move(slot, SlotState.WITHDRAWN, moves=SLOT_MOVES)
    slot.why = why.strip()[:300]
    slot.save(update_fields=["why"])
    stages.take_out(stage=slot.stage, entry=slot.entry, reason=why, by=by, at=at)
    _off_stage(session, slot, at=at)
    journal.write("finals.entry_left", about=slot, by=by, at=at, entry=slot.entry_id)
    return slot


@transaction.atomic
def add_entry(*, heat: Heat, entry: Entry, by: User, at: datetime) -> Slot:
    """An entry that came into the stage later, a reserve for instance, pitches here, last."""
    hold(heat)
    if heat.state == HeatState.CLOSED:
        raise NotPossible(no("heat_closed", _("This heat is closed.")))
    inside = heat.stage.participations.filter(entry=entry, taken_out_at=None).exists()
    if not inside or heat.stage.slots.filter(entry=entry).exists():
        raise NotPossible(
            no("not_waiting", _("This entry does not wait for a heat of this stage."))
        )
    count = heat.slots.filter(state__in=PITCHING).count()
    require(running.may_move_slot("planned", "planned", inside=count, capacity=heat.capacity))
    slot = Slot.objects.create(
        heat=heat, stage=heat.stage, entry=entry, position=heat.slots.count() + 1
    )
    heats = {entry.pk: heat.number}
    stages.place_in_heats(stage=heat.stage, heats=heats, by=by, at=at)
    if heat.orders.exists():
        roster = list(heat.slots.values_list("entry_id", flat=True))
        kept = fit_hours(heat, roster, may_move=False)
        reason = _("{code} joins, last.").format(code=entry.code)
        _write(heat, kept, lot=None, reason=reason, by=by, at=at)
    journal.write("finals.entry_added", about=slot, by=by, at=at, entry=entry.pk)
    return slot


def require_reason(why: str) -> None:
    if not why.strip():
        raise NotPossible(no("no_reason", _("Please say why; the record keeps it.")))


def _held_session(heat: Heat) -> Session | None:
    session = heat.sessions.filter(is_rehearsal=False, state=SessionState.OPEN).first()
    if session is not None:
        hold(session)
    return session


def _off_stage(session: Session | None, slot: Slot, *, at: datetime) -> None:
    if session is None:
        return
    if session.slot_id == slot.pk:
        session.slot, session.shown, session.is_result_shown = None, [], False
        session.scene = "idle"
    changed(session, "slot", "shown", "is_result_shown", "scene", at=at)
