"""Asking for a draw; the worker computes it, and nobody else hears of it before it is deployed."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from leitai.foundation import jobs, journal
from leitai.foundation.refusals import require
from leitai.foundation.states import hold
from leitai.rooms.jury import queries
from leitai.rooms.jury.models import Draw
from leitai.rooms.jury.rules import SecondLook
from leitai.rooms.stages.models import Stage

JOB = "jury.draw"


@transaction.atomic
def start_draw(
    *, stage: Stage, by: Any, at: datetime, keeps_seats: bool = False, seed: int | None = None
) -> Draw:
    """Ask for a proposal. With `keeps_seats` it moves as few of today's sheets as possible."""
    hold(stage)
    require(queries.may_draw(stage, keeps_seats=keeps_seats))
    return _ask(stage, by=by, at=at, seed=seed, keeps_seats=keeps_seats)


@transaction.atomic
def look_at_band(
    *,
    stage: Stage,
    ranks: Mapping[int, int],
    each: int,
    by: Any,
    at: datetime,
    seed: int | None = None,
) -> Draw:
    """Ask for `each` more reviews, by jurors who are new to it, of every entry of the band.

    `ranks` are the entries of the band by the standing that whoever asks looked at.
    """
    hold(stage)
    require(queries.may_look_again(stage, entries=len(ranks), each=each))
    asked = {"ranks": {str(entry): rank for entry, rank in ranks.items()}, "each": each}
    return _ask(stage, by=by, at=at, seed=seed, second_look=SecondLook.BAND, asked=asked)


@transaction.atomic
def look_where_telling(
    *,
    stage: Stage,
    budget: int,
    places: Mapping[str, int],
    by_group: bool,
    by: Any,
    at: datetime,
    seed: int | None = None,
) -> Draw:
    """Ask for so many more reviews where each is expected to tell most about who belongs in.

    `places` are the places of the line, by scenario where each has a line of its own.
    """
    hold(stage)
    require(queries.may_look_again(stage, budget=budget))
    asked = {"budget": budget, "places": dict(places), "by_group": by_group}
    return _ask(stage, by=by, at=at, seed=seed, second_look=SecondLook.TELLING, asked=asked)


def _ask(stage: Stage, *, by: Any, at: datetime, seed: int | None, **fields: Any) -> Draw:
    draw = Draw.objects.create(
        stage=stage, number=stage.draws.count() + 1, asked_by=by, asked_at=at,
        seed=secrets.randbelow(2**32) if seed is None else seed, **fields,
    )  # fmt: skip
    look = {"second_look": draw.second_look} if draw.second_look else {}
    journal.write("jury.draw_started", about=draw, by=by, at=at, seed=draw.seed, **look)
    draw.job = jobs.ask(JOB, by=by, at=at, lock=f"jury-stage-{stage.pk}", draw_id=draw.pk)
    Draw.objects.filter(pk=draw.pk).update(job=draw.job)
    draw.refresh_from_db()
    return draw
