"""A juror's score in the hall is a sealed sheet, taken once, for the entry it names."""

import uuid
from decimal import Decimal

import pytest

from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import NOON, appointed
from leitai.rooms.finals import actions, queries
from leitai.rooms.finals.models import OrderSeen, Second
from leitai.rooms.finals.testing import (
    a_heat,
    a_live_stage,
    a_session,
    halves,
    on_stage,
    scored,
)
from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.rules import SheetState
from leitai.rooms.people.testing import a_person

pytestmark = pytest.mark.django_db


def give(session, seat, total, **changes):
    asked = {
        "session": session, "juror": seat.juror, "entry": session.slot.entry_id, "order": 1,
        "marks": halves(total), "seal": True, "key": uuid.uuid4(), "by": seat.juror.user,
        "at": NOON, **changes,
    }  # fmt: skip
    return actions.score(**asked)


def code_of(refusal):
    return refusal.value.verdict.code


def test_a_score_in_the_hall_is_a_sealed_sheet():
    session = on_stage(a_session())
    seat = session.heat.seats.first()

    made = give(session, seat, "15.5")

    sheet = Sheet.objects.get(juror=seat.juror, entry=session.slot.entry)
    assert (sheet.state, sheet.total) == (SheetState.SEALED, Decimal("15.500"))
    assert sheet.seals.get().digest
    assert (made.is_sealed, made.is_new, made.total) == (True, True, Decimal("15.500"))


def test_the_same_change_twice_is_one():
    session = on_stage(a_session())
    seat, key = session.heat.seats.first(), uuid.uuid4()
    give(session, seat, 15, key=key)

    again = give(session, seat, 15, key=key)
    other_device = give(session, seat, 15)

    assert (again.is_new, other_device.is_new) == (False, False)
    assert Sheet.objects.get(juror=seat.juror).seals.count() == 1


def test_marks_may_come_one_by_one():
    session = on_stage(a_session())
    seat = session.heat.seats.first()
    give(session, seat, 0, marks={"landing": "7.5"}, seal=False)

    made = give(session, seat, 0, marks={"copying": "8"})

    assert made.total == Decimal("15.5")


def test_before_scoring_is_open_nothing_is_taken():
    session = a_session()
    first = session.heat.slots.get(position=1)
    actions.bring_on_stage(session=session, slot=first, by=appointed(first.stage.contest), at=NOON)

    with pytest.raises(NotPossible) as refusal:
        give(session, session.heat.seats.first(), 15)

    assert code_of(refusal) == "scoring_not_open"
    assert not Sheet.objects.exists()


def test_a_changed_order_is_confirmed_by_every_juror_before_marks_are_taken_again():
    session = on_stage(a_session())
    heat, by = session.heat, appointed(session.heat.stage.contest)
    seats = list(heat.seats.all())
    a, b, c = heat.slots.values_list("entry_id", flat=True)
    actions.set_order(heat=heat, entries=[a, c, b], reason="Train late", by=by, at=NOON)
    session.refresh_from_db()

    with pytest.raises(NotPossible) as stale:
        give(session, seats[0], 15)
    with pytest.raises(NotPossible) as unseen:
        give(session, seats[0], 15, order=2)
    with pytest.raises(NotPossible) as closed:
        actions.bring_on_stage(session=session, slot=heat.slots.get(entry=c), by=by, at=NOON)
        actions.open_scoring(session=session, by=by, at=NOON)
    for seat in seats:
        actions.see_order(session=session, version=2, juror=seat.juror, by=seat.juror.user, at=NOON)
    actions.open_scoring(session=session, by=by, at=NOON)
    made = give(session, seats[0], 15, entry=a, order=2)

    assert [code_of(r) for r in (stale, unseen, closed)] == [
        "order_changed", "order_unseen", "order_unseen",
    ]  # fmt: skip
    assert made.is_sealed and made.entry == a
    assert OrderSeen.objects.count() == 5
    assert heat.slots.get(entry=c).position == 2


def test_a_late_conflict_takes_one_mark_out_of_the_denominator():
    session = on_stage(a_session())
    scored(session, 10, 12, 14, 16, 18)
    seat = session.heat.seats.get(number=5)
    hall = queries.hall_of(session)
    before = {p.entry: (p.score, p.sheets) for p in hall.standing()[1]}[session.slot.entry_id]

    actions.stand_down(
        session=session, juror=seat.juror, slot=session.slot, ground="personal",
        by=seat.juror.user, at=NOON,
    )  # fmt: skip

    hall = queries.hall_of(session)
    after = {p.entry: (p.score, p.sheets) for p in hall.standing()[1]}[session.slot.entry_id]
    assert (before, after) == ((Decimal("14.00"), 5), (Decimal("13.00"), 4))
    assert len(hall.panel(session.slot.entry_id)) == 4
    with pytest.raises(NotPossible) as refusal:
        give(session, seat, 15)
    assert code_of(refusal) == "tied"


def test_a_juror_who_leaves_has_given_what_was_confirmed():
    session = on_stage(a_session())
    by = appointed(session.heat.stage.contest)
    scored(session, 10, 12, 14, 16, 18)
    first = session.slot.entry_id
    on_stage(session, 2)

    actions.leave_seat(seat=session.heat.seats.get(number=1), why="Train", by=by, at=NOON)

    hall = queries.hall_of(session)
    assert (len(hall.panel(first)), len(hall.panel(session.slot.entry_id))) == (5, 4)


def test_a_mark_far_from_the_others_waits_for_a_second_person():
    session = on_stage(a_session(a_heat(a_live_stage(range_flag=6))))
    by = appointed(session.heat.stage.contest)
    scored(session, 15, 15, 16, 16, 4)
    second = Second.objects.get()

    with pytest.raises(NotPossible) as waits:
        actions.reveal_result(session=session, by=by, at=NOON)
    with pytest.raises(NotPossible) as own:
        actions.say_second(second=second, word="Fine", by=second.sheet.juror.user, at=NOON)
    actions.say_second(second=second, word="Asked; it is meant so", by=by, at=NOON)
    actions.reveal_result(session=session, by=by, at=NOON)

    assert (code_of(waits), code_of(own)) == ("seconds_waiting", "own_mark")
    assert second.distance == -11


def test_a_slip_of_the_pen_is_opened_by_two_people_and_marked_again():
    session = on_stage(a_session(a_heat(a_live_stage(range_flag=6))))
    by, other = appointed(session.heat.stage.contest), a_person("Second")
    scored(session, 15, 15, 16, 16, 4)
    second = Second.objects.get()
    asked = actions.give_back(second=second, word="Typed 4 for 14", by=other, at=NOON)

    actions.confirm_correction(session=session, request=asked, by=by, at=NOON)
    give(session, session.heat.seats.get(number=5), 14)

    second.refresh_from_db()
    hall = queries.hall_of(session)
    assert (second.state, hall.seconds, hall.missing(session.slot.entry_id)) == ("returned", {}, [])
    assert second.sheet.seals.count() == 2
