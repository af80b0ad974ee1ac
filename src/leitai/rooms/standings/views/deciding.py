"""Deciding, signing, publishing, and the record of it."""

from io import BytesIO
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leitai.foundation.doors import admit
from leitai.foundation.files.serve import respond
from leitai.foundation.files.typeset import typeset
from leitai.foundation.tables.responses import table_response
from leitai.rooms.jury.actions import note_marks_read
from leitai.rooms.standings import actions, permissions, queries
from leitai.rooms.standings.forms import FORMULAS, DecideForm
from leitai.rooms.standings.models import Decision, Standing
from leitai.rooms.standings.views.making import standing_row
from leitai.rooms.standings.views.prints import record_words

SOURCE = Path(__file__).parents[1] / "typst/record.typ"


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    standing = standing_row(pk)
    admit(request, permissions.decide, standing)
    form = DecideForm(request.POST, standing=standing)
    if not form.is_valid():
        messages.error(request, _("Please write down what was decided, in a sentence."))
        return redirect("standings:meeting", standing.stage_id)
    actions.decide(standing=standing, **form.decision(), by=request.user, at=request.at)
    messages.success(request, _("Decided. Now the members of the committee sign."))
    return redirect("standings:overview", standing.stage_id)


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """With the own account, by those who were present."""
    standing = standing_row(pk)
    admit(request, permissions.read_record, standing)
    actions.sign(decision=_decision(standing), by=request.user, at=request.at)
    messages.success(request, _("Signed."))
    return redirect("standings:record", standing.pk)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    standing = standing_row(pk)
    admit(request, permissions.publish, standing)
    reason = request.POST.get("reason", "")[:300]
    made = actions.publish(standing=standing, reason=reason, by=request.user, at=request.at)
    messages.success(request, _("Published as version %d.") % made.number)
    return redirect("standings:overview", standing.stage_id)


@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided, by whom and why; those who were present sign here."""
    standing = standing_row(pk)
    admit(request, permissions.read_record, standing)
    decision = _decision(standing)
    as_whom = queries.own_signature(request.user, decision)
    signed = decision.signatures.select_related("attendee")
    has_signed = any(s.by_id == request.user.pk for s in signed)
    context = {
        "stage": standing.stage, "contest": standing.stage.contest, "has_signed": has_signed,
        "may_sign": as_whom and not as_whom.left_for and not has_signed,
        "works_here": bool(permissions.make_standing(request.user, standing.stage)),
        **_record(decision),
    }  # fmt: skip
    return render(request, "standings/record.html", context)


def _decision(standing: Standing) -> Decision:
    """Of a standing in which a place changed hands, the record that it stands on."""
    decision = queries.decision_of(standing)
    if decision is None:
        raise Http404
    return decision


def _record(decision: Decision) -> dict[str, Any]:
    held = decision.standing
    return {
        "standing": held, "decision": decision, "formula": FORMULAS[held.formula],
        "signatures": decision.signatures.select_related("attendee"),
        "present": decision.particulars.get("present", []),
        "reasons": decision.particulars.get("reasons", ""),
        "wanted": decision.particulars.get("signatures", 1),
        "special": decision.special_places.select_related("entry"),
        "vacant": [a for a in held.amendments if a["what"] == "vacant"],
        "places": queries.places(held, outcome="in"),
        "reserves": queries.places(held, outcome="reserve"),
    }  # fmt: skip


@require_GET
def record_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The record as a PDF, with a line for each who signs by hand."""
    standing = standing_row(pk)
    admit(request, permissions.read_record, standing)
    told = _record(_decision(standing))
    words = record_words(standing.stage, told)
    name = f"decision-{standing.stage.contest.slug}-{standing.stage.code}-{standing.number}.pdf"
    content = BytesIO(typeset(SOURCE, words=words))
    return respond(content, name=name, kind="application/pdf", inline=True)


def export(request: HttpRequest, pk: int) -> HttpResponseBase:
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
    name = f"standing-{standing.stage.code}-{standing.number}.csv"
    return table_response(headers, rows, name=name)
