"""What is pressed at the scorekeeper's and the chair's desk."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation.doors import admit
from leitai.foundation.refusals import NotPossible
from leitai.rooms.finals import actions, permissions
from leitai.rooms.finals.models import HallSeat, Second, Session, Slot
from leitai.rooms.finals.queries.hall import heat_hall
from leitai.rooms.finals.views.hall_deeds import answer, is_small_number, pressed, slot_of
from leitai.rooms.finals.views.hall_marking import session_of
from leitai.rooms.jury.models import ReopeningRequest
from leitai.rooms.jury.rules import DECLARED_GROUNDS
from leitai.values.verdict import no


@require_POST
def scoring(request: HttpRequest, session_id: int) -> HttpResponse:
    """open, close"""
    session = session_of(session_id)
    admit(request, permissions.keep_scores, session.heat)
    slot = slot_of(session, request.POST.get("slot"))
    is_open = request.POST.get("deed") == "open"
    deed = actions.open_scoring if is_open else actions.close_scoring
    pressed(request, session, "scoring", deed, session=session, slot=slot)
    return answer(request, session)


@require_POST
def order(request: HttpRequest, session_id: int) -> HttpResponse:
    """One entry takes another place, or all are named in their new order."""
    session = session_of(session_id)
    admit(request, permissions.keep_scores, session.heat)
    if session.is_rehearsal:
        raise Http404
    entries = _entries(request, session)
    why = request.POST.get("reason", "")
    pressed(request, session, "order", actions.set_order, heat=session.heat, entries=entries,
            reason=why)  # fmt: skip
    return answer(request, session)


@require_POST
def slot_state(request: HttpRequest, session_id: int, slot_id: int) -> HttpResponse:
    """absent, back, withdrawn"""
    session = session_of(session_id)
    admit(request, permissions.keep_scores, session.heat)
    slot = get_object_or_404(
        Slot.objects.select_related("heat", "stage", "entry"), pk=slot_id, heat=session.heat_id
    )
    if session.is_rehearsal:
        raise Http404
    deeds: dict[str, Any] = {"absent": actions.mark_absent, "withdrawn": actions.withdraw}
    deed, why = request.POST.get("deed", ""), request.POST.get("why", "")
    if deed == "back":
        pressed(request, session, "order", actions.call_back, slot=slot)
    elif deed in deeds:
        pressed(request, session, "order", deeds[deed], slot=slot, why=why)
    else:
        raise NotPossible(no("no_such_deed", "absent, back, withdrawn"))
    return answer(request, session)


@require_POST
def second_word(request: HttpRequest, session_id: int, pk: int) -> HttpResponse:
    """A second person has looked at a mark far from the others: it stands, or goes back."""
    session = session_of(session_id)
    second = get_object_or_404(
        Second.objects.select_related("heat__stage__contest", "sheet__juror", "sheet__entry"),
        pk=pk, heat=session.heat_id,
    )  # fmt: skip
    admit(request, permissions.see_desk, session.heat)
    admit(request, permissions.say_second, second)
    deed = actions.give_back if request.POST.get("deed") == "back" else actions.say_second
    word = request.POST.get("word", "")
    deed(second=second, word=word, by=request.user, at=request.at)
    return answer(request, session)


@require_POST
def correction(request: HttpRequest, session_id: int) -> HttpResponse:
    """A juror's slip of the pen: ask for the confirmed score to be opened."""
    session = session_of(session_id)
    admit(request, permissions.keep_scores, session.heat)
    if session.is_rehearsal:
        raise Http404
    slot, seat = slot_of(session, request.POST.get("slot")), _seat(request, session)
    sheet = slot.stage.sheets.standing().filter(entry=slot.entry_id, juror=seat.juror_id).first()
    if sheet is None:
        raise NotPossible(no("no_sheet", _("This juror has not marked this entry.")))
    why = request.POST.get("why", "")
    actions.ask_correction(session=session, sheet=sheet, why=why, by=request.user, at=request.at)
    return answer(request, session)


@require_POST
def correction_word(request: HttpRequest, session_id: int, pk: int) -> HttpResponse:
    """The second person agrees: the juror marks once more."""
    session = session_of(session_id)
    admit(request, permissions.see_desk, session.heat)
    asked = get_object_or_404(
        ReopeningRequest.objects.select_related("sheet__stage__contest", "sheet__juror", "by"),
        pk=pk, sheet__stage=session.heat.stage_id,
        sheet__entry__in=session.heat.slots.values("entry_id"),
    )  # fmt: skip
    admit(request, permissions.confirm_correction, asked)
    actions.confirm_correction(session=session, request=asked, by=request.user, at=request.at)
    return answer(request, session)


@require_POST
def tie(request: HttpRequest, session_id: int) -> HttpResponse:
    """The chair's word on level entries, the best first."""
    session = session_of(session_id)
    admit(request, permissions.lead_jury, session.heat)
    said = [request.POST[key] for key in sorted(request.POST) if key.startswith("place-")]
    order = [int(one) for one in said if is_small_number(one)]
    why = request.POST.get("why", "")
    actions.talk_tie(heat=session.heat, order=order, why=why, by=request.user, at=request.at)
    return answer(request, session)


@require_POST
def conflict(request: HttpRequest, session_id: int) -> HttpResponse:
    """A tie found late: that juror's mark leaves the entry's denominator."""
    session = session_of(session_id)
    seat, slot = _seat(request, session), slot_of(session, request.POST.get("slot"))
    admit(request, tell_conflict, session, seat)
    ground = request.POST.get("ground", "")
    if ground not in dict(DECLARED_GROUNDS):
        raise NotPossible(no("no_ground", _("Please choose what kind of tie it is.")))
    if session.is_rehearsal:
        raise NotPossible(no("rehearsal", _("Made-up entries have no ties.")))
    note = request.POST.get("note", "").strip()[:300]
    actions.stand_down(session=session, juror=seat.juror, slot=slot, ground=ground, note=note,
                       by=request.user, at=request.at)  # fmt: skip
    return answer(request, session)


@require_POST
def seat_leaving(request: HttpRequest, session_id: int) -> HttpResponse:
    """A juror has to go."""
    session = session_of(session_id)
    admit(request, permissions.keep_scores, session.heat)
    if session.is_rehearsal:
        raise Http404
    seat, why = _seat(request, session), request.POST.get("why", "")
    actions.leave_seat(seat=seat, why=why, by=request.user, at=request.at)
    return answer(request, session)


def tell_conflict(user: Any, session: Session, seat: HallSeat) -> Any:
    """The juror in person, the chair, or who keeps the scores."""
    own = permissions.stand_down(user, seat)
    return own or permissions.lead_jury(user, session.heat)


def _seat(request: HttpRequest, session: Session) -> HallSeat:
    number = request.POST.get("seat", "")
    if not is_small_number(number):
        raise Http404
    rows = HallSeat.objects.select_related("juror__user", "heat__stage__contest")
    return get_object_or_404(rows, pk=int(number), heat=session.heat_id)


def _entries(request: HttpRequest, session: Session) -> list[int]:
    """All in the order named, or the order in force with one moved to a place."""
    now = [turn.id for turn in heat_hall(session.heat).turns]
    moved, place = request.POST.get("entry", ""), request.POST.get("place", "")
    if not moved:
        return [int(one) for one in request.POST.getlist("entries") if is_small_number(one)]
    if not (is_small_number(moved) and int(moved) in now and is_small_number(place)):
        raise NotPossible(no("no_such_place", _("Choose an entry and the place it gets.")))
    now.remove(int(moved))
    now.insert(max(0, int(place) - 1), int(moved))
    return now
