"""Who sits on the jury of a heat and who leads it; who helps in the hall."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leitai.foundation.doors import admit
from leitai.rooms.finals import actions, permissions, queries
from leitai.rooms.finals.models import Crew, HallSeat
from leitai.rooms.finals.queries import preparing
from leitai.rooms.finals.rules import CrewRole
from leitai.rooms.finals.views.preparing import frame, heat_of
from leitai.rooms.jury.models import Juror
from leitai.rooms.people.models import User


@require_safe
def jury(request: HttpRequest, pk: int) -> HttpResponse:
    """Seats with their reasons, ties that take a juror out of an entry, who could sit there."""
    heat = heat_of(pk)
    admit(request, permissions.see_contest_heats, heat.stage.contest)
    hall = queries.heat_hall(heat)
    may_seat = permissions.seat_jury(request.user, heat.stage)
    context = {
        **frame(request, heat, "jury"), "hall": hall, "panel": heat.stage.rule.panel,
        "seats": preparing.seats_with_ties(hall) if may_seat else preparing.seats_bare(hall),
        "free": preparing.free_jurors(heat) if may_seat else [],
        "crew": list(heat.crew.filter(ended_at=None).select_related("user")),
        "posts": CrewRole.choices,
    }  # fmt: skip
    return render(request, "finals/jury.html", context)


@require_POST
def seating(request: HttpRequest, pk: int) -> HttpResponse:
    """One more juror; with `instead`, in somebody's place."""
    heat = heat_of(pk)
    admit(request, permissions.seat_jury, heat.stage)
    asked = _number(request.POST.get("juror"))
    juror = get_object_or_404(Juror, pk=asked, contest=heat.stage.contest_id)
    instead = _number(request.POST.get("instead"))
    if instead:
        seat = get_object_or_404(heat.seats, pk=instead)
        actions.exchange_juror(seat=seat, juror=juror, by=request.user, at=request.at)
    else:
        actions.seat_juror(heat=heat, juror=juror, by=request.user, at=request.at)
    messages.success(request, _("%s sits on this jury.") % juror.name)
    return redirect("finals:jury", heat.pk)


@require_POST
def unseating(request: HttpRequest, pk: int) -> HttpResponse:
    seat = seat_of(pk)
    admit(request, permissions.seat_jury, seat.heat.stage)
    actions.unseat(seat=seat, by=request.user, at=request.at)
    return redirect("finals:jury", seat.heat_id)


@require_POST
def chairing(request: HttpRequest, pk: int) -> HttpResponse:
    seat = seat_of(pk)
    admit(request, permissions.seat_jury, seat.heat.stage)
    actions.name_chair(seat=seat, by=request.user, at=request.at)
    messages.success(request, _("%s is the chair.") % seat.juror.name)
    return redirect("finals:jury", seat.heat_id)


@require_POST
def crew(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody with an account helps here; a wrong address says so and tells nothing else."""
    heat = heat_of(pk)
    admit(request, permissions.run_heat, heat)
    email = request.POST.get("email", "").strip()[:254]
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        messages.error(request, _("Nobody with this address has an account here yet."))
        return redirect("finals:jury", heat.pk)
    role = request.POST.get("role", "")
    actions.appoint_crew(heat=heat, user=user, role=role, by=request.user, at=request.at)
    return redirect("finals:jury", heat.pk)


@require_POST
def crew_end(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Crew.objects.select_related("heat__stage__contest__edition"), pk=pk)
    admit(request, permissions.run_heat, found.heat)
    actions.end_crew(crew=found, by=request.user, at=request.at)
    return redirect("finals:jury", found.heat_id)


def seat_of(pk: int) -> HallSeat:
    related = ("juror", "heat__stage__contest__edition", "heat__stage__contest__ruleset")
    return get_object_or_404(HallSeat.objects.select_related(*related), pk=pk)


def _number(words: str | None) -> int:
    return int(words) if words and words.isdecimal() and len(words) < 18 else 0
