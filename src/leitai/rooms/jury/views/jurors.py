"""The organiser's list of jurors: invite, import, edit, and what happens when somebody leaves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leitai.foundation import keyset
from leitai.foundation.doors import admit
from leitai.rooms.contests.models import Contest
from leitai.rooms.jury import actions, permissions, queries
from leitai.rooms.jury.forms import EditJurorForm, InviteForm
from leitai.rooms.jury.models import Juror
from leitai.rooms.jury.rules import JurorKind, JurorState


def jurors(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = contest_of(contest_id)
    admit(request, permissions.run_jury, contest)
    rows = _filtered(queries.jurors(contest), request.GET)
    page = keyset.page(rows, by=("name", "pk"), cursor=request.GET.get("page", ""))
    context = {
        "contest": contest,
        "page": page,
        "expired": {juror.pk for juror in page.rows if juror.is_expired(request.at)},
        "total": keyset.total(rows),
        "filters": request.GET,
        "kinds": JurorKind.choices,
        "states": JurorState.choices,
        "stages": contest.stages.all(),
    }
    return render(request, "jury/jurors.html", context)


def invite(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = contest_of(contest_id)
    admit(request, permissions.run_jury, contest)
    form = InviteForm(request.POST or None, contest=contest)
    if form.is_valid():
        invited = actions.Invited(**form.cleaned_data)
        juror = actions.invite_juror(
            contest=contest, invited=invited, by=request.user, at=request.at
        )
        messages.success(request, _("A letter is on its way to {name}.").format(name=juror.name))
        return redirect("jury:jurors", contest.pk)
    return render(request, "jury/invite.html", {"contest": contest, "form": form}, status=_ok(form))


def juror(request: HttpRequest, pk: int) -> HttpResponse:
    """One juror: what is known, what may be changed, and what leaving would leave behind."""
    juror = juror_of(pk)
    admit(request, permissions.run_jury, juror.contest)
    form = EditJurorForm(request.POST or None, initial=_known(juror))
    if form.is_valid():
        actions.edit_juror(juror=juror, changes=form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, _("Saved."))
        return redirect("jury:juror", juror.pk)
    sheets = juror.sheets.standing().select_related("stage").order_by("pk")
    context = {
        "contest": juror.contest,
        "juror": juror,
        "form": form,
        "open": sum(sheet.state == "assigned" for sheet in sheets),
        "sealed": sum(sheet.state == "sealed" for sheet in sheets),
        "ties": juror.conflicts.in_force().select_related("entry"),
        "may_leave": juror.may_leave(),
        "may_rule": permissions.rule_jury(request.user, juror.contest),
    }
    return render(request, "jury/juror.html", context, status=_ok(form))


@require_POST
def invitation_again(request: HttpRequest, pk: int) -> HttpResponse:
    juror = juror_of(pk)
    admit(request, permissions.run_jury, juror.contest)
    actions.invite_again(juror=juror, by=request.user, at=request.at)
    messages.success(request, _("A new letter is on its way to {name}.").format(name=juror.name))
    return redirect("jury:juror", juror.pk)


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    juror = juror_of(pk)
    admit(request, permissions.rule_jury, juror.contest)
    orphans = actions.leave_jury(juror=juror, by=request.user, at=request.at)
    words = ngettext(
        "{n} open sheet was taken back. A repair draw finds who takes it over.",
        "{n} open sheets were taken back. A repair draw finds who takes them over.",
        orphans,
    )
    messages.success(request, words.format(n=orphans))
    return redirect("jury:juror", juror.pk)


def contest_of(contest_id: int) -> Contest:
    rows = Contest.objects.select_related("edition", "ruleset").prefetch_related("stages")
    return get_object_or_404(rows, pk=contest_id)


def juror_of(pk: int) -> Juror:
    known = Juror.objects.select_related("contest__edition", "organisation", "user")
    return get_object_or_404(known, pk=pk)


def _filtered(rows: Any, asked: Any) -> Any:
    if words := asked.get("q", "").strip():
        rows = rows.filter(name__icontains=words) | rows.filter(email__icontains=words)
    if asked.get("kind") in JurorKind.values:
        rows = rows.filter(kind=asked["kind"])
    if asked.get("state") in JurorState.values:
        rows = rows.filter(state=asked["state"])
    return rows


def _known(juror: Juror) -> dict[str, Any]:
    house = juror.organisation.name if juror.organisation else ""
    names = ("kind", "title", "tags", "languages", "load_min", "load_max")
    told = {name: getattr(juror, name) for name in names}
    reads = [language.split("-")[0] for language in juror.languages]
    return {**told, "organisation": house, "languages": reads}


def _ok(form: Any) -> int:
    return 422 if form.is_bound else 200
