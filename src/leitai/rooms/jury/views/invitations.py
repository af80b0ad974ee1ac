"""What the link in the letter opens."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation.doors import admit, public
from leitai.foundation.refusals import NotFound
from leitai.foundation.verdicts import HIDDEN
from leitai.rooms.jury import actions, notices, permissions
from leitai.rooms.jury.models import Juror


@public
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Open to whoever holds the letter; to say yes one signs in, to say no one need not."""
    juror = _juror(token)
    context = {
        "juror": juror,
        "contest": juror.contest,
        "token": token,
        "may_answer": juror.may_answer(request.at),
        "may_accept": permissions.answer_invitation(request.user, juror),
    }
    return render(request, "jury/invitation.html", context)


@require_POST
def acceptance(request: HttpRequest, token: str) -> HttpResponse:
    juror = _juror(token)
    admit(request, permissions.answer_invitation, juror)
    actions.accept_invitation(juror=juror, by=request.user, at=request.at)
    messages.success(request, _("Welcome to the jury. Before the draw, tell us of any ties."))
    return redirect("jury:titles", juror.pk)


@public
@require_POST
def refusal(request: HttpRequest, token: str) -> HttpResponse:
    juror = _juror(token)
    actions.decline_invitation(juror=juror, by=None, at=request.at)
    return redirect("jury:invitation", token)


def _juror(token: str) -> Juror:
    juror = notices.juror_of(token)
    if juror is None:
        raise NotFound(HIDDEN)
    return juror
