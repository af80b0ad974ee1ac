"""The organisers' page: the list of awards on its way to the public."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leitai.foundation.doors import admit
from leitai.rooms.awards import actions, permissions, queries, rules
from leitai.rooms.awards.forms import EntryForm, SpecialForm, WhyForm
from leitai.rooms.awards.models import Award, Slate
from leitai.rooms.contests.models import Contest
from leitai.rooms.standings.models import Publication
from leitai.rooms.submissions.models import Entry

OF_SLATE = ("contest__edition", "contest__ruleset", "publication__standing__stage")


def contest_of(contest_id: int) -> Contest:
    rows = Contest.objects.select_related("edition", "ruleset")
    return get_object_or_404(rows, pk=contest_id)


def slate_of(pk: int) -> Slate:
    return get_object_or_404(Slate.objects.select_related(*OF_SLATE), pk=pk)


def award_of(pk: int) -> Award:
    related = [f"slate__{name}" for name in OF_SLATE]
    return get_object_or_404(Award.objects.select_related(*related), pk=pk)


@require_GET
def desk(request: HttpRequest, contest_id: int) -> HttpResponse:
    """The newest list; before it is published only those see it who make or approve it."""
    contest = contest_of(contest_id)
    admit(request, permissions.read_desk, contest)
    slate, notice = queries.last_slate(contest), queries.newest_notice(contest)
    if slate and not permissions.read_slate(request.user, slate):
        slate = queries.published(contest)
    context = {
        "contest": contest, "slate": slate, "notice": notice, "asks": contest.rules.awards,
        "may_propose": notice and permissions.propose(request.user, notice),
        **(_slate(request, slate, notice) if slate else {}),
    }  # fmt: skip
    return render(request, "awards/desk.html", context)


def _slate(request: HttpRequest, slate: Slate, notice: Publication | None) -> dict[str, Any]:
    seats, approvals = list(queries.seats(slate)), list(slate.approvals.select_related("by"))
    user = request.user
    may_change = permissions.change_slate(user, slate)
    asked = rules.may_approve(
        slate.state, open_seats=sum(s.is_open for s in seats),
        ties=sum(s.is_tied for s in seats),
        has_approved=any(a.by_id == user.pk for a in approvals),
    )  # fmt: skip
    names = Entry.objects.in_bulk([one["entry"] for one in slate.taken_out])
    return {
        "seats": seats, "approvals": approvals, "may_change": may_change,
        "is_open": may_change and slate.may_change(why="-"),
        "may_approve": permissions.approve(user, slate), "approval": asked,
        "has_approved": any(a.by_id == user.pk for a in approvals),
        "publication": rules.may_publish(slate.state, is_newest_notice=slate.publication == notice),
        "is_old": notice is not None and slate.publication_id != notice.pk,
        "taken_out": [(names.get(one["entry"]), one["why"]) for one in slate.taken_out],
        "winner": EntryForm(contest=slate.contest, auto_id=False),
        "special": SpecialForm(contest=slate.contest), "why": WhyForm(auto_id=False),
        "out": EntryForm(contest=slate.contest, prefix="out"),
        "runs": permissions.run_certificates(user, slate.contest),
        "history": slate.contest.slates.order_by("-number"),
    }  # fmt: skip


@require_POST
def propose(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = contest_of(contest_id)
    admit(request, permissions.read_desk, contest)
    notice = queries.newest_notice(contest)
    if notice is None:
        messages.error(request, _("There is no published result yet; awards come from one."))
        return redirect("awards:desk", contest.pk)
    admit(request, permissions.propose, notice)
    actions.propose_slate(publication=notice, by=request.user, at=request.at)
    messages.success(request, _("Proposed by place, as the rules say."))
    return redirect("awards:desk", contest.pk)


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    return _of_slate(request, pk, permissions.approve, actions.approve, _("Approved."))


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("Your approval is taken back.")
    return _of_slate(request, pk, permissions.approve, actions.take_back_approval, done)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("Published.")
    return _of_slate(request, pk, permissions.change_slate, actions.publish_slate, done)


def _of_slate(
    request: HttpRequest, pk: int, permission: Callable[..., Any], action: Any, done: str
) -> HttpResponse:
    slate = slate_of(pk)
    admit(request, permission, slate)
    action(slate=slate, by=request.user, at=request.at)
    messages.success(request, done)
    return redirect("awards:desk", slate.contest_id)


@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    slate = slate_of(pk)
    admit(request, permissions.change_slate, slate)
    form = EntryForm(request.POST, contest=slate.contest, prefix="out")
    if _fits(request, form):
        actions.take_out(slate=slate, **form.chosen(), by=request.user, at=request.at)
    return redirect("awards:desk", slate.contest_id)


@require_POST
def add_special(request: HttpRequest, pk: int) -> HttpResponse:
    slate = slate_of(pk)
    admit(request, permissions.change_slate, slate)
    form = SpecialForm(request.POST, contest=slate.contest)
    if _fits(request, form):
        actions.add_special(slate=slate, **form.chosen(), by=request.user, at=request.at)
    return redirect("awards:desk", slate.contest_id)


@require_POST
def name_winner(request: HttpRequest, pk: int) -> HttpResponse:
    award = award_of(pk)
    admit(request, permissions.change_award, award)
    form = EntryForm(request.POST, contest=award.slate.contest)
    if _fits(request, form):
        actions.name_winner(award=award, **form.chosen(), by=request.user, at=request.at)
    return redirect("awards:desk", award.slate.contest_id)


@require_POST
def leave_vacant(request: HttpRequest, pk: int) -> HttpResponse:
    award = award_of(pk)
    admit(request, permissions.change_award, award)
    form = WhyForm(request.POST)
    if _fits(request, form):
        actions.leave_vacant(award=award, **form.cleaned_data, by=request.user, at=request.at)
    return redirect("awards:desk", award.slate.contest_id)


@require_POST
def drop_special(request: HttpRequest, pk: int) -> HttpResponse:
    award = award_of(pk)
    admit(request, permissions.change_award, award)
    actions.drop_special(award=award, by=request.user, at=request.at)
    return redirect("awards:desk", award.slate.contest_id)


def _fits(request: HttpRequest, form: Any) -> bool:
    """What does not fit is told in a message: the page is long, and nothing typed is."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        messages.error(request, f"{label}: {errors[0]}" if label else errors[0])
    return form.is_valid()
