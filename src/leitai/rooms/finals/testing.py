"""Halls to tell stories with."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from leitai.rooms.contests.testing import DAY, NOON, a_contest, appointed, some_rules
from leitai.rooms.finals.models import HallSeat, Heat, Order, Session, Slot
from leitai.rooms.finals.rules import HeatState
from leitai.rooms.jury.testing import a_juror
from leitai.rooms.stages.models import Stage
from leitai.rooms.stages.testing import a_stage, takes_part
from leitai.rooms.submissions.testing import an_entry


def live_rules(**stage: Any) -> Any:
    """One live stage: two criteria of ten points in halves, highest and lowest dropped."""
    mark = {"high": 10, "step": "0.5"}
    return some_rules(
        stage={
            "code": "final", "name": {"zh": "总决赛", "en": "Final"}, "kind": "live",
            "panel": {"per_entry": 5}, "formula": "drop_high_low",
            "criteria": [
                {"code": "landing", "name": {"zh": "可落地", "en": "Deployable"}, **mark},
                {"code": "copying", "name": {"zh": "可复制", "en": "Replicable"}, **mark},
            ],
            "tie_breaks": ["untrimmed_mean", "chair"], "quota": {"total": 2, "reserves": 1},
            "live": {"pitch_minutes": 8, "questions_minutes": 7},
            "span": {"opens_at": NOON - DAY, "closes_at": NOON + 10 * DAY}, **stage,
        }
    )  # fmt: skip


def a_live_stage(slug: str = "live", **stage: Any) -> Stage:
    return a_stage(a_contest(slug, rules=live_rules(**stage)))


def a_heat(
    stage: Stage | None = None, *, entries: int = 3, jurors: int = 5, number: int = 1,
    is_ordered: bool = True, **fields: Any,
) -> Heat:  # fmt: skip
    """Ready: entries in the order of their codes, and jurors H1J1, H1J2, … of whom the first is
    the chair."""
    stage = stage or a_live_stage()
    heat = Heat.objects.create(
        stage=stage, number=number,
        **{"name_zh": f"第{number}场", "name_en": f"Heat {number}", "starts_at": NOON,
           "hall_en": "Hall A", "state": HeatState.READY, **fields},
    )  # fmt: skip
    ids = []
    for position in range(1, entries + 1):
        entry = an_entry(stage.contest)
        part = takes_part(stage, entry)
        part.heat = number
        part.save(update_fields=["heat"])
        Slot.objects.create(heat=heat, stage=stage, entry=entry, position=position)
        ids.append(entry.pk)
    for n in range(1, jurors + 1):
        juror = a_juror(f"H{number}J{n}", contest=stage.contest)
        HallSeat.objects.create(heat=heat, juror=juror, number=n, is_chair=n == 1)
    if is_ordered:
        Order.objects.create(heat=heat, version=1, entries=ids, at=NOON)
    return heat


def a_session(heat: Heat | None = None, *, at: datetime = NOON, **options: Any) -> Session:
    """Open, with nobody on stage yet."""
    from leitai.rooms.finals import actions

    heat = heat or a_heat()
    by = appointed(heat.stage.contest)
    return actions.open_session(heat=heat, by=by, at=at, **options)


def on_stage(session: Session, position: int = 1, *, at: datetime = NOON) -> Session:
    """The entry at this place of the order stands on stage, and jurors may mark it."""
    from leitai.rooms.finals import actions

    by = appointed(session.heat.stage.contest)
    slots = session.practice_slots if session.is_rehearsal else session.heat.slots
    actions.bring_on_stage(session=session, slot=slots.get(position=position), by=by, at=at)
    actions.open_scoring(session=session, by=by, at=at)
    return session


def scored(
    session: Session, *totals: int | str, at: datetime = NOON, order: int = 1
) -> list[Any]:  # fmt: skip
    """Each juror in the order of seats gives the entry on stage this total, and confirms it."""
    import uuid

    from leitai.rooms.finals import actions
    from leitai.rooms.finals.actions.stage import thing_of

    thing = session.practice if session.is_rehearsal else session.slot
    made = []
    seats = session.heat.seats.filter(stood_down_at=None).select_related("juror__user")
    for seat, total in zip(seats, totals):
        marks = halves(total)
        made.append(
            actions.score(
                session=session, juror=seat.juror, entry=thing_of(thing), order=order, marks=marks,
                seal=True, key=uuid.uuid4(), by=seat.juror.user, at=at,
            )
        )  # fmt: skip
    return made


def halves(total: int | str | Decimal) -> dict[str, str]:
    """Marks of two criteria that make this total.

    >>> halves("15.5")
    {'landing': '7.5', 'copying': '8.0'}
    """
    first = (Decimal(total) / 2) // Decimal("0.5") * Decimal("0.5")
    return {"landing": str(first), "copying": str(Decimal(total) - first)}


def minutes(n: int) -> timedelta:
    return timedelta(minutes=n)
