"""Heats are planned, changed by hand, and given their halls and helpers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.models import StoredFile
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, hold_all
from leitai.rooms.contests.models import Scenario
from leitai.rooms.finals.actions.orders import fit_hours
from leitai.rooms.finals.models import Arrival, Crew, HallSeat, Heat, Lot, Order, Session, Slot
from leitai.rooms.finals.models.heats import HOME
from leitai.rooms.finals.queries import plans
from leitai.rooms.finals.rules import CrewRole, hours, planning, running
from leitai.rooms.finals.rules.planning import HeatPlan, Wish
from leitai.rooms.people.models import User
from leitai.rooms.stages import actions as stages
from leitai.rooms.stages.models import Stage
from leitai.values.verdict import no

FIELDS = frozenset(
    {"name_zh", "name_en", "hall_zh", "hall_en", "time_zone", "starts_at", "capacity"}
)


@transaction.atomic
def plan_heats(*, stage: Stage, wish: Wish, seen: str, by: User, at: datetime) -> list[Heat]:
    """Put the plan to work that was previewed (`seen` is its digest). An earlier plan makes room,
    with its juries, as long as no lot has been sealed."""
    hold(stage)
    hold_all(stage.heats.all())
    drawn = Lot.objects.filter(heat__stage=stage).exists()
    has_order = Order.objects.filter(heat__stage=stage).exists()
    states = list(stage.heats.values_list("state", flat=True))
    require(running.may_plan_again(states, is_drawn=drawn or has_order))
    everybody = plans.candidates(stage)
    require(planning.may_plan(len(everybody), wish))
    made = planning.plan(everybody, wish)
    if made.digest != seen:
        raise NotPossible(no("changed", _("Who takes part has changed; please look again.")))
    _make_room(stage)
    zones = {c.entry: c.time_zone for c in everybody}
    names = {s.code: s for s in Scenario.objects.filter(edition=stage.contest.edition_id)}
    parts = [heat.groups for heat in made.heats]
    heats = [_heat(stage, h, wish, names, parts, zones) for h in made.heats]
    heats_of = {e: heat.number for heat in made.heats for e in heat.entries}
    stages.place_in_heats(stage=stage, heats=heats_of, by=by, at=at)
    journal.write("finals.heats_planned", about=stage, by=by, at=at, heats=len(heats),
                  entries=len(everybody), way=wish.by)  # fmt: skip
    return heats


def _make_room(stage: Stage) -> None:
    rehearsals = Session.objects.filter(heat__stage=stage)
    Arrival.objects.filter(session__in=rehearsals).delete()
    rehearsals.delete()
    HallSeat.objects.filter(heat__stage=stage).delete()
    Slot.objects.filter(stage=stage).delete()
    stage.heats.all().delete()


def _heat(
    stage: Stage, plan: HeatPlan, wish: Wish, names: Mapping[str, Scenario],
    parts: list[tuple[str, ...]], zones: Mapping[int, str],
) -> Heat:  # fmt: skip
    """Called by its scenario where it has one; on the clock that all its teams have, if they do."""
    scenario = names.get(plan.groups[0]) if len(plan.groups) == 1 else None
    same = [n for n, groups in enumerate(parts, start=1) if groups == plan.groups]
    number = f" {same.index(plan.number) + 1}" if len(same) > 1 else ""
    clocks = {zones[entry] or HOME for entry in plan.entries}
    zone = clocks.pop() if len(clocks) == 1 else HOME
    heat = Heat.objects.create(
        stage=stage, number=plan.number, capacity=wish.capacity, scenario=scenario, time_zone=zone,
        name_zh=scenario.name_zh + number if scenario and scenario.name_zh else "",
        name_en=scenario.name_en + number if scenario and scenario.name_en else "",
    )  # fmt: skip
    Slot.objects.bulk_create(
        Slot(heat=heat, stage=stage, entry_id=entry, position=n,
             time_zone=zones[entry] if (zones[entry] or HOME) != zone else "")
        for n, entry in enumerate(plan.entries, start=1)
    )  # fmt: skip
    return heat


@transaction.atomic
def change_heat(*, heat: Heat, fields: Mapping[str, Any], by: User, at: datetime) -> Heat:
    """Names, hall, clock, beginning and size. A new beginning tells anew who pitches at night."""
    hold(heat)
    require(running.may_change_heat(heat.state))
    unknown = set(fields) - FIELDS
    if unknown or not hours.is_zone(fields.get("time_zone", heat.time_zone)):
        raise NotPossible(no("no_such_field", _("Please choose a time zone of the list.")))
    inside = heat.slots.count()
    if fields.get("capacity", heat.capacity) < inside:
        raise NotPossible(no("over_capacity", _("There are more entries in this heat already.")))
    for name, value in fields.items():
        setattr(heat, name, value)
    heat.save(update_fields=list(fields))
    _look_at_hours(heat)
    journal.write("finals.heat_changed", about=heat, by=by, at=at, fields=sorted(fields))
    return heat


def _look_at_hours(heat: Heat) -> None:
    slots = list(heat.slots.order_by("position", "pk"))
    late = fit_hours(heat, [slot.entry_id for slot in slots], may_move=False).out_of_hours
    for slot in slots:
        slot.is_out_of_hours = slot.entry_id in late
    Slot.objects.bulk_update(slots, ["is_out_of_hours"])


@transaction.atomic
def move_slot(*, slot: Slot, heat: Heat, by: User, at: datetime) -> Slot:
    """The entry pitches in another heat of the stage; there it comes last until lots are drawn."""
    here = slot.heat
    hold_all(Heat.objects.filter(pk__in=[here.pk, heat.pk]))
    here.refresh_from_db()
    heat.refresh_from_db()
    hold(slot)
    if heat.stage_id != slot.stage_id or heat.pk == here.pk:
        raise NotPossible(no("other_stage", _("Please choose another heat of the same stage.")))
    if here.orders.exists() or heat.orders.exists() or heat.lots.exists() or here.lots.exists():
        raise NotPossible(no("is_drawn", _("Lots are drawn; the roster stands.")))
    require(
        running.may_move_slot(
            here.state, heat.state, inside=heat.slots.count(), capacity=heat.capacity
        )
    )
    last = heat.slots.order_by("-position").values_list("position", flat=True).first() or 0
    slot.heat, slot.position = heat, last + 1
    slot.save(update_fields=["heat", "position"])
    _look_at_hours(here)
    _look_at_hours(heat)
    stages.place_in_heats(stage=slot.stage, heats={slot.entry_id: heat.number}, by=by, at=at)
    journal.write("finals.slot_moved", about=slot, by=by, at=at, before=here.pk, after=heat.pk)
    return slot


@transaction.atomic
def set_picture(*, slot: Slot, file: StoredFile | None, by: User, at: datetime) -> Slot:
    """What everybody sees when the entry is on stage; a picture that is public."""
    hold(slot)
    slot.picture = file
    slot.save(update_fields=["picture"])
    journal.write("finals.picture_set", about=slot, by=by, at=at, file=file.pk if file else None)
    return slot


@transaction.atomic
def set_remote(*, slot: Slot, time_zone: str, by: User, at: datetime) -> Slot:
    """The team joins from afar, by this clock; empty: it is in the hall."""
    hold(slot.heat)
    hold(slot)
    if time_zone and not hours.is_zone(time_zone):
        raise NotPossible(no("no_such_field", _("Please choose a time zone of the list.")))
    slot.time_zone = time_zone
    slot.save(update_fields=["time_zone"])
    _look_at_hours(slot.heat)
    journal.write("finals.heat_changed", about=slot.heat, by=by, at=at, entry=slot.entry_id)
    return slot


@transaction.atomic
def appoint_crew(*, heat: Heat, user: User, role: str, by: User, at: datetime) -> Crew:
    """Somebody gets a post in this hall; twice is once."""
    hold(heat)
    if role not in CrewRole.values:
        raise NotPossible(no("no_such_role", _("Please choose host, timer or scorekeeper.")))
    crew, made = heat.crew.get_or_create(
        user=user, role=role, ended_at=None, defaults={"by": by, "at": at}
    )
    if made:
        journal.write("finals.crew_appointed", about=crew, by=by, at=at, role=role)
    return crew


@transaction.atomic
def end_crew(*, crew: Crew, by: User, at: datetime) -> Crew:
    hold(crew)
    if crew.ended_at is None:
        crew.ended_at = at
        crew.save(update_fields=["ended_at"])
        journal.write("finals.crew_ended", about=crew, by=by, at=at)
    return crew
