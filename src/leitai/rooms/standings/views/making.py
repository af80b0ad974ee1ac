"""Computing a standing, looking at it, comparing formulas, settling ties."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.algorithms import formulas
from leitai.foundation import keyset
from leitai.foundation.doors import admit
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.rules.words import told
from leitai.rooms.jury import queries as jury
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import actions, permissions, queries
from leitai.rooms.standings.forms import (
    FORMULAS,
    ComputeForm,
    FilterForm,
    PublishForm,
    TieForm,
)
from leitai.rooms.standings.models import Standing
from leitai.rooms.submissions.models import Entry


def overview(request: HttpRequest, stage_id: int) -> HttpResponse:
    """The newest standing of a stage, and everything one may do about it."""
    stage = stage_row(stage_id)
    admit(request, permissions.make_standing, stage)
    number = request.GET.get("number", "")
    standing = queries.newest(stage)
    if number.isdecimal():
        standing = get_object_or_404(stage.standings, number=int(number[:6]))
    form = ComputeForm(initial={"formula": stage.rule.formula})
    return render(request, "standings/overview.html", _overview(request, stage, standing, form))


def _overview(
    request: HttpRequest, stage: Stage, standing: Standing | None, form: ComputeForm
) -> dict[str, Any]:
    return {
        "contest": stage.contest, "stage": stage, "standing": standing,
        "missing": jury.missing(stage), "history": stage.standings.select_related("by"),
        "compute": form, "formulas": FORMULAS,
        **(_standing(request, standing) if standing else {}),
    }  # fmt: skip


def _standing(request: HttpRequest, standing: Standing) -> dict[str, Any]:
    form = FilterForm(request.GET, contest=standing.stage.contest)
    rows = queries.places(standing, **form.chosen())
    cursor = request.GET.get("cursor", "")
    page = keyset.page(rows, by=["rank", "id"], cursor=cursor, size=100)
    decision = queries.decision_of(standing)
    wanted = decision.particulars.get("signatures", 1) if decision else 0
    signatures = list(decision.signatures.all()) if decision else []
    return {
        "filter": form, "page": page, "counts": queries.counts(standing), "decision": decision,
        "signatures": signatures, "wanted": wanted, "is_signed": len(signatures) >= wanted,
        "may_sign": bool(decision) and not any(s.by_id == request.user.pk for s in signatures)
        and (not decision.particulars or queries.own_signature(request.user, decision)),
        "has_offers": standing.stage.offers.exists(),
        "publication": standing.publications.first(), "ties": _ties(standing),
        "publish_form": PublishForm(),
    }  # fmt: skip


def _ties(standing: Standing) -> list[dict[str, Any]]:
    """Each open tie with its entries and a form that names them in their present order."""
    ties, told = standing.open_ties, []
    known = Entry.objects.in_bulk([entry for note in ties for entry in note["entries"]])
    for n, note in enumerate(ties):
        level = sorted((known[entry] for entry in note["entries"]), key=lambda e: e.code)
        codes = "\n".join(entry.code for entry in level)
        form = TieForm(initial={"order": codes}, auto_id=f"tie-{n}-%s")
        told.append({**note, "level": level, "form": form})
    return told


@require_POST
def compute(request: HttpRequest, stage_id: int) -> HttpResponse:
    stage = stage_row(stage_id)
    admit(request, permissions.make_standing, stage)
    form = ComputeForm(request.POST)
    if form.is_valid():
        try:
            standing = actions.compute_standing(
                stage=stage, **form.cleaned_data, by=request.user, at=request.at
            )
        except NotPossible as refusal:
            form.add_error(None, refusal.verdict.reason)
        else:
            messages.success(request, _("Standing %d is computed.") % standing.number)
            return redirect("standings:overview", stage.pk)
    context = _overview(request, stage, queries.newest(stage), form)
    return render(request, "standings/overview.html", context, status=409)


def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """What another formula would change; nothing is kept."""
    standing = standing_row(pk)
    admit(request, permissions.decide, standing)
    formula = request.GET.get("formula", "")
    formula = formula if formula in FORMULAS else "mean"
    context: dict[str, Any] = {
        "contest": standing.stage.contest, "stage": standing.stage, "standing": standing,
        "formula": formula, "formulas": FORMULAS,
    }  # fmt: skip
    try:
        made, comes_in, drops_out = queries.compare(standing, formula)
    except formulas.NotComparable as refusal:
        context["refusal"] = told(refusal.notes)
    else:
        context |= _compared(standing, made, comes_in, drops_out)
    return render(request, "standings/compare.html", context)


def _compared(standing: Standing, then: dict, comes_in: set, drops_out: set) -> dict[str, Any]:
    now = {p.entry_id: p for p in standing.places.select_related("entry")}
    rows = [
        {"entry": now[e].entry, "now": now[e], "then": then[e], "is_in": e in comes_in}
        for e in sorted(comes_in | drops_out, key=lambda e: then[e].rank or 0)
        if e in now
    ]
    return {"rows": rows, "swaps": len(comes_in), "size": len(now)}


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    standing = standing_row(pk)
    admit(request, permissions.decide, standing)
    form = TieForm(request.POST)
    if form.is_valid():
        actions.settle_tie(
            standing=standing, order=form.entries(standing.stage.contest),
            why=form.cleaned_data["why"], by=request.user, at=request.at,
        )  # fmt: skip
        messages.success(request, _("The tie is settled; a new standing is computed."))
    else:
        messages.error(request, _("Please give the order and the reason."))
    return redirect("standings:overview", standing.stage_id)


def stage_row(pk: int) -> Stage:
    return get_object_or_404(
        Stage.objects.select_related("contest__edition", "contest__ruleset"), pk=pk
    )


def standing_row(pk: int) -> Standing:
    related = ("stage__contest__edition", "stage__contest__ruleset")
    return get_object_or_404(Standing.objects.select_related(*related), pk=pk)
