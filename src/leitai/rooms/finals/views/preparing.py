"""A stage's heats before their day: the list, and one heat with what it still needs."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leitai.foundation.doors import admit
from leitai.rooms.contests.models import Contest
from leitai.rooms.finals import actions, permissions, queries
from leitai.rooms.finals.forms import PlaceForm
from leitai.rooms.finals.models import Heat, Session
from leitai.rooms.finals.queries import preparing
from leitai.rooms.finals.rules import HeatState
from leitai.rooms.finals.rules import running as rules
from leitai.rooms.stages.models import Stage

DOORS = {
    "place": "finals:place", "roster": "finals:roster", "jury": "finals:jury",
    "lot": "finals:lot", "show": "finals:show", "rehearsal": "", "stage": "",
}  # fmt: skip


@require_safe
def heats(request: HttpRequest, contest_id: int) -> HttpResponse:
    """All live stages of a contest with their heats, and how far each is."""
    contest = get_object_or_404(Contest.objects.select_related("edition", "ruleset"), pk=contest_id)
    admit(request, permissions.see_contest_heats, contest)
    stages = preparing.live_stages(contest)
    rows = preparing.heats_of(stages)
    context = {
        "contest": contest,
        "stages": [_stage(request, stage, rows[stage.pk]) for stage in stages],
    }
    return render(request, "finals/heats.html", context)


def _stage(request: HttpRequest, stage: Stage, heats: list[Heat]) -> dict[str, Any]:
    return {
        "stage": stage, "heats": heats, "waiting": preparing.waiting(stage).count(),
        "inside": stage.participations.filter(taken_out_at=None).count(),
        "is_planned": bool(heats), "may_plan": permissions.plan_heats(request.user, stage),
        "may_seat": permissions.seat_jury(request.user, stage),
        "may_plan_again": rules.may_plan_again(
            {heat.state for heat in heats}, is_drawn=any(heat.has_order for heat in heats)
        ),
        "unannounced": [heat for heat in heats if heat.state == HeatState.PLANNED],
        "is_over": bool(heats) and all(heat.state == HeatState.CLOSED for heat in heats),
    }  # fmt: skip


@require_safe
def heat(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of a heat and what it lacks, each point with the page that mends it."""
    found = heat_of(pk)
    admit(request, permissions.see_contest_heats, found.stage.contest)
    hall = queries.heat_hall(found)
    context = {
        **frame(request, found, "heat"), "hall": hall,
        "points": preparing.readiness_of(found, request.at, hall=hall), "doors": DOORS,
        "turns": preparing.turns(found), "lot": preparing.newest_lot(found),
        "is_short": len(hall.seats) < found.stage.rule.panel.per_entry,
        "rehearsal": preparing.open_rehearsal(found), "session": preparing.real_session(found),
        "result": found.results.first(),
    }  # fmt: skip
    return render(request, "finals/heat.html", context)


def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Its name, hall, time, zone and room."""
    found = heat_of(pk)
    admit(request, permissions.run_heat, found)
    form = PlaceForm(request.POST or None, heat=found)
    if request.method == "POST" and form.is_valid():
        actions.change_heat(heat=found, fields=form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, _("Kept. Teams and jurors see it on their own pages."))
        return redirect("finals:heat", found.pk)
    context = {**frame(request, found, "place"), "form": form}
    return render(request, "finals/place.html", context, status=422 if form.errors else 200)


@require_POST
def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """The heat is told to everybody, or taken back."""
    found = heat_of(pk)
    admit(request, permissions.run_heat, found)
    is_told = found.state != HeatState.PLANNED
    act = actions.recall_heat if is_told else actions.announce_heat
    act(heat=found, by=request.user, at=request.at)
    return redirect("finals:heat", found.pk)


@require_POST
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """The hall opens, in earnest; with fewer jurors than the rules ask for, only with a reason."""
    found = heat_of(pk)
    admit(request, permissions.run_heat, found)
    why = request.POST.get("why", "")[:300]
    session = actions.open_session(heat=found, why=why, by=request.user, at=request.at)
    return redirect("finals:own_desk", session.pk)


@require_POST
def rehearsal(request: HttpRequest, pk: int) -> HttpResponse:
    """Made-up entries, real people: nothing of it touches the heat."""
    found = heat_of(pk)
    admit(request, permissions.run_heat, found)
    session = actions.open_session(heat=found, is_rehearsal=True, by=request.user, at=request.at)
    messages.success(request, _("The rehearsal has begun. Every page of it says so."))
    return redirect("finals:own_desk", session.pk)


@require_POST
def rehearsal_end(request: HttpRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(
        Session.objects.select_related("heat__stage__contest__edition"), pk=pk, is_rehearsal=True
    )
    admit(request, permissions.run_heat, session.heat)
    actions.close_session(session=session, by=request.user, at=request.at)
    messages.success(request, _("The rehearsal is over; nothing of it was kept as a result."))
    return redirect("finals:heat", session.heat_id)


def heat_of(pk: int) -> Heat:
    related = ("stage__contest__edition", "stage__contest__ruleset", "scenario")
    return get_object_or_404(Heat.objects.select_related(*related), pk=pk)


def stage_of(pk: int) -> Stage:
    known = Stage.objects.select_related("contest__edition", "contest__ruleset")
    return get_object_or_404(known, pk=pk)


def require_live(stage: Stage) -> None:
    """A stage on paper has no heats."""
    if stage.rule.kind != "live":
        raise Http404


def frame(request: HttpRequest, heat: Heat, here: str) -> dict[str, Any]:
    """What every page of a heat shows around itself."""
    return {
        "heat": heat, "stage": heat.stage, "contest": heat.stage.contest, "here": here,
        "may_run": bool(permissions.run_heat(request.user, heat)),
        "may_seat": bool(permissions.seat_jury(request.user, heat.stage)),
        "may_change": rules.may_change_heat(heat.state),
        "has_begun": heat.state in (HeatState.LIVE, HeatState.CLOSED),
        "rehearsal": preparing.open_rehearsal(heat),
    }  # fmt: skip
