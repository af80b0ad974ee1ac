"""When, where and in which order: for the public, and for a team on its own clock."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leitai.foundation.doors import admit, public
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Edition
from leitai.rooms.finals import permissions
from leitai.rooms.finals.models import Result, Session, Slot
from leitai.rooms.finals.queries import preparing
from leitai.rooms.finals.rules import PITCHING, HeatState, SessionState, SlotState
from leitai.rooms.finals.rules.calendar import Date, calendar
from leitai.rooms.finals.views.preparing import heat_of
from leitai.rooms.submissions import permissions as submissions
from leitai.rooms.submissions.models import Entry


@public
@require_safe
def programme(request: HttpRequest, edition: str) -> HttpResponse:
    """All heats of an edition that were announced."""
    found = get_object_or_404(Edition, slug=edition)
    admit(request, contests.read_edition, found)
    real = Session.objects.filter(heat=OuterRef("pk"), is_rehearsal=False)
    told = real.filter(state=SessionState.CLOSED, scene="results")
    heats = preparing.public_heats(found).exclude(state=HeatState.PLANNED)
    heats = heats.annotate(is_told=Exists(told), has_session=Exists(real))
    readable: dict[int, bool] = {}
    shown = []
    for heat in heats:
        contest = heat.stage.contest
        if contest.pk not in readable:
            readable[contest.pk] = bool(contests.read_contest(request.user, contest))
        if readable[contest.pk]:
            shown.append(heat)
    return render(request, "finals/programme.html", {"edition": found, "heats": shown})


@public
@require_safe
def public_heat(request: HttpRequest, pk: int) -> HttpResponse:
    """One heat: the order once it is drawn, and the result once the hall has heard it."""
    heat = heat_of(pk)
    admit(request, permissions.see_heat, heat)
    result = heat.results.first()
    is_told = result is not None and bool(permissions.see_result(request.user, result))
    slots = list(heat.slots.select_related("entry__scenario"))
    context = {
        "heat": heat, "stage": heat.stage, "contest": heat.stage.contest,
        "has_order": heat.orders.exists(), "slots": slots, "turns": preparing.turns(heat),
        "lot": preparing.newest_lot(heat), "session": preparing.real_session(heat),
        "result": result if is_told else None,
        "rows": _ranked(result, slots) if result and is_told else [],
    }  # fmt: skip
    return render(request, "finals/public_heat.html", context)


def _ranked(result: Result, slots: list[Slot]) -> list[dict[str, Any]]:
    """The result's rows with their entries, the best first."""
    by_entry = {slot.entry_id: slot for slot in slots}
    rows = [{**row, "slot": by_entry.get(row["entry"])} for row in result.rows]
    return sorted(rows, key=lambda r: (r["place"] is None, r["place"] or 0, r["code"]))


@require_safe
def turn(request: HttpRequest, entry_id: int) -> HttpResponse:
    """The team: when and where am I, on the hall's clock and on ours."""
    entry = _entry(entry_id)
    admit(request, submissions.read_own, entry)
    context = {"entry": entry, "title": entry.title or entry.code, "contest": entry.contest,
               "rows": [_turn(slot) for slot in _announced(entry)]}  # fmt: skip
    return render(request, "finals/turn.html", context)


def _turn(slot: Slot) -> dict[str, Any]:
    heat, times = slot.heat, preparing.turns(slot.heat)
    live = heat.stage.rule.live
    before = heat.slots.filter(position__lt=slot.position, state=SlotState.WAITING).count()
    return {
        "slot": slot, "heat": heat, "at": times.get(slot.entry_id), "live": live,
        "has_order": bool(times) or heat.orders.exists(), "before": before,
        "session": preparing.real_session(heat), "lot": preparing.newest_lot(heat),
        "is_in": slot.state in PITCHING,
    }  # fmt: skip


@require_safe
def turn_calendar(request: HttpRequest, entry_id: int) -> HttpResponse:
    """The same for the team's own calendars; loaded again it moves what has moved."""
    entry = _entry(entry_id)
    admit(request, submissions.read_own, entry)
    dates = [date for slot in _announced(entry) if (date := _date(request, slot))]
    response = HttpResponse(
        calendar(dates, at=request.at), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{entry.code}.ics"'
    return response


def _date(request: HttpRequest, slot: Slot) -> Date | None:
    """The turn where the order is known, else the whole heat."""
    heat = slot.heat
    if heat.starts_at is None or slot.state not in PITCHING:
        return None
    own = preparing.turns(heat).get(slot.entry_id)
    length = preparing.turn_length(heat)
    ends = own + length if own else heat.starts_at + length * max(1, heat.slots.count())
    words = _("Your turn is an estimate; please be there half an hour before.")
    return Date(
        uid=f"heat-{heat.pk}-{slot.entry_id}@{request.get_host()}", starts_at=own or heat.starts_at,
        ends_at=max(ends, (own or heat.starts_at) + timedelta(minutes=5)),
        title=f"{heat.stage.contest.name}: {heat} · {slot.entry.code}", where=heat.hall,
        text=words, url=request.build_absolute_uri(reverse("finals:turn", args=[slot.entry_id])),
    )  # fmt: skip


def _entry(entry_id: int) -> Entry:
    known = Entry.objects.select_related("contest__edition", "contest__ruleset")
    return get_object_or_404(known, pk=entry_id)


def _announced(entry: Entry) -> list[Slot]:
    return [s for s in preparing.slots_of(entry) if s.heat.state != HeatState.PLANNED]
