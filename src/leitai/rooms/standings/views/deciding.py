"""Deciding, signing, publishing, and the record of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation.doors import admit
from leitai.foundation.tables.write import write_csv
from leitai.rooms.jury.actions import note_marks_read
from leitai.rooms.standings import actions, permissions, queries
from leitai.rooms.standings.forms import (
    FORMULAS,
    SignForm,
)
from leitai.rooms.standings.models import Decision
from leitai.rooms.standings.views.making import standing_row


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    standing = standing_row(pk)
    admit(request, permissions.decide, standing)
    text = request.POST.get("text", "")[:4000]
    actions.decide(standing=standing, text=text, by=request.user, at=request.at)
    messages.success(request, _("Decided. Now the members of the committee sign."))
    return redirect("standings:overview", standing.stage_id)


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    standing = standing_row(pk)
    admit(request, permissions.decide, standing)
    decision = get_object_or_404(Decision, standing=standing)
    form = SignForm(request.POST)
    if form.is_valid():
        actions.sign(decision=decision, **form.cleaned_data, by=request.user, at=request.at)
    else:
        messages.error(request, _("Please give the name of the person who signs."))
    return redirect("standings:overview", standing.stage_id)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    standing = standing_row(pk)
    admit(request, permissions.publish, standing)
    reason = request.POST.get("reason", "")[:300]
    made = actions.publish(standing=standing, reason=reason, by=request.user, at=request.at)
    messages.success(request, _("Published as version %d.") % made.number)
    return redirect("standings:overview", standing.stage_id)


def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision record, to be printed and signed by hand where that is asked for."""
    standing = standing_row(pk)
    admit(request, permissions.decide, standing)
    decision = get_object_or_404(Decision.objects.select_related("by"), standing=standing)
    context = {
        "standing": standing, "stage": standing.stage, "contest": standing.stage.contest,
        "decision": decision, "signatures": decision.signatures.all(),
        "places": queries.places(standing, outcome="in"),
        "reserves": queries.places(standing, outcome="reserve"),
        "formula": FORMULAS[standing.formula],
    }  # fmt: skip
    return render(request, "standings/record.html", context)


def export(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    standing = standing_row(pk)
    admit(request, permissions.decide, standing)
    note_marks_read(stage=standing.stage, by=request.user, at=request.at)
    headers = ["rank", "group_rank", "code", "title_zh", "title_en", "scenario", "score", "raw",
               "sheets", "range", "outcome", "tie_broken_by"]  # fmt: skip
    rows = (
        [p.rank, p.group_rank, p.entry.code, p.entry.title_zh, p.entry.title_en,
         p.entry.scenario.code if p.entry.scenario else "", p.score, p.raw, p.sheets, p.spread,
         p.outcome, p.broken_by]
        for p in queries.places(standing)
    )  # fmt: skip
    answer = StreamingHttpResponse(write_csv(headers, rows), content_type="text/csv; charset=utf-8")
    name = f"standing-{standing.stage.code}-{standing.number}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
