"""The objector's own pages, and the team's that is heard."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation.doors import admit
from leitai.foundation.files.bad import BadFile
from leitai.foundation.files.uploads import takes_upload
from leitai.foundation.refusals import NotPossible
from leitai.rooms.standings import actions, permissions, queries
from leitai.rooms.standings.forms import AppealForm, EvidenceForm, WordsForm
from leitai.rooms.standings.models import Appeal, Hearing, Publication

UPLOADS = 100 * 2**20
RELATED = (
    "publication__contest__edition",
    "publication__contest__ruleset",
    "publication__standing__stage__contest__edition",
    "entry",
    "objector",
    "remedy",
)


@takes_upload(UPLOADS)
def objection(request: HttpRequest, edition: str, contest: str, number: int) -> HttpResponse:
    """The form with which anybody objects to a published version."""
    publication = get_object_or_404(
        Publication.objects.select_related("contest__edition", "contest__ruleset"),
        contest__edition__slug=edition, contest__slug=contest, number=number,
    )  # fmt: skip
    admit(request, permissions.file_appeal, publication)
    begun = {"about": request.GET.get("entry", ""), "name": request.user.name}
    form = AppealForm(
        request.POST or None, request.FILES or None, rows=publication.body["rows"], initial=begun
    )
    if form.is_valid() and (appeal := _filed(request, publication, form)):
        messages.success(request, _("Your objection is filed. You follow it here."))
        return redirect("standings:own_appeal", appeal.pk)
    context = {
        "publication": publication, "contest": publication.contest, "form": form,
        "may_file": queries.may_file(publication, request.at),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "standings/objection.html", context, status=status)


def _filed(request: HttpRequest, publication: Publication, form: AppealForm) -> Appeal | None:
    data = form.cleaned_data
    code = data["about"]
    entry = publication.contest.entries.filter(code=code).first() if code else None
    try:
        return actions.file_appeal(
            publication=publication, entry=entry, ground=data["ground"], text=data["text"],
            source=data["source"], identity=form.identity, seal=data["seal"],
            evidence=data["evidence"], by=request.user, at=request.at,
        )  # fmt: skip
    except (NotPossible, BadFile) as refused:
        form.add_error(None, str(refused.verdict.reason))
        return None


def own_appeals(request: HttpRequest) -> HttpResponse:
    """What I objected to, and what I am asked to hear."""
    admit(request, permissions.list_own_appeals)
    context = {
        "filed": queries.own_appeals(request.user),
        "heard": queries.heard_by(request.user),
    }
    return render(request, "standings/own_appeals.html", context)


def own_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = appeal_row(pk)
    admit(request, permissions.follow_appeal, appeal)
    return _own(request, appeal, EvidenceForm())


@require_POST
@takes_upload(UPLOADS)
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = appeal_row(pk)
    admit(request, permissions.follow_appeal, appeal)
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _own(request, appeal, form)
    try:
        actions.give_evidence(appeal=appeal, by=request.user, at=request.at, **form.cleaned_data)
    except BadFile as refused:
        form.add_error(None, str(refused.verdict.reason))
        return _own(request, appeal, form)
    messages.success(request, _("Thank you; the panel goes on with it."))
    return redirect("standings:own_appeal", appeal.pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = appeal_row(pk)
    admit(request, permissions.follow_appeal, appeal)
    actions.withdraw_appeal(appeal=appeal, by=request.user, at=request.at)
    messages.success(request, _("Your objection is taken back."))
    return redirect("standings:own_appeal", appeal.pk)


def _own(request: HttpRequest, appeal: Appeal, form: EvidenceForm) -> HttpResponse:
    context = {"appeal": appeal, "contest": appeal.publication.contest, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "standings/own_appeal.html", context, status=status)


def hearing(request: HttpRequest, pk: int) -> HttpResponse:
    """What is held against an entry, and its team's answer; of the objector nothing."""
    found = get_object_or_404(
        Hearing.objects.select_related("appeal__entry__contest__edition", "appeal__remedy"), pk=pk
    )
    admit(request, permissions.read_hearing, found)
    form = WordsForm(request.POST or None, label=_("Your answer"))
    if request.method == "POST":
        admit(request, permissions.state_case, found)
        if form.is_valid():
            actions.state_case(
                hearing=found, statement=form.cleaned_data["words"], by=request.user, at=request.at
            )
            messages.success(request, _("Your answer is with the panel."))
            return redirect("standings:hearing", found.pk)
    context = {
        "hearing": found, "appeal": found.appeal, "entry": found.appeal.entry, "form": form,
        "contest": found.appeal.entry.contest, "is_over": found.is_over(request.at),
        "may_state": permissions.state_case(request.user, found),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "standings/hearing.html", context, status=status)


def appeal_row(pk: int) -> Appeal:
    return get_object_or_404(Appeal.objects.select_related(*RELATED), pk=pk)
