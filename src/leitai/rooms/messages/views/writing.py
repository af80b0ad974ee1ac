"""The outbox of a contest; a message is written, and its receivers are frozen."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation import keyset
from leitai.foundation.doors import admit
from leitai.foundation.models import LetterState
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.models import Contest
from leitai.rooms.messages import actions, permissions, queries
from leitai.rooms.messages.forms import MailingForm, initial_of
from leitai.rooms.messages.models import Mailing
from leitai.rooms.messages.rules import Blank, State


def outbox(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = contest_row(contest_id)
    admit(request, permissions.write_mailings, contest)
    rows = queries.outbox(
        contest, audiences=permissions.audiences_of(request.user, contest),
        senders=permissions.names_of(request.user, contest),
    )  # fmt: skip
    page = keyset.page(rows, by=["-id"], cursor=request.GET.get("cursor", ""), size=30)
    for row in page:
        row.to_whom = audience_told(row)
    return render(request, "messages/outbox.html", {"contest": contest, "page": page})


def write(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = contest_row(contest_id)
    admit(request, permissions.write_mailings, contest)
    first = {"audience": request.GET.get("audience", ""), "entry_code": request.GET.get("code", "")}
    form = MailingForm(
        request.POST or None, contest=contest, user=request.user,
        initial={**first, "is_necessary": True},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        _admit_values(request, contest, form.values())
        mailing = actions.draft_mailing(
            contest=contest, values=form.values(), by=request.user, at=request.at
        )
        return redirect("messages:mailing", mailing.pk)
    return _form(request, contest, form)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    mailing = mailing_row(pk)
    admit(request, permissions.use_mailing, mailing)
    form = MailingForm(
        request.POST or None, contest=mailing.contest, user=request.user,
        initial=initial_of(mailing),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        _admit_values(request, mailing.contest, form.values())
        actions.change_mailing(
            mailing=mailing, values=form.values(), by=request.user, at=request.at
        )
        messages.success(request, _("Saved."))
        return redirect("messages:mailing", mailing.pk)
    return _form(request, mailing.contest, form, mailing=mailing)


def _admit_values(request: HttpRequest, contest: Contest, values: dict[str, Any]) -> None:
    """The form offers only what is allowed; whoever sends something else is asked here."""
    admit(request, permissions.address, contest, values["audience"])
    admit(request, permissions.write_as, contest, values["sender"])


def _form(
    request: HttpRequest, contest: Contest, form: MailingForm, *, mailing: Mailing | None = None
) -> HttpResponse:
    known = permissions.audiences_of(request.user, contest)
    listed = [(queries.AUDIENCES[k].label, _blanks(k, own_only=True)) for k in known]
    context = {
        "contest": contest, "form": form, "mailing": mailing, "audiences": listed,
        "common": _blanks("jurors_active"),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "messages/write.html", context, status=status)


def _blanks(audience: str, *, own_only: bool = False) -> list[tuple[str, Any]]:
    names = queries.AUDIENCES[audience].blanks if own_only else queries.AUDIENCES[audience].allowed
    return [(f"{{{Blank(name).value}}}", Blank(name).label) for name in names]


def mailing(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands, and the one thing to do next."""
    row = mailing_row(pk)
    admit(request, permissions.use_mailing, row)
    return show(request, row)


def show(
    request: HttpRequest, row: Mailing, *, refusal: Any = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "contest": row.contest, "mailing": row, "audience": audience_told(row),
        "sender": queries.sender(row), "refusal": refusal, "typed": request.POST.get("typed", ""),
    }  # fmt: skip
    if row.state == State.DRAFT:
        now = queries.current(row)
        context |= {"receivers": len(now), "may_freeze": row.may_freeze(receivers=len(now))}
        if now:
            subject, text = row.filled(now[0].language, now[0].values)
            context |= {"sample": now[0], "subject": subject, "text": text}
    elif row.state == State.FROZEN:
        context |= {
            "count": queries.count(row), "receivers": row.recipients.count(),
            "changes": queries.changes(row), "lacking": queries.lacking(row),
            "undo": queries.undo_minutes(row.contest),
        }  # fmt: skip
    else:
        context |= sending(row)
    return render(request, "messages/mailing.html", context, status=status)


def sending(row: Mailing) -> dict[str, Any]:
    """The figures of a mailing that was confirmed."""
    told = queries.figures(row)
    whole = sum(told.values())
    ended = whole - told["waiting"] - told["claimed"]
    return {
        "figures": [(s, label, told[s]) for s, label in LetterState.choices if told[s]],
        "whole": whole, "ended": ended, "held": told["held"],
        "uncertain": list(queries.uncertain(row)[:50]), "receivers": whole,
        "is_open": row.state in (State.CONFIRMED, State.SENDING),
    }  # fmt: skip


def audience_told(row: Mailing) -> str:
    """The audience in words, with what it is about."""
    return str(queries.AUDIENCES[row.audience].label)


@require_POST
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, actions.freeze_mailing)


@require_POST
def refreeze(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, actions.refreeze_mailing)


@require_POST
def thaw(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, actions.thaw_mailing)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, actions.drop_mailing)


@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    row = mailing_row(pk)
    admit(request, permissions.use_mailing, row)
    made = actions.copy_mailing(mailing=row, by=request.user, at=request.at)
    return redirect("messages:edit", made.pk)


def _step(request: HttpRequest, pk: int, action: Any) -> HttpResponse:
    row = mailing_row(pk)
    admit(request, permissions.use_mailing, row)
    try:
        action(mailing=row, by=request.user, at=request.at)
    except NotPossible as refusal:
        return show(request, mailing_row(pk), refusal=refusal.verdict.reason, status=409)
    return redirect("messages:mailing", row.pk)


def contest_row(contest_id: int) -> Contest:
    return get_object_or_404(Contest.objects.select_related("edition", "ruleset"), pk=contest_id)


def mailing_row(pk: int) -> Mailing:
    related = ("contest__edition", "contest__ruleset", "made_by", "confirmed_by")
    return get_object_or_404(Mailing.objects.select_related(*related), pk=pk)
