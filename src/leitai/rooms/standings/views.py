"""Pages about standings: the organiser's, the public's and the team's."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leitai.foundation import keyset
from leitai.foundation.doors import admit, public
from leitai.foundation.refusals import NotPossible
from leitai.foundation.tables.write import write_csv
from leitai.rooms.contests.models import Contest
from leitai.rooms.jury import queries as jury
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import actions, permissions, queries
from leitai.rooms.standings.forms import (
    FORMULAS,
    ComputeForm,
    DecideForm,
    FilterForm,
    PublishForm,
    SignForm,
    TieForm,
)
from leitai.rooms.standings.models import Decision, Publication, ReleasedComment, Standing
from leitai.rooms.submissions.models import Entry


def overview(request: HttpRequest, stage_id: int) -> HttpResponse:
    """The newest standing of a stage, and everything one may do about it."""
    stage = _stage(stage_id)
    admit(request, permissions.make_standing, stage)
    number = request.GET.get("number", "")
    standing = queries.newest(stage)
    if number.isdecimal():
        standing = get_object_or_404(stage.standings, number=int(number[:6]))
    context = {
        "contest": stage.contest, "stage": stage, "standing": standing,
        "missing": jury.missing(stage), "history": stage.standings.select_related("by"),
        "compute": ComputeForm(initial={"formula": stage.rule.formula}), "formulas": FORMULAS,
        **(_standing(request, standing) if standing else {}),
    }  # fmt: skip
    return render(request, "standings/overview.html", context)


def _standing(request: HttpRequest, standing: Standing) -> dict[str, Any]:
    form = FilterForm(request.GET, contest=standing.stage.contest)
    rows = queries.places(standing, **form.chosen())
    cursor = request.GET.get("cursor", "")
    page = keyset.page(rows, by=["rank", "id"], cursor=cursor, size=100)
    decision = Decision.objects.filter(standing=standing).first()
    return {
        "filter": form, "page": page, "counts": queries.counts(standing), "decision": decision,
        "signatures": decision.signatures.all() if decision else [],
        "publication": standing.publications.first(), "ties": _ties(standing),
        "decide_form": DecideForm(), "sign_form": SignForm(), "publish_form": PublishForm(),
    }  # fmt: skip


def _ties(standing: Standing) -> list[dict[str, Any]]:
    """Each open tie with its entries and a form that names them in their present order."""
    told = []
    for note in standing.open_ties:
        level = Entry.objects.filter(pk__in=note["entries"]).order_by("code")
        codes = "\n".join(entry.code for entry in level)
        told.append({**note, "level": level, "form": TieForm(initial={"order": codes})})
    return told


@require_POST
def compute(request: HttpRequest, stage_id: int) -> HttpResponse:
    stage = _stage(stage_id)
    admit(request, permissions.make_standing, stage)
    form = ComputeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose a formula."))
        return redirect("standings:overview", stage.pk)
    try:
        standing = actions.compute_standing(
            stage=stage, **form.cleaned_data, by=request.user, at=request.at
        )
    except NotPossible as refusal:
        messages.error(request, refusal.verdict.reason)
    else:
        messages.success(request, _("Standing %d is computed.") % standing.number)
    return redirect("standings:overview", stage.pk)


def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """What another formula would change; nothing is kept."""
    standing = _standing_row(pk)
    admit(request, permissions.decide, standing)
    formula = request.GET.get("formula", "")
    formula = formula if formula in FORMULAS else "mean"
    context: dict[str, Any] = {
        "contest": standing.stage.contest, "stage": standing.stage, "standing": standing,
        "formula": formula, "formulas": FORMULAS,
    }  # fmt: skip
    try:
        made, comes_in, drops_out = queries.compare(standing, formula)
    except ValueError as refusal:
        context["refusal"] = str(refusal)
    else:
        context |= _compared(standing, made.by_entry(), comes_in, drops_out)
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
    standing = _standing_row(pk)
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


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    standing = _standing_row(pk)
    admit(request, permissions.decide, standing)
    text = request.POST.get("text", "")[:4000]
    actions.decide(standing=standing, text=text, by=request.user, at=request.at)
    messages.success(request, _("Decided. Now the members of the committee sign."))
    return redirect("standings:overview", standing.stage_id)


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    standing = _standing_row(pk)
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
    standing = _standing_row(pk)
    admit(request, permissions.publish, standing)
    reason = request.POST.get("reason", "")[:300]
    made = actions.publish(standing=standing, reason=reason, by=request.user, at=request.at)
    messages.success(request, _("Published as version %d.") % made.number)
    return redirect("standings:overview", standing.stage_id)


def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision record, to be printed and signed by hand where that is asked for."""
    standing = _standing_row(pk)
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
    standing = _standing_row(pk)
    admit(request, permissions.decide, standing)
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


