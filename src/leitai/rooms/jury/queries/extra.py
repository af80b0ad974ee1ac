"""Seats that second looks put on top of the usual ones."""

from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from leitai.rooms.jury.models import Draw, Seat
from leitai.rooms.jury.rules import DrawState
from leitai.rooms.stages.models import Stage


def extra_seats(stage: Stage) -> QuerySet[Seat]:
    """Seats that second looks put on top of the usual ones."""
    return Seat.objects.filter(draw__in=_second_looks(stage)).order_by()


def wanted(stage: Stage) -> Any:
    """For rows that have an `entry`: how many sheets it is to have, second looks included."""
    panel, extra = Value(stage.rule.panel.per_entry), extra_seats(stage)
    here = extra.filter(entry=OuterRef("entry")).values("entry")
    more = Coalesce(Subquery(here.annotate(n=Count("pk")).values("n")), 0)
    # Seats are looked for row by row only where there is such a draw, which is asked once.
    looks = When(Exists(_second_looks(stage)), then=more)
    return panel + Case(looks, default=Value(0), output_field=IntegerField())


def _second_looks(stage: Stage) -> QuerySet[Draw]:
    deployed = Draw.objects.filter(stage=stage, state=DrawState.DEPLOYED)
    return deployed.exclude(second_look="").order_by()
