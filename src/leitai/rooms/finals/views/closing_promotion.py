"""Who goes on from the heats, and the further check of those in line for a prize."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation.doors import admit
from leitai.rooms.finals import actions, permissions
from leitai.rooms.finals.models import Diligence
from leitai.rooms.finals.queries import closing, preparing
from leitai.rooms.finals.queries.promotion import promotion as wild_cards
from leitai.rooms.finals.rules import DILIGENCE_MOVES, DiligenceState, HeatState, diligence
from leitai.rooms.finals.views.preparing import require_live, stage_of
from leitai.rooms.jury.queries import is_tied
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import permissions as standings
from leitai.rooms.standings.models import Standing
from leitai.rooms.submissions.models import Entry


def promotion(request: HttpRequest, stage_id: int) -> HttpResponse:
    """Direct places, wild cards and reserves as the standing has them; a POST gives the wild cards
    that are open. Deciding and publishing is the standing's own way."""
    stage = stage_of(stage_id)
    admit(request, permissions.promote, stage)
    admit(request, standings.make_standing, stage)
    require_live(stage)
    if request.method == "POST":
        actions.promote(stage=stage, by=request.user, at=request.at)
        messages.success(request, _("The wild cards are on the list; the committee decides on it."))
        return redirect("finals:promotion", stage.pk)
    found, cards = closing.going_on_from(stage), wild_cards(stage)
    names = Entry.objects.in_bulk([card.entry for card in cards.cards])
    context = {
        "stage": stage, "contest": stage.contest, "quota": stage.rule.quota, "found": found,
        "open": _open_heats(stage), "has_heats": stage.heats.exists(),
        "may_give": cards.may, "places": cards.places,
        "cards": [(card, names[card.entry]) for card in cards.cards],
        "standing": found.standing if found else None,
        "publication": found.standing.publications.first() if found else None,
        "has_offers": stage.offers.exists(), "asks": stage.contest.rules.diligence_percent,
    }  # fmt: skip
    return render(request, "finals/promotion.html", context)


@require_POST
def concluding(request: HttpRequest, stage_id: int) -> HttpResponse:
    """The standing of the whole stage, where closing the last heat has not made it already."""
    stage = stage_of(stage_id)
    admit(request, permissions.promote, stage)
    admit(request, standings.make_standing, stage)
    if actions.conclude_stage(stage=stage, by=request.user, at=request.at) is None:
        messages.error(request, _("Not every heat is closed yet."))
    return redirect("finals:promotion", stage.pk)


def _open_heats(stage: Stage) -> list[Any]:
    heats = preparing.heats_of([stage])[stage.pk]
    return [heat for heat in heats if heat.state != HeatState.CLOSED]


def checks(request: HttpRequest, stage_id: int) -> HttpResponse:
    """Due diligence: who is looked at, and how far that is. A POST begins it, or takes in who came
    next. Entries the reader has a tie to are not on the list."""
    stage = stage_of(stage_id)
    admit(request, permissions.look_through, stage)
    if request.method == "POST":
        made = actions.begin_diligence(stage=stage, by=request.user, at=request.at)
        messages.success(request, _("%d more entries are checked.") % len(made))
        return redirect("finals:diligence", stage.pk)
    rows = stage.diligences.select_related("entry", "by").order_by("pk")
    context = {
        "stage": stage, "contest": stage.contest,
        "rows": [row for row in rows if not is_tied(request.user, row.entry_id)],
        "percent": stage.contest.rules.diligence_percent, "items": len(diligence.ITEMS),
        "has_standing": Standing.objects.filter(stage=stage).exists(),
    }  # fmt: skip
    return render(request, "finals/diligence.html", context)


def check(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry, item by item."""
    row = _row(pk)
    admit(request, permissions.look_through, row.stage)
    if is_tied(request.user, row.entry_id):
        admit(request, permissions.conclude_diligence, row)  # hidden
    if request.method == "POST":
        items = {code: request.POST[code] for code in diligence.ITEMS if code in request.POST}
        note = request.POST.get("note", "")[:4000]
        actions.note_diligence(row=row, items=items, note=note, by=request.user, at=request.at)
        messages.success(request, _("Kept."))
        return redirect("finals:check", row.pk)
    context = {
        "row": row, "stage": row.stage, "contest": row.stage.contest,
        "items": [(code, said, row.items.get(code, "")) for code, said in diligence.ITEMS.items()],
        "answers": list(diligence.WORDS.items()),
        "may_conclude": permissions.conclude_diligence(request.user, row),
        "next": DILIGENCE_MOVES[row.state], "is_fine": diligence.may_conclude(
            DiligenceState.PASSED, items=row.items, note=row.note
        ),
    }  # fmt: skip
    return render(request, "finals/check.html", context)


@require_POST
def conclusion(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(pk)
    admit(request, permissions.conclude_diligence, row)
    made = actions.conclude_diligence(
        row=row, state=request.POST.get("state", ""), note=request.POST.get("note", "")[:4000],
        by=request.user, at=request.at,
    )  # fmt: skip
    if made is not None:
        messages.success(request, _("The next in line has the place; look at the new standing."))
    return redirect("finals:diligence", row.stage_id)


def _row(pk: int) -> Diligence:
    related = ("entry", "stage__contest__edition", "stage__contest__ruleset")
    return get_object_or_404(Diligence.objects.select_related(*related), pk=pk)
