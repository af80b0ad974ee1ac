"""The audience's vote: a door for phones, and what is pressed at its desk."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from leitai.foundation.doors import admit, public
from leitai.foundation.refusals import NotPossible, Refusal
from leitai.rooms.finals import actions, permissions
from leitai.rooms.finals.models import Poll, Slot
from leitai.rooms.finals.queries.desk import poll_of
from leitai.rooms.finals.views.ballot_tokens import read_ballot
from leitai.rooms.finals.views.hall_deeds import answer, is_small_number
from leitai.rooms.finals.views.hall_marking import session_of
from leitai.values.verdict import no

MOST_A_MINUTE = 240  # of one network: a whole hall sits behind one address
MOST_A_DEVICE = 10


class TooOften(Refusal):
    status = 429


TOO_OFTEN = no("too_often", gettext_lazy("Too many votes came from here; try again in a minute."))


@public
@require_POST
def vote(request: HttpRequest, session_id: int) -> HttpResponse:
    """One vote of a signed-in person, or of a device that carries a token of ours."""
    session = session_of(session_id)
    poll = poll_of(session)
    if poll is None or session.is_rehearsal:
        raise Http404
    admit(request, permissions.vote, poll)
    ballot = read_ballot(request)
    if ballot is None:
        raise NotPossible(no("no_token", _("Please open the page of the vote again.")))
    token, issued_at = ballot
    origin = request.META.get("REMOTE_ADDR", "")
    _limit(f"ballots {origin}", MOST_A_MINUTE)
    _limit(f"ballot {poll.pk} {token}", MOST_A_DEVICE)
    slot = _slot(poll, request.POST.get("code", ""))
    by = request.user if request.user.is_authenticated else None
    actions.vote(poll=poll, entry=slot.entry, device=token, origin=origin, issued_at=issued_at,
                 by=by, at=request.at)  # fmt: skip
    messages.success(request, _("Thank you, your vote has been counted."))
    return redirect("finals:hall", session.pk)


@require_POST
def poll(request: HttpRequest, session_id: int) -> HttpResponse:
    """open, close, show, hide"""
    session = session_of(session_id)
    admit(request, permissions.run_poll, session.heat)
    if session.is_rehearsal:
        raise Http404
    deed, told = request.POST.get("deed", ""), {"by": request.user, "at": request.at}
    if deed == "open":
        actions.open_poll(heat=session.heat, weight=_weight(request),
                          needs_account="needs_account" in request.POST, **told)  # fmt: skip
        return answer(request, session)
    here = poll_of(session)
    if here is None:
        raise Http404
    deeds: dict[str, Callable[[], Any]] = {
        "close": lambda: actions.close_poll(poll=here, **told),
        "show": lambda: actions.show_poll(poll=here, is_shown=True, **told),
        "hide": lambda: actions.show_poll(poll=here, is_shown=False, **told),
    }
    if deed not in deeds:
        raise NotPossible(no("no_such_deed", "open, close, show, hide"))
    deeds[deed]()
    return answer(request, session)


@require_POST
def ballots_aside(request: HttpRequest, session_id: int) -> HttpResponse:
    """Votes that look made up count no more; they stay on record."""
    session = session_of(session_id)
    admit(request, permissions.run_poll, session.heat)
    here = poll_of(session)
    if here is None:
        raise Http404
    chosen = [int(one) for one in request.POST.getlist("ballot") if is_small_number(one)]
    actions.set_aside(poll=here, ballots=chosen, by=request.user, at=request.at)
    return answer(request, session)


def _slot(poll: Poll, code: str) -> Slot:
    rows = Slot.objects.select_related("entry")
    return get_object_or_404(rows, heat=poll.heat_id, entry__code=code[:40])


def _limit(words: str, most: int) -> None:
    """So many in a minute; a keyed hash names nobody."""
    key = salted_hmac("leitai.finals.votes", words, algorithm="sha256").hexdigest()
    if cache.add(key, 1, timeout=60):
        return
    try:
        count = cache.incr(key)
    except ValueError:  # ran out this very moment
        return
    if count > most:
        raise TooOften(TOO_OFTEN)


def _weight(request: HttpRequest) -> int:
    said = request.POST.get("weight", "0").strip() or "0"
    if not is_small_number(said) or int(said) > 100:
        raise NotPossible(no("no_such_weight", _("A weight is a whole number from 0 to 100.")))
    return int(said)
