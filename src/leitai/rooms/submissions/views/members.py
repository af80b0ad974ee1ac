"""The team: its people, their invitations, and the demands it answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation.doors import admit, public, to_sign_in
from leitai.foundation.refusals import NotFound, NotPossible
from leitai.foundation.verdicts import HIDDEN
from leitai.rooms.demands import permissions as demands
from leitai.rooms.demands.models import Demand
from leitai.rooms.submissions import actions, permissions, queries, rules
from leitai.rooms.submissions.forms import AnswerForm, MemberForm
from leitai.rooms.submissions.models import Answer, Entry, Member
from leitai.rooms.submissions.views.team import entry_at, whole


def team(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is in the team; the captain invites."""
    entry = entry_at(pk)
    admit(request, permissions.lead if request.method == "POST" else permissions.read_own, entry)
    whole(entry)
    form = MemberForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.add_member(entry=entry, **form.cleaned_data, by=request.user, at=request.at)
        except NotPossible as refused:
            form.add_error(None, str(refused.verdict.reason))
        else:
            messages.success(request, _("Added to the team."))
            return redirect("submissions:team", entry.pk)
    rule = entry.contest.rules.entry
    context = {
        "entry": entry, "contest": entry.contest, "form": form, "title": queries.title_of(entry),
        "may_lead": permissions.lead(request.user, entry), "seats": queries.seats(entry),
        "may_edit": entry.may_edit(request.at), "least": rule.team_min, "most": rule.team_max,
    }  # fmt: skip
    return render(request, "submissions/team.html", context)


def _member(pk: int) -> Member:
    rows = Member.objects.select_related("entry__contest__edition", "entry__contest__ruleset")
    return get_object_or_404(rows, pk=pk)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    member = _member(pk)
    admit(request, permissions.leave, member)
    is_self = member.user_id == request.user.pk
    actions.remove_member(member=member, by=request.user, at=request.at)
    messages.success(request, _("Removed from the team."))
    if is_self:
        return redirect("submissions:mine")
    return redirect("submissions:team", member.entry_id)


@require_POST
def invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    member = _member(pk)
    admit(request, permissions.edit_member, member)
    actions.invite_again(member=member, by=request.user, at=request.at)
    messages.success(request, _("A new letter is on its way; the old link no longer works."))
    return redirect("submissions:team", member.entry_id)


@require_POST
def make_captain(request: HttpRequest, pk: int) -> HttpResponse:
    member = _member(pk)
    admit(request, permissions.edit_member, member)
    actions.change_captain(entry=member.entry, to=member, by=request.user, at=request.at)
    messages.success(request, _("The captaincy is handed over."))
    return redirect("submissions:team", member.entry_id)


@public
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Where the letter leads: sign in or up, then take the seat."""
    found = actions.read_invitation(token)
    if found is None:
        raise NotFound(HIDDEN)
    member, token_at = found
    verdict = rules.may_join(invited_at=member.invited_at, token_at=token_at, at=request.at)
    if member.user_id and member.user_id == getattr(request.user, "pk", None):
        return redirect("submissions:entry", member.entry_id)
    if request.method == "POST":
        if not request.user.is_authenticated:
            return to_sign_in(request)
        actions.join(member=member, token_at=token_at, by=request.user, at=request.at)
        messages.success(request, _("Welcome to the team."))
        return redirect("submissions:entry", member.entry_id)
    context = {
        "member": member, "entry": member.entry, "contest": member.entry.contest, "may": verdict,
        "title": queries.title_of(member.entry) if verdict else "",
    }  # fmt: skip
    return render(request, "submissions/join.html", context, status=200 if verdict else 410)


def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Which demands the entry answers, and what each owner may see."""
    entry = entry_at(pk)
    admit(request, permissions.edit if request.method == "POST" else permissions.read_own, entry)
    whole(entry)
    open_ones = queries.can_answer(request.user, entry)
    form = AnswerForm(
        open_ones, request.POST if request.method == "POST" else None,
        initial={"demand": request.GET.get("demand")},
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            _answer(request, entry, form.cleaned_data)
        except NotPossible as refused:
            form.add_error(None, str(refused.verdict.reason))
        else:
            messages.success(request, _("The answer is kept; it counts when you hand in."))
            return redirect("submissions:answers", entry.pk)
    given = entry.answers.select_related(
        "demand__scenario", "demand__owner", "demand__contest__edition"
    )
    context = {
        "entry": entry, "contest": entry.contest, "form": form, "title": queries.title_of(entry),
        "answers": [(a, open_ones.get(a.demand_id) or _name(request.user, a)) for a in given],
        "may_edit": permissions.edit(request.user, entry) and entry.may_edit(request.at),
        "may_consent": permissions.edit(request.user, entry), "most":
        entry.contest.rules.entry.answers_max, "has_demands": bool(open_ones),
    }  # fmt: skip
    return render(request, "submissions/answers.html", context)


def _name(user: Any, answer: Answer) -> str:
    """Of a demand that cannot be answered any more, or that a teammate was invited to."""
    may = demands.read_whole(user, answer.demand)
    return queries.name_of(answer.demand, is_masked=not may)


def _answer(request: HttpRequest, entry: Entry, chosen: dict) -> None:
    demand = get_object_or_404(Demand, pk=chosen["demand"])
    actions.answer_demand(
        entry=entry, demand=demand, shows=chosen["shows"], note=chosen["note"],
        by=request.user, at=request.at,
    )  # fmt: skip


def _answer_row(pk: int) -> Answer:
    rows = Answer.objects.select_related(
        "demand__owner", "entry__contest__edition", "entry__contest__ruleset"
    )
    return get_object_or_404(rows, pk=pk)


@require_POST
def remove_answer(request: HttpRequest, pk: int) -> HttpResponse:
    answer = _answer_row(pk)
    admit(request, permissions.edit_answer, answer)
    actions.remove_answer(answer=answer, by=request.user, at=request.at)
    messages.success(request, _("The answer is taken back."))
    return redirect("submissions:answers", answer.entry_id)


@require_POST
def take_back_consent(request: HttpRequest, pk: int) -> HttpResponse:
    answer = _answer_row(pk)
    admit(request, permissions.take_back_consent, answer)
    actions.take_back_consent(answer=answer, by=request.user, at=request.at)
    messages.success(request, _("From now on this owner sees no more than everybody."))
    return redirect("submissions:answers", answer.entry_id)
