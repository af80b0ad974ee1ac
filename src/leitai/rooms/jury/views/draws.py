"""Drawing the jury: what there is to draw from, the proposal, and putting it to work."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation import jobs, keyset
from leitai.foundation.doors import admit
from leitai.rooms.jury import actions, permissions, queries
from leitai.rooms.jury.models import Draw, Juror, Seat, Sheet
from leitai.rooms.jury.rules import DrawState, JurorState
from leitai.rooms.jury.views import finding
from leitai.rooms.stages.models import Stage


def draws(request: HttpRequest, stage_id: int) -> HttpResponse:
    stage = stage_of(stage_id)
    admit(request, permissions.run_jury, stage.contest)
    seats, kinds = queries.capacity(stage)
    context = {
        "stage": stage,
        "contest": stage.contest,
        "panel": stage.rule.panel,
        "seats": seats,
        "entries": seats // stage.rule.panel.per_entry,
        "carry": sum(kind.carry for kind in kinds),
        "kinds": kinds,
        "draws": stage.draws.select_related("job"),
        "may_draw": queries.may_draw(stage),
        "may_repair": queries.may_draw(stage, keeps_seats=True),
        "may_rule": permissions.rule_jury(request.user, stage.contest),
        "sheets": Sheet.objects.standing().filter(stage=stage).count(),
    }
    return render(request, "jury/draws.html", context)


@require_POST
def start(request: HttpRequest, stage_id: int) -> HttpResponse:
    stage = stage_of(stage_id)
    admit(request, permissions.rule_jury, stage.contest)
    keeps = request.POST.get("keeps_seats") == "yes"
    draw = actions.start_draw(stage=stage, by=request.user, at=request.at, keeps_seats=keeps)
    return redirect("jury:draw", draw.pk)


def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposal with its figures, and every seat with its reason."""
    draw = draw_of(pk)
    admit(request, permissions.see_draw, draw)
    tied = queries.tied_entries(request.user)
    rows = _filtered(draw, request.GET).exclude(entry__in=tied)
    may_rule = permissions.rule_jury(request.user, draw.stage.contest)
    context = {
        "draw": draw,
        "stage": draw.stage,
        "contest": draw.stage.contest,
        "page": keyset.page(rows, by=("entry__code", "pk"), cursor=request.GET.get("page", "")),
        "filters": request.GET,
        "loads": _histogram(draw),
        "shortages": _with_names(draw),
        "may_rule": may_rule,
        "may_deploy": may_rule and draw.may_be_deployed,
        **_doors(draw),
    }
    return render(request, "jury/draw.html", context)


def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked every second while the draw is being computed."""
    draw = draw_of(pk)
    admit(request, permissions.see_draw, draw)
    assert draw.job is not None
    return jobs.answer(request, draw.job, **_doors(draw))


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    draw = draw_of(pk)
    admit(request, permissions.rule_jury, draw.stage.contest)
    assert draw.job is not None
    jobs.try_again(draw.job, at=request.at)
    return redirect("jury:draw", draw.pk)


@require_POST
def deployment(request: HttpRequest, pk: int) -> HttpResponse:
    draw = draw_of(pk)
    admit(request, permissions.rule_jury, draw.stage.contest)
    actions.deploy_draw(draw=draw, by=request.user, at=request.at)
    messages.success(request, _("The jury is at work; each juror gets one letter."))
    return redirect("jury:progress", draw.stage_id)


@require_POST
def discarding(request: HttpRequest, pk: int) -> HttpResponse:
    draw = draw_of(pk)
    admit(request, permissions.rule_jury, draw.stage.contest)
    act = actions.cancel_draw if draw.state == DrawState.COMPUTING else actions.discard_draw
    act(draw=draw, by=request.user, at=request.at)
    return redirect("jury:draws", draw.stage_id)


def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """One seat: who else could sit there, and the change."""
    known = Seat.objects.select_related("entry", "juror", "draw__stage__contest__edition")
    seat = get_object_or_404(known, pk=pk)
    contest = seat.draw.stage.contest
    admit(request, permissions.change_seat, seat)
    if request.method == "POST":
        juror = finding.chosen(request, contest.pk)
        actions.swap_seat(seat=seat, juror=juror, by=request.user, at=request.at)
        messages.success(request, _("The seat is changed; every rule still holds."))
        return redirect("jury:draw", seat.draw_id)
    called = finding.among(_free(seat), request)
    if finding.is_search(request):
        return finding.names(request, called, legend=_("Who sits here instead"))
    context = {"seat": seat, "draw": seat.draw, "contest": contest, "called": called}
    return render(request, "jury/seat.html", context)


def stage_of(stage_id: int) -> Stage:
    related = ("contest__edition", "contest__ruleset", "judging")
    return get_object_or_404(Stage.objects.select_related(*related), pk=stage_id)


def draw_of(pk: int) -> Draw:
    return get_object_or_404(Draw.objects.select_related("stage__contest__edition", "job"), pk=pk)


def _doors(draw: Draw) -> dict[str, str]:
    return {
        "label": _("Draw {n}").format(n=draw.number),
        "url": reverse("jury:draw_progress", args=[draw.pk]),
        "cancel": reverse("jury:draw_discarding", args=[draw.pk]),
        "again": reverse("jury:draw_retry", args=[draw.pk]),
    }


def _filtered(draw: Draw, asked: Any) -> Any:
    rows = draw.seats.select_related("entry__scenario", "juror__organisation")
    if code := asked.get("entry", "").strip():
        rows = rows.filter(entry__code__icontains=code)
    if name := asked.get("juror", "").strip():
        rows = rows.filter(juror__name__icontains=name)
    if asked.get("new") == "yes":
        rows = rows.filter(is_new=True)
    return rows


def _histogram(draw: Draw) -> list[dict[str, Any]]:
    loads = {int(load): n for load, n in draw.figures.get("loads", {}).items()}
    most = max(loads.values(), default=1)
    return [{"load": k, "n": n, "most": most} for k, n in sorted(loads.items())]


def _with_names(draw: Draw) -> list[dict[str, Any]]:
    """Shortages, and the jurors they speak of by name."""
    named = {pk for shortage in draw.shortages for pk in shortage["jurors"][:5]}
    people = Juror.objects.in_bulk(named)
    return [
        {**shortage, "people": [people[pk] for pk in shortage["jurors"][:5] if pk in people]}
        for shortage in draw.shortages
    ]


def _free(seat: Seat) -> QuerySet[Juror]:
    """Active jurors who have no tie to the entry and do not sit on it already."""
    panel = seat.draw.seats.filter(entry=seat.entry).values("juror")
    there = Sheet.objects.standing().filter(stage=seat.draw.stage, entry=seat.entry)
    ties = seat.entry.conflicts.in_force().values("juror")
    active = Juror.objects.filter(contest=seat.draw.stage.contest_id, state=JurorState.ACTIVE)
    free = active.exclude(pk__in=panel).exclude(pk__in=ties)
    return free.exclude(pk__in=there.values("juror")) if seat.draw.second_look else free
