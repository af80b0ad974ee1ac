"""Ties between jurors and entries: the juror's own page, and the organiser's list."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation import jobs, keyset
from leitai.foundation.doors import admit
from leitai.rooms.jury import actions, permissions, queries
from leitai.rooms.jury.forms import DeclareForm, ObjectForm, WhyForm
from leitai.rooms.jury.models import Conflict, ConflictSearch, Juror
from leitai.rooms.jury.rules import ConflictGround, ConflictSource
from leitai.rooms.jury.views import finding
from leitai.rooms.jury.views.jurors import contest_of, juror_of


def titles(request: HttpRequest, pk: int) -> HttpResponse:
    """What a juror may look through to say: with this one I have a tie."""
    juror = juror_of(pk)
    admit(request, permissions.be_juror, juror)
    rows = queries.titles(juror)
    blind = juror.contest.is_veiled
    if words := request.GET.get("q", "").strip():
        rows = rows.filter(_asked(words, is_blind=blind))
    context = {
        "juror": juror,
        "contest": juror.contest,
        "page": keyset.page(rows, by=("code",), cursor=request.GET.get("page", "")),
        "filters": request.GET,
        "form": DeclareForm(),
        "is_blind": blind,
        "declared": juror.conflicts.in_force().filter(source=ConflictSource.DECLARED).count(),
    }
    return render(request, "jury/titles.html", context)


@require_POST
def declaration(request: HttpRequest, pk: int, entry_id: int) -> HttpResponse:
    juror = juror_of(pk)
    admit(request, permissions.be_juror, juror)
    entry = get_object_or_404(queries.titles(juror), pk=entry_id)
    form = DeclareForm(request.POST)
    if form.is_valid():
        actions.declare_conflict(
            juror=juror, entry=entry, by=request.user, at=request.at, **form.cleaned_data
        )
        messages.success(request, _("Noted. You will not see this entry again."))
    return redirect("jury:titles", juror.pk)


def conflicts(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = contest_of(contest_id)
    admit(request, permissions.run_jury, contest)
    called = finding.among(Juror.objects.filter(contest=contest), request)
    if finding.is_search(request):
        return finding.names(request, called)
    rows = _filtered(queries.conflicts(contest), request.GET)
    rows = rows.exclude(entry__in=queries.tied_entries(request.user))
    context = {
        "contest": contest,
        "page": keyset.page(rows, by=("-pk",), cursor=request.GET.get("page", "")),
        "total": keyset.total(rows),
        "filters": request.GET,
        "sources": ConflictSource.choices,
        "grounds": ConflictGround.choices,
        "form": ObjectForm(contest=contest),
        "called": called,
        "search": ConflictSearch.objects.filter(contest=contest).select_related("job").first(),
        "may_rule": permissions.rule_jury(request.user, contest),
    }
    return render(request, "jury/conflicts.html", context)


@require_POST
def derivation(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = contest_of(contest_id)
    admit(request, permissions.run_jury, contest)
    actions.search_conflicts(contest=contest, by=request.user, at=request.at)
    return redirect("jury:conflicts", contest.pk)


def derivation_progress(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = contest_of(contest_id)
    admit(request, permissions.run_jury, contest)
    search = get_object_or_404(ConflictSearch.objects.exclude(job=None), contest=contest)
    url = reverse("jury:derivation_progress", args=[contest.pk])
    return jobs.answer(request, search.job, label=_("Search of the records"), url=url)


@require_POST
def objection(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = contest_of(contest_id)
    admit(request, permissions.run_jury, contest)
    form = ObjectForm(request.POST, contest=contest)
    if form.is_valid():
        actions.object_to_juror(by=request.user, at=request.at, **form.cleaned_data)
        messages.success(request, _("The objection is noted and in force."))
        return redirect("jury:conflicts", contest.pk)
    chosen = form.cleaned_data.get("juror")
    rows = Juror.objects.filter(contest=contest)
    called = queries.called(rows.filter(pk=chosen.pk) if chosen else rows, "")
    context = {"contest": contest, "form": form, "called": called, "chosen": chosen and chosen.pk}
    return render(request, "jury/objection.html", context, status=422)


def lifting(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked on a page of its own, because a reason is owed."""
    known = Conflict.objects.select_related("juror__contest__edition", "entry")
    conflict = get_object_or_404(known, pk=pk)
    admit(request, permissions.lift_conflict, conflict)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        actions.lift_conflict(
            conflict=conflict, by=request.user, at=request.at, **form.cleaned_data
        )
        messages.success(request, _("Lifted; the reason is kept."))
        return redirect("jury:conflicts", conflict.juror.contest_id)
    context = {"contest": conflict.juror.contest, "conflict": conflict, "form": form}
    return render(request, "jury/lifting.html", context, status=422 if form.is_bound else 200)


def _asked(words: str, *, is_blind: bool) -> Q:
    """Nobody finds a code by a name that stands in a hidden title."""
    if is_blind:
        return Q(code__istartswith=words)
    return Q(title_zh__icontains=words) | Q(title_en__icontains=words)


def _filtered(rows: Any, asked: Any) -> Any:
    if asked.get("source") in ConflictSource.values:
        rows = rows.filter(source=asked["source"])
    if asked.get("ground") in ConflictGround.values:
        rows = rows.filter(ground=asked["ground"])
    if asked.get("lifted") != "yes":
        rows = rows.in_force()
    if words := asked.get("q", "").strip():
        rows = rows.filter(juror__name__icontains=words) | rows.filter(entry__code__iexact=words)
    return rows
