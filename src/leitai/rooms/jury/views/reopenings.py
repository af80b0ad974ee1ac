"""Opening a sheet again: more time for an open one, and two people for a sealed one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation.doors import admit
from leitai.foundation.refusals import NotPossible
from leitai.rooms.jury import actions, permissions
from leitai.rooms.jury.forms import ReopenForm
from leitai.rooms.jury.models import ReopeningRequest
from leitai.rooms.jury.rules import LASTS, SheetState
from leitai.rooms.jury.views.sheets import sheet_of


def reopening(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = sheet_of(pk)
    admit(request, permissions.reopen_sheet, sheet)
    is_sealed = sheet.state == SheetState.SEALED
    form = ReopenForm(request.POST or None)
    if form.is_valid():
        told = {"sheet": sheet, **form.cleaned_data, "by": request.user, "at": request.at}
        try:
            if is_sealed:
                asked = actions.ask_reopening(**told)
                messages.success(request, _("A second person is asked to confirm this."))
                return redirect("jury:second_person", asked.pk)
            actions.reopen_sheet(**told)
            messages.success(request, _("The sheet is open again; the juror gets a letter."))
            return redirect("jury:sheet", sheet.pk)
        except NotPossible as refusal:
            form.add_error(None, str(refusal.verdict.reason))
    context = {
        "sheet": sheet, "contest": sheet.stage.contest, "stage": sheet.stage, "form": form,
        "is_sealed": is_sealed, "hours": int(LASTS.total_seconds()) // 3600,
    }  # fmt: skip
    return render(request, "jury/reopening.html", context, status=422 if form.is_bound else 200)


def second_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Why the sheet is to be opened again, and the word of a second person. Tells no mark."""
    asked = request_of(pk)
    admit(request, permissions.see_request, asked)
    context = {
        "asked": asked,
        "stage": asked.sheet.stage,
        "contest": asked.sheet.stage.contest,
        "lapses_at": asked.at + LASTS,
        "may_run": permissions.run_jury(request.user, asked.sheet.stage.contest),
        "may_be": asked.may_confirm(request.user, request.at),
        "may_confirm": permissions.confirm_reopening(request.user, asked),
        "may_refuse": permissions.refuse_reopening(request.user, asked),
    }
    return render(request, "jury/second_person.html", context)


@require_POST
def confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    asked = request_of(pk)
    admit(request, permissions.confirm_reopening, asked)
    actions.confirm_reopening(request=asked, by=request.user, at=request.at)
    messages.success(request, _("The sheet is open again; the juror gets a letter."))
    return redirect("jury:second_person", asked.pk)


@require_POST
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    asked = request_of(pk)
    admit(request, permissions.refuse_reopening, asked)
    actions.refuse_reopening(request=asked, by=request.user, at=request.at)
    messages.success(request, _("The sheet stays sealed."))
    return redirect("jury:second_person", asked.pk)


def request_of(pk: int) -> ReopeningRequest:
    known = ReopeningRequest.objects.select_related(
        "sheet__stage__contest__edition", "sheet__stage__contest__ruleset", "sheet__juror",
        "sheet__entry", "by", "decided_by",
    )  # fmt: skip
    return get_object_or_404(known, pk=pk)
