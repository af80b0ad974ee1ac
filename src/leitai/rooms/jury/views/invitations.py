"""What the link in the letter opens, and what organisers do with those who are proposed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation import keyset
from leitai.foundation.doors import admit, public
from leitai.foundation.refusals import NotFound, NotPossible
from leitai.foundation.verdicts import HIDDEN
from leitai.rooms.jury import actions, notices, permissions, queries
from leitai.rooms.jury.forms import ColleagueForm, RefusalForm
from leitai.rooms.jury.models import Colleague, Juror
from leitai.rooms.jury.rules import ColleagueState
from leitai.rooms.jury.views.jurors import contest_of


@public
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Open to whoever holds the letter; to say yes one signs in, to say no one need not."""
    juror = juror_of(token)
    return _letter(request, juror, token, ColleagueForm(initial={"kind": juror.kind}))


@require_POST
def acceptance(request: HttpRequest, token: str) -> HttpResponse:
    juror = juror_of(token)
    admit(request, permissions.answer_invitation, juror)
    actions.accept_invitation(juror=juror, by=request.user, at=request.at)
    messages.success(request, _("Welcome to the jury. A few things come before the papers."))
    return redirect("jury:readiness_of", juror.pk)


@public
@require_POST
def refusal(request: HttpRequest, token: str) -> HttpResponse:
    juror = juror_of(token)
    form = RefusalForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    actions.decline_invitation(juror=juror, why=why, by=None, at=request.at)
    return redirect("jury:invitation", token)


@public
@require_POST
def proposal(request: HttpRequest, token: str) -> HttpResponse:
    """Needs no account either; the letter says who proposes."""
    juror = juror_of(token)
    form = ColleagueForm(request.POST)
    if not form.is_valid():
        return _letter(request, juror, token, form, status=422)
    try:
        actions.propose_colleague(juror=juror, by=None, at=request.at, **form.cleaned_data)
    except NotPossible as refusal:
        form.add_error(None, str(refusal.verdict.reason))
        return _letter(request, juror, token, form, status=409)
    messages.success(request, _("Thank you. The organiser decides whether to write to them."))
    return redirect("jury:invitation", token)


def colleagues(request: HttpRequest, contest_id: int) -> HttpResponse:
    """Who was proposed by whom, the undecided first."""
    contest = contest_of(contest_id)
    admit(request, permissions.run_jury, contest)
    rows = queries.colleagues(contest)
    state = request.GET.get("state", "")
    if state in ColleagueState.values:
        rows = rows.filter(state=state)
    context = {
        "contest": contest,
        "page": keyset.page(rows, by=("-pk",), cursor=request.GET.get("page", "")),
        "states": ColleagueState.choices,
        "filters": request.GET,
    }
    return render(request, "jury/colleagues.html", context)


@require_POST
def colleague_invited(request: HttpRequest, pk: int) -> HttpResponse:
    colleague = _colleague(pk)
    admit(request, permissions.decide_colleague, colleague)
    actions.invite_colleague(colleague=colleague, by=request.user, at=request.at)
    words = _("A letter is on its way to {name}.").format(name=colleague.name)
    messages.success(request, words)
    return redirect("jury:colleagues", colleague.juror.contest_id)


@require_POST
def colleague_refused(request: HttpRequest, pk: int) -> HttpResponse:
    colleague = _colleague(pk)
    admit(request, permissions.decide_colleague, colleague)
    actions.refuse_colleague(colleague=colleague, by=request.user, at=request.at)
    messages.success(request, _("Not invited; nobody was told."))
    return redirect("jury:colleagues", colleague.juror.contest_id)


def _letter(
    request: HttpRequest, juror: Juror, token: str, form: Any, *, status: int = 200
) -> HttpResponse:
    context = {
        "juror": juror,
        "contest": juror.contest,
        "token": token,
        "may_answer": juror.may_answer(request.at),
        "may_accept": permissions.answer_invitation(request.user, juror),
        "may_propose": juror.may_propose(request.at),
        "proposed": juror.colleagues.order_by("pk"),
        "refusal": RefusalForm(),
        "form": form,
    }
    return render(request, "jury/invitation.html", context, status=status)


def juror_of(token: str) -> Juror:
    juror = notices.juror_of(token)
    if juror is None:
        raise NotFound(HIDDEN)
    return juror


def _colleague(pk: int) -> Colleague:
    return get_object_or_404(Colleague.objects.select_related("juror__contest__edition"), pk=pk)
