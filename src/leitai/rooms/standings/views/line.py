"""How sure the line is: the picture, the table, what formulas change, and asking for more."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leitai.foundation.doors import admit
from leitai.foundation.notes import told
from leitai.foundation.tables.responses import table_response
from leitai.rooms.jury import queries as jury
from leitai.rooms.jury.actions import note_marks_read
from leitai.rooms.standings import actions, permissions, queries
from leitai.rooms.standings.forms import FORMULAS, SecondLookForm
from leitai.rooms.standings.models import Place, Standing
from leitai.rooms.standings.queries import Line, Spot
from leitai.rooms.standings.rules import Outcome
from leitai.rooms.standings.views.making import standing_row
from leitai.rooms.standings.views.pictures import picture_of_line

MOST_ROWS = 100
ORDER = ("safe_in", "borderline", "safe_out")


def doubts(request: HttpRequest, pk: int) -> HttpResponse:
    """How sure the line is, and where one more look would tell most."""
    standing = standing_row(pk)
    admit(request, permissions.decide, standing)
    context: dict[str, Any] = {
        "contest": standing.stage.contest, "stage": standing.stage, "standing": standing,
    }  # fmt: skip
    if standing.rule.quota.total:
        line = queries.line(standing)
        if request.GET.get("format") in ("csv", "xlsx"):
            note_marks_read(stage=standing.stage, by=request.user, at=request.at)
            return _export(standing, line, request.GET["format"])
        context |= _doubts(standing, line) | {"may_look": queries.may_look_again(standing)}
    return render(request, "standings/doubts.html", context)


def formulas(request: HttpRequest, pk: int) -> HttpResponse:
    """What each formula would change; the page asks for it when it stands."""
    standing = standing_row(pk)
    admit(request, permissions.decide, standing)
    line = queries.line(standing)
    context = {
        "standing": standing,
        "changed": [(FORMULAS[c.formula], c) for c in line.changed],
        "total": sum(line.places.values()),
    }
    return render(request, "standings/doubts.html#formulas", context)


def second_look(request: HttpRequest, pk: int) -> HttpResponse:
    """The band and the ways to look again; asking makes a proposal that nobody hears of yet."""
    standing = standing_row(pk)
    admit(request, permissions.decide, standing)
    stage, rule = standing.stage, standing.rule
    band, line = queries.band(standing), queries.line(standing)
    near = sum(spot.standing == "borderline" for spot in line.spots)
    form = SecondLookForm(request.POST or None, has_band=bool(band), near=near)
    if request.method == "POST" and form.is_valid():
        draw = actions.ask_second_look(
            standing=standing, **form.cleaned_data, by=request.user, at=request.at
        )
        return redirect("jury:draw", draw.pk)
    spots = {spot.entry: spot for spot in line.spots}
    kinds = Counter(spots[entry].standing for entry in band if entry in spots)
    room = [left for left in jury.room(stage).values() if left]
    shown = [spots[entry] for entry in band if entry in spots]
    context = {
        "contest": stage.contest, "stage": stage, "standing": standing, "rule": rule, "form": form,
        "band": len(band), "near": near, "kinds": [(k, kinds[k]) for k in ORDER],
        "room": sum(room), "jurors": len(room), "may_look": queries.may_look_again(standing),
        "rows": _rows(standing, shown[:MOST_ROWS]),
        "more": max(len(shown) - MOST_ROWS, 0),
        "draws": stage.draws.exclude(second_look=""),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "standings/second_look.html", context, status=status)


def _doubts(standing: Standing, line: Line) -> dict[str, Any]:
    """The figures of the whole, the picture, and the entries where one more review tells most."""
    kinds = Counter(spot.standing for spot in line.spots)
    open_ = sorted((s for s in line.spots if s.standing == "borderline"), key=lambda s: -s.gain)
    return {
        "rows": _rows(standing, open_[:MOST_ROWS]), "more": max(len(open_) - MOST_ROWS, 0),
        "safe_in": kinds["safe_in"], "borderline": kinds["borderline"],
        "safe_out": kinds["safe_out"], "right": round(line.right),
        "total": sum(line.places.values()), "parts": line.parts,
        "pairs": round(100 * line.pairs), "notes": told(line.notes[2:]),
        "picture": picture_of_line(line, queries.ranked(standing)),
    }  # fmt: skip


def _rows(standing: Standing, spots: list[Spot]) -> list[dict[str, Any]]:
    places = queries.places_by_entry(standing, of=[spot.entry for spot in spots])
    return [
        {"spot": spot, "place": places.get(spot.entry), "gain": round(100 * spot.gain)}
        for spot in spots
    ]


def _export(standing: Standing, line: Line, kind: str) -> Any:
    places = queries.places_by_entry(standing)
    headers = ["code", "title_zh", "title_en", "scenario", "rank", "score", "outcome", "sheets",
               "calibrated", "low", "high", "chance_in", "standing", "gain"]  # fmt: skip
    rows = (_exported(spot, places[spot.entry]) for spot in line.spots if spot.entry in places)
    name = f"line-{standing.stage.contest.slug}-{standing.stage.code}-{standing.number}.{kind}"
    return table_response(headers, rows, name=name, title=_("The line"))


def _exported(spot: Spot, place: Place) -> list[Any]:
    entry = place.entry
    scenario = entry.scenario.code if entry.scenario else ""
    return [
        entry.code, entry.title_zh, entry.title_en, scenario, place.rank, place.score,
        str(Outcome(place.outcome).label), spot.sheets, round(spot.score, 3), round(spot.low, 3),
        round(spot.high, 3), round(spot.p_in, 4), spot.standing, round(spot.gain, 4),
    ]  # fmt: skip
