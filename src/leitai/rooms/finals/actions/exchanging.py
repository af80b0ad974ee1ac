"""One juror in another's place, before the heat begins."""

from datetime import datetime

from django.db import transaction

from leitai.foundation.refusals import require
from leitai.foundation.states import hold
from leitai.rooms.finals.actions.seating import name_chair, seat_juror, unseat
from leitai.rooms.finals.models import HallSeat
from leitai.rooms.finals.rules import running
from leitai.rooms.jury.models import Juror
from leitai.rooms.people.models import User


@transaction.atomic
def exchange_juror(*, seat: HallSeat, juror: Juror, by: User, at: datetime) -> HallSeat:
    """Takes the seat's number, and the chair where it was one. Kinds, houses and ties are judged
    as for anybody who is seated by hand."""
    heat, number, was_chair = seat.heat, seat.number, seat.is_chair
    hold(heat)
    require(running.may_change_heat(heat.state))
    unseat(seat=seat, by=by, at=at)
    made = seat_juror(heat=heat, juror=juror, by=by, at=at)
    made.number = number
    made.save(update_fields=["number"])
    return name_chair(seat=made, by=by, at=at) if was_chair and not made.is_chair else made
