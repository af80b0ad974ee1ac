"""A heat is told to everybody: its teams, its jury, the public."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible
from leitai.foundation.states import hold, move
from leitai.rooms.finals.models import Heat
from leitai.rooms.finals.rules import HEAT_MOVES, HeatState
from leitai.rooms.people.models import User
from leitai.values.verdict import no


@transaction.atomic
def announce_heat(*, heat: Heat, by: User, at: datetime) -> Heat:
    """From now on teams and the public see where and when; it can still be changed."""
    hold(heat)
    if heat.starts_at is None or not (heat.hall_zh or heat.hall_en):
        raise NotPossible(no("no_place", _("Say in which hall and when the heat begins.")))
    move(heat, HeatState.READY, moves=HEAT_MOVES)
    journal.write("finals.heat_announced", about=heat, by=by, at=at)
    return heat


@transaction.atomic
def recall_heat(*, heat: Heat, by: User, at: datetime) -> Heat:
    """Teams and the public no longer see it; nothing of what was prepared is lost."""
    hold(heat)
    move(heat, HeatState.PLANNED, moves=HEAT_MOVES)
    journal.write("finals.heat_recalled", about=heat, by=by, at=at)
    return heat