def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """Jurors' words on their way to the teams."""
    publication = _publication(pk)
    stage = publication.standing.stage
    admit(request, permissions.release_comments, stage)
    is_released = request.GET.get("state") == "released"
    rows = queries.comments(stage, is_released=is_released)
    page = keyset.page(rows, by=["entry__code", "id"], cursor=request.GET.get("cursor", ""))
    waiting = queries.comments(stage, is_released=False).count()
    context = {
        "contest": publication.contest, "stage": stage, "publication": publication, "page": page,
        "is_released": is_released, "waiting": waiting,
    }  # fmt: skip
    return render(request, "standings/comments.html", context)


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    publication = _publication(pk)
    stage = publication.standing.stage
    admit(request, permissions.release_comments, stage)
    waiting = queries.comments(stage, is_released=False)
    if request.POST.get("all") != "yes":
        chosen = [int(s) for s in request.POST.getlist("sheet") if s.isdecimal()]
        waiting = waiting.filter(pk__in=chosen)
    n = actions.release_comments(
        publication=publication, sheets=list(waiting), by=request.user, at=request.at
    )
    words = ngettext("%d comment is released.", "%d comments are released.", n) % n
    messages.success(request, words)
    return redirect("standings:comments", publication.pk)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    comment = get_object_or_404(
        ReleasedComment.objects.select_related("publication__standing__stage__contest__edition"),
        pk=pk,
    )
    publication = comment.publication
    admit(request, permissions.release_comments, publication.standing.stage)
    actions.take_comment_back(comment=comment, by=request.user, at=request.at)
    return redirect("standings:comments", publication.pk)


@public
def notice(request: HttpRequest, edition: str, contest: str, number: int) -> HttpResponse:
    publication = get_object_or_404(
        Publication.objects.select_related("contest__edition", "standing__stage"),
        contest__edition__slug=edition, contest__slug=contest, number=number,
    )  # fmt: skip
    admit(request, permissions.read_notice, publication)
    newest = queries.last_publication(publication.contest)
    context = {
        "publication": publication, "contest": publication.contest,
        "edition": publication.contest.edition, "newest": newest,
        "rows": publication.body["rows"], "stage": publication.standing.stage,
        "is_running": request.at < publication.notice_until,
    }  # fmt: skip
    return render(request, "standings/notice.html", context)


@public
def notices(request: HttpRequest, edition: str, contest: str) -> HttpResponse:
    held = get_object_or_404(
        Contest.objects.select_related("edition"), edition__slug=edition, slug=contest
    )
    admit(request, permissions.read_notices, held)
    context = {"contest": held, "edition": held.edition, "publications": held.publications.all()}
    return render(request, "standings/notices.html", context)


def result(request: HttpRequest, pk: int) -> HttpResponse:
    """The team's own result: its score, its place's outcome, what jurors said."""
    entry = get_object_or_404(Entry.objects.select_related("contest__edition", "scenario"), pk=pk)
    admit(request, permissions.read_result, entry)
    place = queries.result(entry)
    assert place is not None  # read_result asked
    context = {
        "entry": entry, "contest": entry.contest, "place": place, "stage": place.standing.stage,
        "formula": FORMULAS[place.standing.formula], "means": queries.own_means(place),
        "comments": queries.released(entry), "publication": place.standing.publications.first(),
    }  # fmt: skip
    return render(request, "standings/result.html", context)


def _stage(pk: int) -> Stage:
    return get_object_or_404(
        Stage.objects.select_related("contest__edition", "contest__ruleset"), pk=pk
    )


def _standing_row(pk: int) -> Standing:
    related = ("stage__contest__edition", "stage__contest__ruleset")
    return get_object_or_404(Standing.objects.select_related(*related), pk=pk)


def _publication(pk: int) -> Publication:
    related = ("contest__edition", "standing__stage__contest__edition")
    return get_object_or_404(Publication.objects.select_related(*related), pk=pk)
