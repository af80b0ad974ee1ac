"""The juror's page in the hall: it works without a network, and marks come in later, once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pydantic
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leitai.foundation import live
from leitai.foundation.doors import admit, public
from leitai.foundation.kept import kept_by, the_worker
from leitai.foundation.refusals import NotAllowed, NotPossible
from leitai.foundation.words import choose
from leitai.rooms.contests.rules.schema import CriterionRule, StageRule
from leitai.rooms.finals import actions, permissions
from leitai.rooms.finals.models import HallSeat, Session
from leitai.rooms.finals.queries import seat as queries
from leitai.rooms.finals.schemas import ScoreIn, SeenIn
from leitai.rooms.jury import queries as jury
from leitai.rooms.jury.rules import DECLARED_GROUNDS, plain
from leitai.values.verdict import no

LONG = 20  # steps
Said = TypeVar("Said", ScoreIn, SeenIn)


@require_safe
def own_halls(request: HttpRequest) -> HttpResponse:
    """The juries I sit on; this is also where a page finds out who is signed in now."""
    admit(request, permissions.list_own)
    seats = queries.seats_of(request.user)
    return kept_by(render(request, "finals/own_halls.html", {"seats": seats}), request.user)


@require_safe
def marking(request: HttpRequest, session_id: int) -> HttpResponse:
    session = session_of(session_id)
    may = permissions.mark_here(request.user, session)
    if may.code in jury.OWED:
        return redirect("jury:readiness_of", _seat(request, session).juror_id)
    admit(request, permissions.mark_here, session)
    seat = _seat(request, session)
    topic = session.topic("desk")
    context = {
        "session": session,
        "heat": session.heat,
        "seat": seat,
        "lines": _lines(session.heat.stage.rule),
        "rule": session.heat.stage.rule,
        "state": queries.own_state(session, seat, request.at),
        "grounds": DECLARED_GROUNDS,
        "topic": topic,
        "token": live.token(topic, request.at),
    }
    return kept_by(render(request, "finals/marking.html", context), request.user)


@require_safe
def own_state(request: HttpRequest, session_id: int) -> HttpResponse:
    """What the page shows now, as JSON."""
    session = session_of(session_id)
    admit(request, permissions.mark_here, session)
    state = queries.own_state(session, _seat(request, session), request.at)
    return kept_by(JsonResponse(state), request.user)


@require_POST
def scores(request: HttpRequest, session_id: int) -> HttpResponse:
    """Marks arrive; the answer says how they stand now. Refused ones stay on the device."""
    session = session_of(session_id)
    admit(request, permissions.mark_here, session)
    said = _read(request, ScoreIn.model_validate_json)
    done = actions.score(
        session=session, juror=_seat(request, session).juror, entry=said.entry, order=said.order,
        marks=said.marks, seal=said.seal, key=said.key, by=request.user, at=request.at,
    )  # fmt: skip
    marks = {code: plain(mark) for code, mark in done.marks.items()}
    total = None if done.total is None else plain(done.total)
    return JsonResponse(
        {"entry": done.entry, "marks": marks, "total": total, "is_sealed": done.is_sealed}
    )


@require_POST
def order_seen(request: HttpRequest, session_id: int) -> HttpResponse:
    session = session_of(session_id)
    admit(request, permissions.mark_here, session)
    said = _read(request, SeenIn.model_validate_json)
    juror = _seat(request, session).juror
    actions.see_order(
        session=session, version=said.version, juror=juror, by=request.user, at=request.at
    )
    return JsonResponse(queries.own_state(session, _seat(request, session), request.at))


@public
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The jurors' service worker, for the pages below this address."""
    return the_worker("jury-worker.js")


def session_of(session_id: int) -> Session:
    rows = Session.objects.select_related("heat__stage__contest__edition", "slot", "practice")
    return get_object_or_404(rows, pk=session_id)


def _seat(request: HttpRequest, session: Session) -> HallSeat:
    seat = permissions.jury_seat(request.user, session.heat)
    if seat is None:  # left a moment ago
        raise Http404
    return seat


@dataclass(frozen=True, kw_only=True)
class Line:
    """One criterion as the page shows it; the marks are filled in by its script."""

    code: str
    name: str
    evidence: str
    low: str
    high: str
    step: str
    weight: str  # what a mark adds to the running total
    is_optional: bool
    is_long: bool  # many steps from end to end
    bands: list[dict[str, str]]


def _lines(rule: StageRule) -> list[Line]:
    whole = sum(criterion.weight for criterion in rule.criteria)
    return [
        Line(
            code=one.code, name=choose(one.name.zh, one.name.en), low=plain(one.low),
            evidence=choose(one.evidence.zh, one.evidence.en),
            high=plain(one.high), step=plain(one.step), is_optional=one.optional,
            is_long=(one.high - one.low) / one.step > LONG,
            weight="1" if rule.total == "sum" else str(one.weight / whole), bands=_bands(one),
        )
        for one in rule.criteria
    ]  # fmt: skip


def _bands(criterion: CriterionRule) -> list[dict[str, Any]]:
    return [
        {"low": plain(b.low), "high": plain(b.high), "text": choose(b.text.zh, b.text.en)}
        for b in criterion.bands
    ]


def _read(request: HttpRequest, read: Callable[[bytes], Said]) -> Said:
    """What the browser says, if it speaks for the person who is signed in now."""
    try:
        said = read(request.body)
    except pydantic.ValidationError:
        raise NotPossible(no("bad_request", _("This could not be read."))) from None
    if said.person != request.user.pk:
        raise NotAllowed(no("other_person", _("These changes belong to another account.")))
    return said
