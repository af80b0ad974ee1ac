"""The desks of a hall: one page for each post, which follows the session by itself."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from leitai.foundation import live
from leitai.foundation.doors import admit
from leitai.rooms.contests import permissions as contests
from leitai.rooms.finals import permissions
from leitai.rooms.finals.models import Heat, Session
from leitai.rooms.finals.queries import counts, desk, hall_of
from leitai.rooms.finals.queries.hall import Hall
from leitai.rooms.finals.rules import Scene, board
from leitai.rooms.finals.views.hall_marking import session_of
from leitai.rooms.jury.rules import DECLARED_GROUNDS
from leitai.values.verdict import Verdict

# Who works at a desk, in the order of the tabs; others who may know of it read it.
POSTS: dict[str, tuple[Any, Callable[[Any, Heat], Verdict]]] = {
    "host": (pgettext_lazy("desk", "Host"), permissions.host),
    "timer": (pgettext_lazy("desk", "Timer"), permissions.keep_time),
    "scores": (pgettext_lazy("desk", "Scores"), permissions.keep_scores),
    "chair": (pgettext_lazy("desk", "Chair"), permissions.lead_jury),
    "audience": (pgettext_lazy("desk", "Audience"), permissions.run_poll),
    "watch": (pgettext_lazy("desk", "Supervisor"), permissions.see_desk),
}
PICTURES = (Scene.IDLE, Scene.PITCH, Scene.MARKS, Scene.STANDING)


@require_safe
def own_desk(request: HttpRequest, session_id: int) -> HttpResponse:
    """To the first desk where this person has something to do."""
    session = session_of(session_id)
    admit(request, permissions.see_desk, session.heat)
    mine = [role for role, (_name, may) in POSTS.items() if may(request.user, session.heat)]
    return redirect("finals:desk", session.pk, mine[0])


@require_safe
def hall_desk(request: HttpRequest, session_id: int, role: str) -> HttpResponse:
    session = session_of(session_id)
    admit(request, permissions.see_desk, session.heat)
    if role not in POSTS:
        raise Http404
    admit(request, read_desk, session.heat, role)
    page = "finals/desk.html#now" if request.headers.get("X-Now") else "finals/desk.html"
    return render(request, page, _context(request, session, role))


def read_desk(user: Any, heat: Heat, role: str) -> Verdict:
    """Who works there; supervisors read all but what tells marks."""
    may = POSTS[role][1](user, heat)
    return may or (may if role == "chair" else contests.oversee(user, heat.stage.contest) or may)


def _context(request: HttpRequest, session: Session, role: str) -> dict[str, Any]:
    user, heat = request.user, session.heat
    hall = hall_of(session)
    topic, clock = session.topic("desk"), board.clock(session.clock)
    return {
        "session": session, "heat": heat, "hall": hall, "role": role, "here": hall.on_stage,
        "rows": desk.rows(hall), "seen": desk.seen_now(session, hall),
        "may": bool(POSTS[role][1](user, heat)) and session.state == "open",
        "tabs": [
            {"label": name, "url": _url(session, key), "current": key == role}
            for key, (name, _may) in POSTS.items()
            if read_desk(user, heat, key)
        ],
        "clock": clock, "clock_facts": {"clock": clock, "cue": {"ends_at": _ends(session)}},
        "topic": topic,
        "token": live.token(topic, request.at),
        **_OF[role](user, session, hall),
    }  # fmt: skip


def _ends(session: Session) -> str | None:
    return session.cue_ends_at.isoformat() if session.cue_ends_at else None


def _url(session: Session, role: str) -> str:
    return reverse("finals:desk", args=[session.pk, role])


def _host(_user: Any, session: Session, hall: Hall) -> dict[str, Any]:
    show = desk.cues(session)
    return {
        "cues": show,
        "next_cue": desk.next_cue(session, show),
        "next": desk.next_turn(hall),
        "pictures": [(scene.value, scene.label) for scene in PICTURES],
    }


def _timer(_user: Any, _session: Session, hall: Hall) -> dict[str, Any]:
    return {"next": desk.next_turn(hall), "presets": ["8+7", "8+5", "5+5", "8+12"]}


def _scores(user: Any, session: Session, hall: Hall) -> dict[str, Any]:
    here = next((row for row in desk.rows(hall) if row.is_here), None)
    return {
        "next": desk.next_turn(hall), "unseen": hall.unseen(), "seats": hall.seats,
        "now": here, "seconds": _seconds(user, session), "corrections": _corrections(user, session),
        "grounds": DECLARED_GROUNDS,
        "standing": desk.standing_lines(hall, told_only=True),
        "unsealed": hall.unsealed, "waiting": len(hall.waiting),
    }  # fmt: skip


def _chair(user: Any, session: Session, hall: Hall) -> dict[str, Any]:
    return {
        "seconds": _seconds(user, session), "corrections": _corrections(user, session),
        "ties": desk.tie_groups(hall), "talks": list(session.heat.tie_talks.all()),
        "standing": desk.standing_lines(hall, told_only=False), "seats": hall.seats,
        "grounds": DECLARED_GROUNDS,
    }  # fmt: skip


def _audience(_user: Any, session: Session, hall: Hall) -> dict[str, Any]:
    poll = desk.poll_of(session)
    if poll is None:
        return {"poll": None}
    votes = {row["number"]: row["votes"] for row in counts(poll)}
    return {
        "poll": poll, "votes": [(turn, votes.get(turn.number, 0)) for turn in hall.turns],
        "all_votes": sum(votes.values()), "most": max(votes.values(), default=0),
        "doubtful": desk.doubtful(poll),
    }  # fmt: skip


def _watch(user: Any, session: Session, hall: Hall) -> dict[str, Any]:
    return {
        "lines": desk.lines(session), "unseen": hall.unseen(), "seats": hall.seats,
        "seconds": desk.seconds(session, user),
        "standing": desk.standing_lines(hall, told_only=True),
    }  # fmt: skip


def _seconds(user: Any, session: Session) -> list[dict[str, Any]]:
    return [
        {"row": row, "may": bool(permissions.say_second(user, row))}
        for row in desk.seconds(session, user)
    ]


def _corrections(user: Any, session: Session) -> list[dict[str, Any]]:
    return [
        {"row": row, "may": bool(permissions.confirm_correction(user, row))}
        for row in desk.corrections(session, user)
    ]


_OF: dict[str, Callable[[Any, Session, Hall], dict[str, Any]]] = {
    "host": _host, "timer": _timer, "scores": _scores, "chair": _chair, "audience": _audience,
    "watch": _watch,
}  # fmt: skip
