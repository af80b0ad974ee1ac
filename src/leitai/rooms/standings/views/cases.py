"""Objections as organisers run them and panels hear them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation import keyset
from leitai.foundation.doors import admit
from leitai.foundation.files.serve import PDF, link_to
from leitai.rooms.contests.models import Contest
from leitai.rooms.standings import actions, permissions, queries
from leitai.rooms.standings.forms import SeatForm, VoteForm, WordsForm
from leitai.rooms.standings.models import Appeal, AppealFile, Panelist
from leitai.rooms.standings.rules.appeals import UNDER_WAY, AppealState, Finding
from leitai.rooms.standings.views.appeals import RELATED, appeal_row


def appeals(request: HttpRequest, contest_id: int) -> HttpResponse:
    """All objections of a contest with their states and what is due; nobody's name."""
    contest = get_object_or_404(Contest.objects.select_related("edition", "ruleset"), pk=contest_id)
    admit(request, permissions.list_appeals, contest)
    only_open = request.GET.get("state") == "open"
    rows = queries.appeals(contest, request.user, only_open=only_open)
    last = queries.last_publication(contest)
    context = {
        "contest": contest, "only_open": only_open,
        "page": keyset.page(rows, by=["-number"], cursor=request.GET.get("cursor", "")),
        "corrections_wait": queries.corrections(contest, state="asked").count(),
        "unknown": queries.unknown_years(last) if last else [],
    }  # fmt: skip
    return render(request, "standings/appeals.html", context)


def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """One case, for those who run it and those who hear it."""
    found = appeal_row(pk)
    admit(request, permissions.read_appeal, found)
    return _case(request, found)


def _case(request: HttpRequest, found: Appeal, status: int = 200, **forms: Any) -> HttpResponse:
    contest, user = found.publication.contest, request.user
    panel = list(found.panelists.select_related("user"))
    at_desk = permissions.list_appeals(user, contest)
    context = {
        "appeal": found, "contest": contest, "stage": found.publication.standing.stage,
        "panel": panel, "mine": next((p for p in panel if p.user_id == user.pk), None),
        "files": found.files.filter(is_seal=False).select_related("file"),
        "hearing": getattr(found, "hearing", None), "runs": permissions.run_appeal(user, found),
        "is_under_way": found.state in UNDER_WAY, "is_filed": found.state == AppealState.FILED,
        "may_decide": found.may_decide(reason="…", at=request.at),
        "is_late": found.is_late(request.at),
        "versions": contest.publications.filter(number__gt=found.publication.number),
        "needs_remedy": found.finding in (Finding.UPHELD, Finding.PARTLY) and not found.remedy_id,
        "wanted": contest.rules.notice.appeals.panel_size,
        "base": "site/contest_desk.html" if at_desk else "site/desk.html",
        **_forms(), **forms,
    }  # fmt: skip
    return render(request, "standings/appeal.html", context, status=status)


def _forms() -> dict[str, Any]:
    return {
        "charge_form": WordsForm(label=_("What the team is told of it"), name="charge"),
        "refuse_form": WordsForm(label=_("Why it is not taken up"), name="refuse"),
        "ask_form": WordsForm(label=_("Which evidence is missing"), name="ask"),
        "reason_form": WordsForm(label=_("The panel's reason"), name="reason"),
        "answer_form": WordsForm(label=_("The letter to the objector"), name="answer"),
        "seat_form": SeatForm(),
        "vote_form": VoteForm(),
    }


@require_POST
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    found = appeal_row(pk)
    admit(request, permissions.run_appeal, found)
    actions.take_up_appeal(appeal=found, charge=_words(request), by=request.user, at=request.at)
    return _done(request, found, _("Taken up. Choose the panel next."))


