"""After a heat: its result, the recount, sheets on paper."""

import hashlib
import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leitai.foundation.doors import admit
from leitai.foundation.files.serve import respond
from leitai.foundation.files.typeset import typeset
from leitai.rooms.finals import actions, permissions
from leitai.rooms.finals.models import Heat, Result
from leitai.rooms.finals.queries import closing
from leitai.rooms.finals.rules import zones
from leitai.rooms.finals.views.preparing import frame, heat_of
from leitai.rooms.jury import queries as jury
from leitai.rooms.standings.rules.words import tie_words

SOURCE = Path(__file__).parents[1] / "typst/result.typ"


@require_safe
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest result, or an earlier one by its number, and what the tie-break was."""
    heat = heat_of(pk)
    found, results = _result(request, heat)
    admit(request, permissions.see_contest_heats, heat.stage.contest)
    admit(request, permissions.read_marks, heat)
    slots = list(heat.slots.select_related("entry"))
    context = {
        **frame(request, heat, "result"), "result": found, "results": results,
        "rows": closing.ranked(found, slots) if found else [], "ties": _talks(heat),
        "recount": found.recounts.first() if found else None,
    }  # fmt: skip
    return render(request, "finals/result.html", context)


def _result(request: HttpRequest, heat: Heat) -> tuple[Result | None, list[Result]]:
    results = list(heat.results.select_related("by").order_by("-number"))
    asked = request.GET.get("number", "")
    chosen = [r for r in results if asked.isdecimal() and r.number == int(asked[:6])]
    return (chosen or results or [None])[0], results


def _talks(heat: Heat) -> list[dict[str, Any]]:
    codes = dict(heat.slots.values_list("entry_id", "entry__code"))
    return [
        {"talk": talk, "codes": [codes.get(entry, "–") for entry in talk.order]}
        for talk in heat.tie_talks.select_related("by")
    ]


def recount(request: HttpRequest, pk: int) -> HttpResponse:
    """The raw marks once more, reckoned in another way, beside what was told in the hall."""
    found = result_of(pk)
    heat = found.heat
    admit(request, permissions.see_contest_heats, heat.stage.contest)
    admit(request, permissions.read_marks, heat)
    if request.method == "POST":
        made = actions.recount(result=found, by=request.user, at=request.at)
        if not made.faults:
            messages.success(request, _("Recounted: every row is the same."))
        return redirect("finals:recount", found.pk)
    last = found.recounts.select_related("by").first()
    slots = list(heat.slots.select_related("entry"))
    context = {
        **frame(request, heat, "result"), "result": found, "recount": last,
        "rows": closing.beside(found, last, slots) if last else [],
        "can_be_counted": heat.stage.rule.formula != "z_mean",
    }  # fmt: skip
    return render(request, "finals/recount.html", context)


@require_safe
def sheets_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Every sealed sheet of the heat with its hash, for the juror's signature on the spot."""
    heat = heat_of(pk)
    admit(request, permissions.see_contest_heats, heat.stage.contest)
    admit(request, permissions.read_marks, heat)
    name = f"sheets-{heat.stage.contest.slug}-{heat.stage.code}-{heat.number}"
    check = request.build_absolute_uri(reverse("jury:check"))
    content = BytesIO(jury.sheets_paper(heat.stage, closing.sealed_sheets(heat), check=check))
    return respond(content, name=f"{name}.pdf", kind="application/pdf", inline=True)


@require_safe
def result_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The result with lines for the jury, the chair, the scorekeeper and the supervisor."""
    found = result_of(pk)
    admit(request, permissions.see_contest_heats, found.heat.stage.contest)
    admit(request, permissions.read_marks, found.heat)
    content = BytesIO(typeset(SOURCE, words=_words(found)))
    name = f"result-{found.heat.stage.contest.slug}-{found.heat.number}-{found.number}.pdf"
    return respond(content, name=name, kind="application/pdf", inline=True)


def result_of(pk: int) -> Result:
    related = ("heat__stage__contest__edition", "heat__stage__contest__ruleset")
    return get_object_or_404(Result.objects.select_related(*related), pk=pk)


def _words(result: Result) -> dict[str, Any]:
    heat = result.heat
    at = result.at.astimezone(ZoneInfo(heat.time_zone))
    rows = closing.ranked(result, list(heat.slots.select_related("entry")))
    seats = heat.seats.select_related("juror").order_by("number")
    return {
        "language": "zh" if get_language() == "zh-hans" else "en", "title": _("Result of a heat"),
        "where": f"{heat.stage.contest.name} · {heat.stage.name}", "heat": str(heat),
        "facts": [
            [_("Result"), str(result.number)],
            [_("Written"), f"{at:%Y-%m-%d %H:%M:%S} {zones.city(heat.time_zone)}"],
            [_("Hall"), heat.hall or "–"],
        ],
        "columns": [pgettext("in a ranking", "Place"), _("Entry code"), _("Entry"), _("Score"),
                    _("Sheets"), _("Tie broken by")],
        "rows": [
            [str(r["place"] or "–"), r["code"], r["slot"].entry.title if r["slot"] else "",
             r["score"] or "–", str(r["sheets"]),
             str(tie_words(r["broken_by"])) if r["broken_by"] else ""]
            for r in rows
        ],
        "why": result.why, "signers_title": _("Signed in the hall"), "date": _("Date"),
        "signers": [
            *([s.juror.name, _("chair") if s.is_chair else _("juror")] for s in seats),
            ["", _("scorekeeper")], ["", _("supervisor")],
        ],
        "inputs": [_("SHA-256 of the marks it is made of"), result.inputs],
        "digest": [_("SHA-256 of this result"), digest(result)],
    }  # fmt: skip


def digest(result: Result) -> str:
    """Over number, marks and rows, so that a paper can be compared with the record."""
    told = [result.heat.number, result.number, result.inputs, result.rows]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
