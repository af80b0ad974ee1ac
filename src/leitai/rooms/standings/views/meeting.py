"""The page of the meeting room: the list and its line, who is present, votes, and what if."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leitai.algorithms import formulas
from leitai.foundation import keyset
from leitai.foundation.doors import admit
from leitai.rooms.contests.rules.cutting import PlacesDoNotFit
from leitai.rooms.contests.rules.words import PLACES_DO_NOT_FIT, told
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import actions, permissions, queries
from leitai.rooms.standings.forms import (
    BallotForm,
    DecideForm,
    PresentForm,
    SpecialForm,
    WhatIfForm,
)
from leitai.rooms.standings.models import Attendee, Place, SpecialPlace, Standing
from leitai.rooms.standings.rules import Outcome, SpecialKind, SpecialState
from leitai.rooms.standings.views.making import stage_row

PAGE = 150


@require_GET
def meeting(request: HttpRequest, stage_id: int) -> HttpResponse:
    """For the projector: everything the committee decides on. What if is shown and never kept."""
    stage = stage_row(stage_id)
    admit(request, permissions.meet, stage)
    return render(request, "standings/meeting.html", _meeting(request, stage))


def _meeting(
    request: HttpRequest, stage: Stage, *, present: Any = None, special: Any = None
) -> dict[str, Any]:
    standing = queries.newest(stage)
    kinds = [k for k in SpecialKind.values if queries.special_limit(stage.contest, k)]
    people = list(queries.attendees(stage))
    left = queries.leaves_for(stage, people)
    return {
        "contest": stage.contest, "stage": stage, "standing": standing,
        "people": [(one, left[one.pk]) for one in people],
        "wanted": stage.contest.rules.decision.signatures,
        "signers": sum(bool(one.user_id) and not left[one.pk] for one in people),
        "present_form": present or PresentForm(),
        "special": queries.special_places(stage), "ballot": BallotForm(),
        "special_form": special or (SpecialForm(contest=stage.contest, kinds=kinds)),
        "kinds": [
            (SpecialKind(k).label, queries.special_used(stage, k),
             queries.special_limit(stage.contest, k)) for k in kinds
        ],
        "open_votes": stage.special_places.filter(
            decision=None, state=SpecialState.PROPOSED
        ).exists(),
        **(_standing(request, standing, left) if standing else {}),
    }  # fmt: skip


def _standing(request: HttpRequest, standing: Standing, left: dict[int, list]) -> dict[str, Any]:
    page = keyset.page(
        queries.places(standing), by=["rank", "id"], cursor=request.GET.get("cursor", ""), size=PAGE
    )
    total = standing.rule.quota.total
    spots = {s.entry: s for s in queries.line(standing).spots} if total else {}
    away = {entry.pk for entries in left.values() for entry in entries}
    ends = _ends(standing)
    rows = [
        {"place": p, "spot": spots.get(p.entry_id), "is_left": p.entry_id in away,
         "ends": ends.get(p.pk)} for p in page
    ]  # fmt: skip
    return {
        "page": page, "rows": rows, "counts": queries.counts(standing), "total": total,
        "decision": queries.decision_of(standing), "ties": standing.open_ties,
        "decide_form": DecideForm(standing=standing), **_what_if(request, standing),
    }  # fmt: skip


def _ends(standing: Standing) -> dict[int, str]:
    """The last place of each group, where its line is."""
    by_group = queries.has_groups(standing.rule)
    found: dict[str, int] = {}
    chosen = standing.places.filter(outcome=Outcome.IN, why="").order_by("rank", "pk")
    for pk, group in chosen.values_list("pk", "entry__scenario__code"):
        found[(group or "") if by_group else ""] = pk
    return {pk: group or _("all together") for group, pk in found.items()}


def _what_if(request: HttpRequest, standing: Standing) -> dict[str, Any]:
    """Who would come in and go out by another rule; nothing is kept of it."""
    asked = any(request.GET.get(name) for name in WhatIfForm.base_fields)
    form = WhatIfForm(request.GET if asked else None, rule=standing.rule)
    if not asked or not form.is_valid() or (tried := form.tried()) is None:
        return {"what_if": form}
    try:
        made, comes_in, drops_out = queries.what_if(standing, tried)
    except formulas.NotComparable as refusal:
        return {"what_if": form, "refusal": told(refusal.notes)}
    except PlacesDoNotFit:
        return {"what_if": form, "refusal": PLACES_DO_NOT_FIT}
    now = standing.places.filter(entry__in=comes_in | drops_out).select_related("entry__scenario")
    rows = sorted(now, key=lambda p: made[p.entry_id].rank or 0)
    chosen = [p for p in made.values() if p.outcome == Outcome.IN]
    return {
        "what_if": form, "tried": tried, "changes": [_change(p, made, comes_in) for p in rows],
        "comes_in": len(comes_in), "drops_out": len(drops_out), "chosen": len(chosen),
        "reserves": sum(p.outcome == Outcome.RESERVE for p in made.values()),
    }  # fmt: skip


def _change(place: Place, made: dict[int, Any], comes_in: set[int]) -> dict[str, Any]:
    then = made[place.entry_id]
    return {"now": place, "then": then, "is_in": place.entry_id in comes_in}


@require_POST
def enter(request: HttpRequest, stage_id: int) -> HttpResponse:
    stage = stage_row(stage_id)
    admit(request, permissions.meet, stage)
    form = PresentForm(request.POST)
    if not form.is_valid():
        context = _meeting(request, stage, present=form)
        return render(request, "standings/meeting.html", context, status=422)
    actions.enter_room(stage=stage, **form.cleaned_data, by=request.user, at=request.at)
    return redirect("standings:meeting", stage.pk)


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Attendee.objects.select_related("stage__contest__edition", "stage__contest__ruleset")
    attendee = get_object_or_404(rows, pk=pk)
    admit(request, permissions.list_present, attendee)
    actions.leave_room(attendee=attendee, by=request.user, at=request.at)
    return redirect("standings:meeting", attendee.stage_id)


@require_POST
def propose(request: HttpRequest, stage_id: int) -> HttpResponse:
    stage = stage_row(stage_id)
    admit(request, permissions.meet, stage)
    kinds = [k for k in SpecialKind.values if queries.special_limit(stage.contest, k)]
    form = SpecialForm(request.POST, contest=stage.contest, kinds=kinds)
    if not form.is_valid():
        context = _meeting(request, stage, special=form)
        return render(request, "standings/meeting.html", context, status=422)
    actions.propose_special(stage=stage, **form.cleaned_data, by=request.user, at=request.at)
    messages.success(request, _("Proposed; the committee votes on it."))
    return redirect("standings:meeting", stage.pk)


@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    rows = SpecialPlace.objects.select_related(
        "stage__contest__edition", "stage__contest__ruleset", "entry"
    )
    place = get_object_or_404(rows, pk=pk)
    admit(request, permissions.vote_special, place)
    form = BallotForm(request.POST)
    if form.is_valid():
        actions.settle_special(place=place, **form.cleaned_data, by=request.user, at=request.at)
    else:
        messages.error(request, _("Please write down the votes for and against."))
    return redirect("standings:meeting", place.stage_id)
