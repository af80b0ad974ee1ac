"""The board of a hall, the same for phones, and what both ask for when no stream reaches them.

What they show is the newest broadcast and nothing else: these pages know of no marks themselves.
"""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from leitai.foundation import live
from leitai.foundation.doors import admit, public
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Edition
from leitai.rooms.finals import permissions
from leitai.rooms.finals.models import Session
from leitai.rooms.finals.views.ballot_tokens import with_ballot

GONE = {"absent", "withdrawn"}
THEMES = {"dark", "light"}


@public
@require_safe
def board(request: HttpRequest, session_id: int) -> HttpResponse:
    """For projector and stream. A link with a ticket opens it on a computer nobody signed in on,
    though it be a rehearsal or a contest that is not public yet."""
    session = _session(session_id)
    _admit_to_board(request, session)
    look = request.GET.get("look")
    context = _context(request, session, "board") | {"look": look if look in THEMES else "dark"}
    context["link"] = request.build_absolute_uri(f"{request.path}?token={context['token']}")
    response = render(request, "finals/board.html", context)
    response._csp_update = {"media-src": ["'self'", "blob:"]}  # videos from this computer
    return response


@public
@require_safe
def board_snapshot(request: HttpRequest, session_id: int) -> HttpResponse:
    session = _session(session_id)
    _admit_to_board(request, session)
    return _newest(request, session, "board")


@public
@require_safe
def hall(request: HttpRequest, session_id: int) -> HttpResponse:
    """For phones."""
    session = _session(session_id)
    admit(request, permissions.watch, session)
    response = render(request, "finals/public.html", _context(request, session, "public"))
    return with_ballot(request, response)


@public
@require_safe
def hall_snapshot(request: HttpRequest, session_id: int) -> HttpResponse:
    session = _session(session_id)
    admit(request, permissions.watch, session)
    return _newest(request, session, "public")


@public
@require_safe
def halls(request: HttpRequest, edition: str) -> HttpResponse:
    """What is live in an edition, what will be, and what was."""
    found = get_object_or_404(Edition, slug=edition)
    admit(request, contests.read_edition, found)
    sessions = [
        session
        for session in Session.objects.filter(
            heat__stage__contest__edition=found, is_rehearsal=False
        )
        .select_related("heat__stage__contest__edition")
        .order_by("closed_at", "heat__starts_at", "pk")
        if permissions.watch(request.user, session)
    ]
    return render(request, "finals/halls.html", {"edition": found, "sessions": sessions})


def derive(snapshot: dict[str, Any]) -> dict[str, Any]:
    """What follows from a snapshot and is not written in it; as modules/hall/derive.js says it."""
    code = snapshot.get("entry", {}).get("code")
    order = snapshot.get("order", [])
    playing = [row for row in order if row["state"] not in GONE]
    counts = snapshot.get("audience", {}).get("counts", [])
    votes = {row["number"]: row["votes"] for row in counts}
    standing = [
        {**row, "on": "on" if row["entry"]["code"] == code else ""}
        for row in snapshot.get("standing", [])
    ]
    airs = snapshot["v"] >= 0 and not snapshot.get("rehearsal")
    return {
        **snapshot,
        "standing": standing,
        "order": [{**row, "votes": votes.get(row["number"])} for row in order],
        "next": next((row for row in playing if row["state"] == "waiting"), None),
        "of": len(playing),
        "airs": airs and snapshot.get("scene") != "results",
        "idle": snapshot.get("scene") == "idle" and "entry" not in snapshot,
        "waiting": "seats" in snapshot and not snapshot.get("marks") and "result" not in snapshot,
    }


def _session(session_id: int) -> Session:
    rows = Session.objects.select_related("heat__stage__contest__edition")
    return get_object_or_404(rows, pk=session_id)


def _admit_to_board(request: HttpRequest, session: Session) -> None:
    if not live.holds(request.GET.get("token", ""), session.topic("board"), request.at):
        admit(request, permissions.watch, session)


def _context(request: HttpRequest, session: Session, of: str) -> dict[str, Any]:
    row = live.newest(session.topic(of))
    snapshot = json.loads(row.body) if row else _before(session)
    door = reverse("finals:board_snapshot" if of == "board" else "finals:hall_snapshot",
                   args=[session.pk])  # fmt: skip
    return {
        "session": session,
        "snapshot": snapshot,
        "shown": derive(snapshot),
        "blank": {},  # what scripts copy for new rows
        "topic": session.topic(of),
        "token": live.token(session.topic(of), request.at),
        "door": door,
    }


def _before(session: Session) -> dict[str, Any]:
    """Nothing was broadcast yet: the names that stand on every invitation."""
    heat, contest = session.heat, session.heat.stage.contest
    things = {"heat": heat, "contest": contest, "edition": contest.edition}
    names = {key: {"zh": one.name_zh, "en": one.name_en} for key, one in things.items()}
    hall = {"zh": heat.hall_zh, "en": heat.hall_en}
    top = {"name": names["heat"], "contest": names["contest"], "edition": names["edition"]}
    return {"v": -1, "rehearsal": session.is_rehearsal, "scene": "idle",
            "heat": {**top, "hall": hall}}  # fmt: skip


def _newest(request: HttpRequest, session: Session, of: str) -> HttpResponse:
    row = live.newest(session.topic(of))
    if row is None:
        raise Http404
    mark = f'"{row.version}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == mark:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(row.body, content_type="application/json")
    response["ETag"] = mark
    patch_cache_control(response, private=True, no_cache=True)
    return response
