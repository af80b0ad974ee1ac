"""Dividing a stage into heats, and seating their juries: first looked at, then put to work."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leitai.foundation.countries import territories
from leitai.foundation.doors import admit
from leitai.rooms.finals import actions, permissions
from leitai.rooms.finals.forms import JuryForm, PlanForm
from leitai.rooms.finals.models import Heat
from leitai.rooms.finals.queries import plans, preparing
from leitai.rooms.finals.rules import planning, running
from leitai.rooms.finals.views.preparing import require_live, stage_of
from leitai.rooms.jury.models import Conflict, Juror
from leitai.rooms.stages.models import Stage
from leitai.rooms.submissions.models import Entry


def plan(request: HttpRequest, stage_id: int) -> HttpResponse:
    """A GET shows what the wish would make; a POST makes exactly what was shown."""
    stage = stage_of(stage_id)
    admit(request, permissions.plan_heats, stage)
    require_live(stage)
    if request.method == "POST":
        return _plan(request, stage)
    asked = request.GET if "by" in request.GET else None
    form = PlanForm(asked, initial=_first_wish(stage), label_suffix="")
    context = {**_frame(request, stage), "form": form, **_preview(stage, form)}
    return render(request, "finals/plan.html", context)


def _plan(request: HttpRequest, stage: Stage) -> HttpResponse:
    form = PlanForm(request.POST, label_suffix="")
    if not form.is_valid():
        context = {**_frame(request, stage), "form": form}
        return render(request, "finals/plan.html", context, status=422)
    heats = actions.plan_heats(
        stage=stage, wish=form.wish(), seen=request.POST.get("seen", "")[:64],
        by=request.user, at=request.at,
    )  # fmt: skip
    messages.success(request, _("%d heats are planned. Give each its hall and time.") % len(heats))
    return redirect("finals:heats", stage.contest_id)


def _first_wish(stage: Stage) -> dict[str, Any]:
    live = stage.rule.live
    rooms = live.rooms if live else 1
    inside = stage.participations.filter(taken_out_at=None).count()
    return {"by": "scenario", "number": rooms, "capacity": max(20, -(-inside // rooms)),
            "sizes": ""}  # fmt: skip


def _preview(stage: Stage, form: PlanForm) -> dict[str, Any]:
    """The heats a wish would make, with the names of what they hold; or why it cannot be."""
    if not form.is_bound or not form.is_valid():
        return {}
    everybody = plans.candidates(stage)
    if not (may := planning.may_plan(len(everybody), form.wish())):
        return {"refusal": may.reason}
    made = planning.plan(everybody, form.wish())
    entries = Entry.objects.in_bulk([c.entry for c in everybody])
    names = {s.code: s.name for s in stage.contest.edition.scenarios.all()}
    words = territories()
    heats = [
        {"number": heat.number, "groups": [names.get(g) or words.get(g, g) for g in heat.groups],
         "entries": [entries[e] for e in heat.entries]}
        for heat in made.heats
    ]  # fmt: skip
    return {"heats": heats, "digest": made.digest, "total": len(everybody)}


def juries(request: HttpRequest, stage_id: int) -> HttpResponse:
    """Who would sit where, with reasons, before anybody does."""
    stage = stage_of(stage_id)
    admit(request, permissions.seat_jury, stage)
    require_live(stage)
    asked = request.POST or (request.GET if "each" in request.GET else None)
    form = JuryForm(asked, label_suffix="")
    if request.method == "POST" and form.is_valid():
        seats = actions.seat_jury(
            stage=stage, wish=form.wish(), seen=request.POST.get("seen", "")[:64],
            by=request.user, at=request.at,
        )  # fmt: skip
        messages.success(request, _("%d seats are taken. Name the chairs now.") % seats)
        return redirect("finals:heats", stage.contest_id)
    context = {**_frame(request, stage), "form": form, **_jury_preview(stage, form)}
    return render(request, "finals/juries.html", context, status=422 if form.errors else 200)


def _jury_preview(stage: Stage, form: JuryForm) -> dict[str, Any]:
    if not form.is_bound or not form.is_valid():
        return {}
    made = plans.jury_plan(stage, form.wish())
    people = Juror.objects.select_related("organisation").in_bulk(
        [juror for seats in made.seats.values() for juror, _why in seats]
    )
    heats = Heat.objects.in_bulk(list(made.seats))
    rows = [
        {"heat": heats[heat],
         "seats": [{"juror": people[juror], "reason": why} for juror, why in seats]}
        for heat, seats in made.seats.items()
    ]  # fmt: skip
    return {"juries": rows, "digest": made.digest, "shortages": made.shortages,
            "kept_apart": _kept_apart(stage)}  # fmt: skip


def _kept_apart(stage: Stage) -> list[Conflict]:
    """Ties between jurors and entries of the heats that have not begun: why some sit nowhere near
    them. Told to organisers alone, who read conflicts anyway."""
    inside = stage.slots.values("entry_id")
    ties = Conflict.objects.in_force().filter(entry__in=inside).order_by("juror__name", "pk")
    heat_of = dict(stage.slots.values_list("entry_id", "heat__number"))
    found = list(ties.select_related("juror", "entry")[:200])
    for tie in found:
        tie.heat_number = heat_of.get(tie.entry_id)  # type: ignore[attr-defined]
    return found


def _frame(request: HttpRequest, stage: Stage) -> dict[str, Any]:
    heats = preparing.heats_of([stage])[stage.pk]
    states = {heat.state for heat in heats}
    return {
        "stage": stage, "contest": stage.contest, "present": heats,
        "may_plan": running.may_plan_again(states, is_drawn=any(h.has_order for h in heats)),
        "panel": stage.rule.panel, "has_seats": any(heat.seated for heat in heats),
    }  # fmt: skip
