"""The run of show: points with minutes, films, and the clock times that follow."""

from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leitai.foundation.doors import admit
from leitai.foundation.files.serve import respond
from leitai.foundation.files.store import keep
from leitai.foundation.files.typeset import typeset
from leitai.foundation.files.uploads import takes_upload
from leitai.rooms.finals import actions, permissions
from leitai.rooms.finals.forms import CueForm
from leitai.rooms.finals.models import Cue, Heat
from leitai.rooms.finals.queries import preparing
from leitai.rooms.finals.rules import zones
from leitai.rooms.finals.views.preparing import frame, heat_of

SOURCE = Path(__file__).parents[1] / "typst/show.typ"
FILM_BYTES = 400 * 2**20


@takes_upload(FILM_BYTES)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The points in order; a form for one more."""
    heat = heat_of(pk)
    is_new = request.method == "POST"
    admit(request, permissions.run_heat if is_new else permissions.see_desk, heat)
    form = CueForm(request.POST or None, request.FILES or None, heat=heat)
    if is_new and form.is_valid():
        actions.add_cue(heat=heat, fields=_fields(request, form), by=request.user, at=request.at)
        return redirect("finals:show", heat.pk)
    context = {
        **frame(request, heat, "show"), "show": preparing.show(heat), "form": form,
        "has_order": heat.orders.exists(),
    }  # fmt: skip
    return render(request, "finals/show.html", context, status=422 if form.errors else 200)


@require_POST
def first_show(request: HttpRequest, pk: int) -> HttpResponse:
    """Words of welcome, every pitch in its order with its questions, a break, the results."""
    heat = heat_of(pk)
    admit(request, permissions.run_heat, heat)
    actions.write_show(heat=heat, by=request.user, at=request.at)
    return redirect("finals:show", heat.pk)


@takes_upload(FILM_BYTES)
def cue(request: HttpRequest, pk: int) -> HttpResponse:
    found = cue_of(pk)
    admit(request, permissions.run_heat, found.heat)
    form = CueForm(
        request.POST or None, request.FILES or None, heat=found.heat,
        initial={f: getattr(found, f) for f in ("kind", "title_zh", "title_en", "minutes", "slot")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        fields = _fields(request, form)
        actions.change_cue(cue=found, fields=fields, by=request.user, at=request.at)
        return redirect("finals:show", found.heat_id)
    context = {**frame(request, found.heat, "show"), "cue": found, "form": form}
    return render(request, "finals/cue.html", context, status=422 if form.errors else 200)


def _fields(request: HttpRequest, form: CueForm) -> dict[str, Any]:
    """What was typed; a film that was sent is looked at and kept first."""
    asked = dict(form.cleaned_data)
    film = asked.pop("file")
    if film:
        asked["file"] = keep(
            film, allow={"mp4"}, limit_bytes=FILM_BYTES, by=request.user, at=request.at
        )
    return asked


@require_POST
def cue_place(request: HttpRequest, pk: int) -> HttpResponse:
    """One up, one down, or to a number."""
    found = cue_of(pk)
    admit(request, permissions.run_heat, found.heat)
    asked = request.POST.get("position", "")
    position = int(asked) if asked.isdecimal() and len(asked) < 5 else found.position
    actions.move_cue(cue=found, position=position, by=request.user, at=request.at)
    return redirect("finals:show", found.heat_id)


@require_POST
def cue_removal(request: HttpRequest, pk: int) -> HttpResponse:
    found = cue_of(pk)
    admit(request, permissions.run_heat, found.heat)
    actions.remove_cue(cue=found, by=request.user, at=request.at)
    return redirect("finals:show", found.heat_id)


@require_safe
def show_print(request: HttpRequest, pk: int) -> HttpResponse:
    """For the stage crew, on paper."""
    heat = heat_of(pk)
    admit(request, permissions.see_desk, heat)
    content = BytesIO(typeset(SOURCE, words=_words(heat)))
    name = f"show-{heat.stage.contest.slug}-{heat.number}.pdf"
    return respond(content, name=name, kind="application/pdf", inline=True)


def cue_of(pk: int) -> Cue:
    related = ("heat__stage__contest__edition", "heat__stage__contest__ruleset", "file",
               "slot__entry")  # fmt: skip
    return get_object_or_404(Cue.objects.select_related(*related), pk=pk)


def _words(heat: Heat) -> dict[str, Any]:
    """Everything as text; the source only lays it out."""
    told, zone = preparing.show(heat), ZoneInfo(heat.time_zone)
    starts = heat.starts_at.astimezone(zone) if heat.starts_at else None
    day = f"{starts:%Y-%m-%d %H:%M} {zones.city(heat.time_zone)}" if starts else "–"
    return {
        "language": "zh" if get_language() == "zh-hans" else "en",
        "title": _("Run of show"), "where": f"{heat.stage.contest.name} · {heat.stage.name}",
        "heat": str(heat),
        "facts": [
            [_("Begins"), day], [_("Hall"), heat.hall or "–"],
            [_("Ends about"), f"{told.ends_at.astimezone(zone):%H:%M}" if told.ends_at else "–"],
        ],
        "columns": ["", _("Time"), _("Minutes"), _("Kind"), _("What happens"), _("Done")],
        "rows": [
            [str(n), f"{at.astimezone(zone):%H:%M}" if at else "–", str(one.minutes),
             str(one.get_kind_display()), _what(one)]
            for n, (one, at) in enumerate(told.rows, 1)
        ],
    }  # fmt: skip


def _what(cue: Cue) -> str:
    """Title, entry, file: whatever there is."""
    entry = cue.slot.entry if cue.slot else None
    parts = [f"{entry.code} {entry.title} · {entry.team_name}" if entry else cue.title]
    if entry and cue.slot and cue.slot.time_zone:
        parts.append(_("joins from {city}").format(city=zones.city(cue.slot.time_zone)))
    if cue.file:
        parts.append(cue.file.name)
    return " · ".join(part for part in parts if part)
