"""A message is confirmed by its number, goes out, and can be stopped."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leitai.foundation.doors import admit
from leitai.foundation.refusals import NotPossible
from leitai.rooms.messages import actions, permissions
from leitai.rooms.messages.models import Recipient
from leitai.rooms.messages.views.writing import mailing_row, sending, show


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    return _typed(request, pk, actions.confirm_mailing)


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    return _typed(request, pk, actions.resume_mailing)


def _typed(request: HttpRequest, pk: int, action: Any) -> HttpResponse:
    row = mailing_row(pk)
    admit(request, permissions.use_mailing, row)
    typed = request.POST.get("typed", "")[:20]
    try:
        action(mailing=row, typed=typed, by=request.user, at=request.at)
    except NotPossible as refusal:
        return show(request, mailing_row(pk), refusal=refusal.verdict.reason, status=409)
    return redirect("messages:mailing", row.pk)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    row = mailing_row(pk)
    admit(request, permissions.use_mailing, row)
    try:
        n = actions.stop_mailing(mailing=row, by=request.user, at=request.at)
    except NotPossible as refusal:
        return show(request, mailing_row(pk), refusal=refusal.verdict.reason, status=409)
    messages.success(
        request, ngettext("%d letter is kept back.", "%d letters are kept back.", n) % n
    )
    return redirect("messages:mailing", row.pk)


def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked by the page every other second, while letters are on their way."""
    row = mailing_row(pk)
    admit(request, permissions.use_mailing, row)
    context = {"contest": row.contest, "mailing": row, **sending(row)}
    response = render(request, "messages/mailing.html#progress", context)
    if not context["is_open"]:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """What to do with a letter of which nobody knows whether it arrived."""
    related = ("mailing__contest__edition", "letter")
    recipient = get_object_or_404(Recipient.objects.select_related(*related), pk=pk)
    admit(request, permissions.decide_letter, recipient)
    again = request.POST.get("again") == "yes"
    actions.decide_letter(recipient=recipient, send_again=again, by=request.user, at=request.at)
    messages.success(request, _("Noted."))
    return redirect("messages:mailing", recipient.mailing_id)
