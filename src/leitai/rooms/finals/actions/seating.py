"""Who sits on the jury of a heat, and who leads it."""

from datetime import datetime

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, hold_all
from leitai.rooms.finals.actions.stage import changed
from leitai.rooms.finals.models import HallSeat, Heat
from leitai.rooms.finals.queries import plans
from leitai.rooms.finals.queries.plans import JuryWish
from leitai.rooms.finals.rules import PITCHING, HeatState, SessionState, running
from leitai.rooms.jury.models import Conflict, Juror
from leitai.rooms.jury.rules import JurorState
from leitai.rooms.jury.rules.shortages import say_note
from leitai.rooms.people.models import User
from leitai.rooms.stages.models import Stage
from leitai.values.verdict import no


@transaction.atomic
def seat_jury(*, stage: Stage, wish: JuryWish, seen: str, by: User, at: datetime) -> int:
    """Put the previewed juries to work (`seen` is their digest), in all heats that have not begun;
    the first seat is the chair's until somebody names another. Says how many seats there are."""
    hold(stage)
    hold_all(stage.heats.all())
    made = plans.jury_plan(stage, wish)
    if made.shortages:
        words = " ".join(say_note(shortage["note"]) for shortage in made.shortages)
        raise NotPossible(no("too_few_jurors", words))
    if made.digest != seen:
        raise NotPossible(no("changed", _("Jurors or heats have changed; please look again.")))
    HallSeat.objects.filter(heat__in=made.seats).delete()
    rows = [
        HallSeat(heat_id=heat, juror_id=juror, number=n, is_chair=n == 1, reason=reason)
        for heat, seats in made.seats.items()
        for n, (juror, reason) in enumerate(seats, start=1)
    ]
    HallSeat.objects.bulk_create(rows)
    journal.write("finals.jury_seated", about=stage, by=by, at=at, heats=len(made.seats),
                  seats=len(rows))  # fmt: skip
    return len(rows)


@transaction.atomic
def seat_juror(*, heat: Heat, juror: Juror, by: User, at: datetime) -> HallSeat:
    """By hand; also somebody who steps in while the heat is on. A tie to an entry is no bar: the
    juror stands down for that entry, unless all entries ask for it."""
    session = heat.sessions.filter(is_rehearsal=False, state=SessionState.OPEN).first()
    hold(heat)
    if session is not None:
        hold(session)
    if heat.state == HeatState.CLOSED:
        raise NotPossible(no("heat_closed", _("This heat is closed.")))
    if juror.contest_id != heat.stage.contest_id or juror.state != JurorState.ACTIVE:
        raise NotPossible(no("not_a_juror", _("Only active jurors of the contest sit here.")))
    _require_one_a_house(heat, juror)
    entries = set(heat.slots.filter(state__in=PITCHING).values_list("entry_id", flat=True))
    tied = Conflict.objects.in_force().filter(juror=juror, entry__in=entries).values("entry")
    if entries and tied.distinct().count() == len(entries):
        raise NotPossible(no("tied", _("This juror has a tie to every entry of the heat.")))
    seat = heat.seats.filter(juror=juror).first()
    if seat is None:
        last = heat.seats.order_by("-number").first()
        seat = HallSeat.objects.create(
            heat=heat, juror=juror, number=last.number + 1 if last else 1,
            is_chair=last is None, reason={"code": "by_hand", "kind": juror.kind},
        )  # fmt: skip
    elif seat.stood_down_at is None:
        return seat
    seat.stood_down_at, seat.why = None, ""
    seat.save(update_fields=["stood_down_at", "why"])
    if session is not None:
        changed(session, at=at)
    journal.write("finals.juror_seated", about=seat, by=by, at=at, juror=juror.pk)
    return seat


def _require_one_a_house(heat: Heat, juror: Juror) -> None:
    rule = heat.stage.rule.panel
    if not rule.one_per_organisation or juror.organisation is None:
        return
    house = juror.organisation.key or str(juror.organisation.pk)
    sitting = heat.seats.filter(stood_down_at=None).exclude(juror=juror)
    for other in sitting.select_related("juror__organisation"):
        theirs = other.juror.organisation
        if theirs and (theirs.key or str(theirs.pk)) == house:
            words = _("{name} of the same organisation sits on this jury.")
            raise NotPossible(no("same_house", format_lazy(words, name=other.juror.name)))


@transaction.atomic
def unseat(*, seat: HallSeat, by: User, at: datetime) -> None:
    """Before the heat begins; afterwards a juror leaves the seat, and what was given counts."""
    heat = seat.heat
    hold(heat)
    require(running.may_change_heat(heat.state))
    journal.write("finals.juror_unseated", about=seat, by=by, at=at, juror=seat.juror_id)
    was_chair = seat.is_chair
    seat.delete()
    first = heat.seats.filter(stood_down_at=None).first()
    if was_chair and first is not None:
        first.is_chair = True
        first.save(update_fields=["is_chair"])


@transaction.atomic
def name_chair(*, seat: HallSeat, by: User, at: datetime) -> HallSeat:
    """One a heat, of those who sit there."""
    hold(seat.heat)
    hold(seat)
    if seat.stood_down_at is not None:
        raise NotPossible(no("not_seated", _("This juror does not sit there any more.")))
    seat.heat.seats.filter(is_chair=True).update(is_chair=False)
    seat.is_chair = True
    seat.save(update_fields=["is_chair"])
    journal.write("finals.chair_named", about=seat, by=by, at=at, juror=seat.juror_id)
    return seat
