"""Scenarios and people of an edition."""

from typing import Any

from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation.doors import admit
from leitai.foundation.refusals import NotPossible
from leitai.foundation.rows import Rows
from leitai.rooms.contests import actions, permissions
from leitai.rooms.contests.forms import AppointmentForm, ScenarioForm
from leitai.rooms.contests.models import Appointment, Edition


def scenarios(request: HttpRequest, slug: str) -> HttpResponse:
    edition = get_object_or_404(Edition, slug=slug)
    admit(request, permissions.organise_edition, edition)
    rows = Rows(formset_factory(ScenarioForm, extra=0), prefix="s")
    problem = ""
    if request.method == "POST":
        formset = rows.changed(request.POST) or rows.bound(request.POST)
        if formset.is_bound and formset.is_valid():
            try:
                wanted = [(d["code"], d["name_zh"], d["name_en"]) for d in formset.cleaned_data]
                actions.set_scenarios(
                    edition=edition, scenarios=wanted, by=request.user, at=request.at
                )
                messages.success(request, _("Saved."))
                return redirect("contests:edition", slug)
            except NotPossible as refusal:
                problem = str(refusal.verdict.reason)
    else:
        formset = rows.of(list(edition.scenarios.values("code", "name_zh", "name_en")))
    context = {"edition": edition, "rows": formset, "problem": problem}
    return render(request, "contests/scenarios.html", context, status=422 if problem else 200)


def people(request: HttpRequest, slug: str) -> HttpResponse:
    edition = get_object_or_404(Edition, slug=slug)
    admit(request, permissions.organise_edition, edition)
    form = AppointmentForm(request.POST or None, edition=edition)
    if form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        actions.appoint(
            edition=edition, contest=data["contest"], user=data["email"], role=data["role"],
            by=request.user, at=request.at,
        )  # fmt: skip
        return redirect("contests:people", slug)
    appointments = edition.appointments.select_related("user", "contest").order_by("role", "pk")
    context = {"edition": edition, "form": form, "appointments": appointments}
    return render(request, "contests/people.html", context, status=422 if form.errors else 200)


@require_POST
def end_appointment(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(Appointment.objects.select_related("edition"), pk=pk)
    admit(request, permissions.organise_edition, held.edition)
    actions.end_appointment(appointment=held, by=request.user, at=request.at)
    return redirect("contests:people", held.edition.slug)
