"""What is pressed at the desks of a hall: the stage, the clock, the board.

Each press says what its page showed (`seen`); on a page that is out of date nothing is done.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation.doors import admit
from leitai.foundation.refusals import NotPossible
from leitai.rooms.finals import actions, permissions
from leitai.rooms.finals.actions.pressing import press
from leitai.rooms.finals.models import Cue, Session
from leitai.rooms.finals.queries.desk import practice_or_slot
from leitai.rooms.finals.views.hall_desk import POSTS
from leitai.rooms.finals.views.hall_marking import session_of
from leitai.values.verdict import no

BOARD: dict[str, Callable[..., Any]] = {
    "freeze": actions.freeze, "thaw": actions.thaw, "results": actions.show_results,
}  # fmt: skip


@require_POST
def cue_play(request: HttpRequest, session_id: int, cue_id: int) -> HttpResponse:
    session = session_of(session_id)
    admit(request, permissions.host, session.heat)
    cue = get_object_or_404(Cue.objects.select_related("slot"), pk=cue_id, heat=session.heat_id)
    pressed(request, session, "stage", actions.play_cue, session=session, cue=cue)
    return answer(request, session)


@require_POST
def stage(request: HttpRequest, session_id: int) -> HttpResponse:
    """An entry comes on stage."""
    session = session_of(session_id)
    admit(request, permissions.host, session.heat)
    slot = slot_of(session, request.POST.get("slot"))
    pressed(request, session, "stage", actions.bring_on_stage, session=session, slot=slot)
    return answer(request, session)


@require_POST
def stage_end(request: HttpRequest, session_id: int) -> HttpResponse:
    session = session_of(session_id)
    admit(request, permissions.host, session.heat)
    pressed(request, session, "stage", actions.end_turn, session=session)
    return answer(request, session)


@require_POST
def clock(request: HttpRequest, session_id: int) -> HttpResponse:
    """start, pause, next, reset"""
    session = session_of(session_id)
    admit(request, permissions.keep_time, session.heat)
    deed = request.POST.get("deed", "")
    pressed(request, session, "clock", actions.run_clock, session=session, deed=deed)
    return answer(request, session)


@require_POST
def times(request: HttpRequest, session_id: int) -> HttpResponse:
    """Other minutes than the rules', from now on; the clock begins anew."""
    session = session_of(session_id)
    admit(request, permissions.keep_time, session.heat)
    pitch, questions = _minutes(request)
    pressed(
        request, session, "clock", actions.set_clock, session=session, pitch_minutes=pitch,
        questions_minutes=questions,
    )  # fmt: skip
    return answer(request, session)


@require_POST
def scene(request: HttpRequest, session_id: int) -> HttpResponse:
    """Another picture on the board; freeze, thaw and results are deeds of their own."""
    session = session_of(session_id)
    admit(request, permissions.host, session.heat)
    wanted = request.POST.get("scene", "")
    if wanted in BOARD:
        pressed(request, session, "board", BOARD[wanted], session=session)
    else:
        pressed(request, session, "board", actions.show_scene, session=session, scene=wanted)
    return answer(request, session)


@require_POST
def reveal(request: HttpRequest, session_id: int) -> HttpResponse:
    """The next mark, all of them, or score and place of the entry on stage."""
    session = session_of(session_id)
    admit(request, permissions.host, session.heat)
    what = request.POST.get("what", "")
    if what == "result":
        pressed(request, session, "board", actions.reveal_result, session=session)
    else:
        is_all = what == "all"
        pressed(request, session, "board", actions.reveal_marks, session=session, all=is_all)
    return answer(request, session)


@require_POST
def shuffle(request: HttpRequest, session_id: int) -> HttpResponse:
    """A rehearsal's entries change places, so that jurors learn what that looks like."""
    session = session_of(session_id)
    admit(request, permissions.keep_scores, session.heat)
    pressed(request, session, "order", actions.shuffle_rehearsal, session=session)
    return answer(request, session)


def pressed(
    request: HttpRequest, here: Session, subject: str, deed: Callable[..., Any], /, **said: Any
) -> Any:
    """`said` is what the deed is told, besides who presses and when."""

    def act(**told: Any) -> Any:
        return deed(**said, **told)

    seen = request.POST.get("seen", "")
    return press(session=here, subject=subject, seen=seen, deed=act, by=request.user, at=request.at)


def answer(request: HttpRequest, session: Session) -> HttpResponse:
    """A script fetches the page's new state by itself; a form without one goes back there."""
    if request.headers.get("X-Now"):
        return HttpResponse(status=204)
    role = request.POST.get("back", "")
    if role == "marking":
        return redirect("finals:marking", session.pk)
    if role in POSTS:
        return redirect("finals:desk", session.pk, role)
    return redirect("finals:own_desk", session.pk)


def slot_of(session: Session, pk: Any) -> Any:
    """Of this session; anything else is not there."""
    row = practice_or_slot(session, int(pk)) if is_small_number(pk) else None
    if row is None:
        raise Http404
    return row


def is_small_number(text: Any) -> bool:
    return isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 16


def _minutes(request: HttpRequest) -> tuple[int, int]:
    """From "8+7", or from two fields."""
    preset = request.POST.get("preset", "")
    pitch, _plus, questions = preset.partition("+")
    said = [pitch or request.POST.get("pitch", ""), questions or request.POST.get("questions", "")]
    if not all(is_small_number(one.strip()) for one in said):
        raise NotPossible(no("not_minutes", _("Minutes are whole numbers, such as 8 and 7.")))
    return int(said[0]), int(said[1])