@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    found = appeal_row(pk)
    admit(request, permissions.run_appeal, found)
    actions.refuse_appeal(appeal=found, reply=_words(request), by=request.user, at=request.at)
    return _done(request, found, _("Refused; the objector reads why."))


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    found = appeal_row(pk)
    admit(request, permissions.run_appeal, found)
    actions.ask_evidence(appeal=found, asked_for=_words(request), by=request.user, at=request.at)
    return _done(request, found, _("Asked; the case waits for it."))


@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    found = appeal_row(pk)
    admit(request, permissions.run_appeal, found)
    actions.go_on_without(appeal=found, by=request.user, at=request.at)
    return _done(request, found, _("The case goes on."))


@require_POST
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    found = appeal_row(pk)
    admit(request, permissions.run_appeal, found)
    form = SeatForm(request.POST)
    if not form.is_valid():
        return _case(request, found, status=422, seat_form=form)
    actions.seat_panelist(
        appeal=found, user=form.cleaned_data["email"], by=request.user, at=request.at
    )
    return _done(request, found, _("On the panel, and told by mail."))


@require_POST
def unseat(request: HttpRequest, pk: int) -> HttpResponse:
    related = [f"appeal__{name}" for name in RELATED]
    panelist = get_object_or_404(Panelist.objects.select_related(*related), pk=pk)
    admit(request, permissions.run_appeal, panelist.appeal)
    actions.unseat_panelist(panelist=panelist, by=request.user, at=request.at)
    return redirect("standings:appeal", panelist.appeal_id)


@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    found = appeal_row(pk)
    admit(request, permissions.hear_appeal, found)
    form = VoteForm(request.POST)
    if not form.is_valid():
        return _case(request, found, status=422, vote_form=form)
    panelist = get_object_or_404(found.panelists, user=request.user)
    actions.vote(panelist=panelist, by=request.user, at=request.at, **form.cleaned_data)
    return _done(request, found, _("Your vote is written down."))


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    found = appeal_row(pk)
    admit(request, permissions.run_appeal, found)
    actions.decide_appeal(appeal=found, reason=_words(request), by=request.user, at=request.at)
    return _done(request, found, _("Decided as the panel voted. Answer the objector next."))


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    found = appeal_row(pk)
    admit(request, permissions.run_appeal, found)
    actions.answer_appeal(appeal=found, answer=_words(request), by=request.user, at=request.at)
    return _done(request, found, _("Answered; objector and team are told."))


@require_POST
def remedy(request: HttpRequest, pk: int) -> HttpResponse:
    found = appeal_row(pk)
    admit(request, permissions.run_appeal, found)
    number = request.POST.get("number", "")
    wanted = int(number) if number.isdecimal() else 0
    publication = get_object_or_404(found.publication.contest.publications, number=wanted)
    actions.link_remedy(appeal=found, publication=publication, by=request.user, at=request.at)
    return _done(request, found, _("The new version is named."))


def objector(request: HttpRequest, pk: int) -> HttpResponse:
    """Who objects; each look leaves a line in the journal."""
    found = appeal_row(pk)
    admit(request, permissions.read_objector, found)
    actions.note_objector_read(appeal=found, by=request.user, at=request.at)
    seals = found.files.filter(is_seal=True).select_related("file")
    context = {"appeal": found, "objector": found.objector, "seals": seals,
               "contest": found.publication.contest}  # fmt: skip
    response = render(request, "standings/objector.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def appeal_file(request: HttpRequest, pk: int) -> HttpResponse:
    related = [f"appeal__{name}" for name in RELATED]
    file = get_object_or_404(AppealFile.objects.select_related("file", *related), pk=pk)
    admit(request, permissions.read_objector, file.appeal)
    if file.is_seal:
        actions.note_objector_read(appeal=file.appeal, by=request.user, at=request.at)
    mark = str(request.user) if file.file.kind == PDF else ""
    return redirect(link_to(file.file, reader=request.user, at=request.at, mark=mark))


def _words(request: HttpRequest) -> str:
    return request.POST.get("words", "")[:4000]


def _done(request: HttpRequest, found: Appeal, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("standings:appeal", found.pk)
