"""The plan of reminders, whom it would write to today, and a juror who asks for quiet."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from leitai.foundation.doors import admit
from leitai.rooms.jury import actions, permissions, queries
from leitai.rooms.jury.forms import PlanForm, QuietForm
from leitai.rooms.jury.models import Juror
from leitai.rooms.jury.views.draws import stage_of

MOST_SHOWN = 100


def plan(request: HttpRequest, stage_id: int) -> HttpResponse:
    stage = stage_of(stage_id)
    admit(request, permissions.run_jury, stage.contest)
    outlook = queries.outlook(stage, at=request.at)
    form = PlanForm(request.POST or None, initial=_initial(outlook.plan))
    if form.is_valid():
        actions.plan_reminders(stage=stage, **form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, _("The plan is kept."))
        return redirect("jury:reminder_plan", stage.pk)
    context = {
        "stage": stage, "contest": stage.contest, "form": form, "outlook": outlook,
        "shown": outlook.jurors[:MOST_SHOWN], "more": max(len(outlook.jurors) - MOST_SHOWN, 0),
        "log": queries.log(stage),
    }  # fmt: skip
    return render(request, "jury/reminders.html", context, status=422 if form.is_bound else 200)


def quiet(request: HttpRequest, pk: int) -> HttpResponse:
    """The juror's own page: no reminders until a day."""
    juror = get_object_or_404(Juror.objects.select_related("contest__edition"), pk=pk)
    admit(request, permissions.be_juror, juror)
    today = queries.today_at(juror.contest, request.at)
    now = queries.mute(juror, day=today)
    first = {"until": now.until, "note": now.note} if now else {}
    form = QuietForm(request.POST or None, initial=first, today=today)
    if form.is_valid():
        actions.be_quiet(juror=juror, **form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, _("Kept. The organiser sees it."))
        return redirect("jury:quiet", juror.pk)
    context = {"juror": juror, "contest": juror.contest, "form": form, "now": now}
    return render(request, "jury/quiet.html", context, status=422 if form.is_bound else 200)


def _initial(plan: object) -> dict[str, object]:
    if plan is None:
        return {"days": "7, 3, 1", "is_on": True}
    return {"days": ", ".join(map(str, plan.days)), "is_on": plan.is_on}  # type: ignore[attr-defined]
