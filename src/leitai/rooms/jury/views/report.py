"""The juror report of a stage: how strict, how steady, how alike, each with how sure that is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from leitai.algorithms.calibration import Copy, JurorLine, Range
from leitai.foundation.doors import admit
from leitai.foundation.notes import said
from leitai.foundation.tables.responses import table_response
from leitai.rooms.jury import actions, permissions, queries
from leitai.rooms.jury.models import Juror
from leitai.rooms.jury.queries.report import JuryReport
from leitai.rooms.jury.views.draws import stage_of
from leitai.rooms.stages.models import Stage

A_PAGE = 100
MOST_DRAWN = 240
MOST_COPIES = 12
WIDTH, HEIGHT, LEFT, TOP, FOOT = 960, 300, 52, 14, 30
SORTS = ("severity", "agreement", "noise", "name")


def report(request: HttpRequest, stage_id: int) -> HttpResponse:
    """For organisers; a strict juror is not a bad one, and the page says so first."""
    stage = stage_of(stage_id)
    admit(request, permissions.read_report, stage)
    found = queries.jury_report(stage)
    if request.GET.get("format") in ("csv", "xlsx"):
        actions.note_marks_read(stage=stage, by=request.user, at=request.at)
        people = queries.named(stage, (line.juror for line in found.lines))
        return _export(stage, found, people, request.GET["format"])
    show, sort = request.GET.get("show", ""), request.GET.get("sort", "")
    sort = sort if sort in SORTS else "severity"
    apart = [n for n in found.lines if queries.stands_out(n)]
    lines = apart if show == "apart" else list(found.lines)
    names = queries.names(stage) if sort == "name" else {}
    lines.sort(key=lambda line: _sorting(line, names, sort))
    start = _start(request.GET.get("from", ""), len(lines))
    shown, drawn = lines[start : start + A_PAGE], _drawn(found)
    copies = found.copies[:MOST_COPIES]
    people = queries.named(stage, _shown(shown, drawn, copies))
    context = {
        "stage": stage, "contest": stage.contest, "report": found, "show": show, "sort": sort,
        "rows": [_row(line, people) for line in shown],
        "apart": len(apart), "jurors": len(found.lines),
        "sheets": sum(line.sheets for line in found.lines), "picture": _picture(drawn, people),
        "copies": [_copy(copy, people) for copy in copies],
        "more_copies": max(len(found.copies) - MOST_COPIES, 0),
        "earlier": _address(show, sort, start - A_PAGE) if start else "",
        "later": _address(show, sort, start + A_PAGE) if start + A_PAGE < len(lines) else "",
    }  # fmt: skip
    return render(request, "jury/report.html", context)


def _shown(*groups: Sequence[Any]) -> Iterator[Any]:
    """The jurors whose names the page needs; a copy has two."""
    for thing in chain(*groups):
        yield from thing.jurors if isinstance(thing, Copy) else (thing.juror,)


def _sorting(line: JurorLine, names: Mapping[int, str], by: str) -> Any:
    """What one looks for first; jurors with too few sheets to tell come last."""
    if by == "name":
        return (0, names[int(line.juror)], line.juror)
    if by == "noise":
        return (0, -line.noise.value, line.juror)
    if by == "agreement":
        found = line.agreement
        return (found is None, found.value if found else 0, line.juror)
    return (0, line.severity.value, line.juror)


def _row(line: JurorLine, people: Mapping[int, Juror]) -> dict[str, Any]:
    return {
        "juror": people[int(line.juror)], "line": line, "notes": [said(n) for n in line.notes],
        "is_apart": queries.stands_out(line),
    }  # fmt: skip


def _copy(copy: Copy, people: Mapping[int, Juror]) -> dict[str, Any]:
    """The note speaks of jurors by number; people know them by name."""
    params = dict(copy.note.params)
    for key, juror in zip(("one", "other"), copy.jurors, strict=True):
        params[key] = people[int(juror)].name
    pairs = [(people[int(juror)], copy.entries) for juror in copy.jurors]
    return {"said": said(replace(copy.note, params=params)), "pairs": pairs}


def _drawn(found: JuryReport) -> list[JurorLine]:
    """From the lowest marks to the highest; of many the two ends, which one looks for."""
    ordered = sorted(found.lines, key=lambda line: line.severity.value)
    if len(ordered) <= MOST_DRAWN:
        return ordered
    return [*ordered[: MOST_DRAWN // 2], *ordered[-MOST_DRAWN // 2 :]]


def _picture(shown: Sequence[JurorLine], people: Mapping[int, Juror]) -> dict[str, Any]:
    """Each juror a dot with its range."""
    reach = max((abs(x) for n in shown for x in (n.severity.low, n.severity.high)), default=1) or 1
    step, middle = (WIDTH - LEFT) / max(len(shown), 1), (TOP + HEIGHT - FOOT) / 2
    scale = (HEIGHT - FOOT - TOP) / 2 / reach

    def height(value: float) -> float:
        return round(middle - value * scale, 1)

    return {
        "width": WIDTH, "height": HEIGHT, "left": LEFT, "words": LEFT - 8, "bottom": HEIGHT - 8,
        "drawn": len(shown), "r": round(min(max(0.3 * step, 2), 5), 1),
        "guides": [
            (f"{reach * n:+.1f}" if n else "0", height(reach * n)) for n in (-1, -0.5, 0, 0.5, 1)
        ],
        "dots": [
            {
                "x": round(LEFT + (n + 0.5) * step, 1), "y": height(line.severity.value),
                "low": height(line.severity.low), "high": height(line.severity.high),
                "is_apart": any(note.code.startswith("marks_") for note in line.notes),
                "name": people[int(line.juror)].name, "value": f"{line.severity.value:+.1f}",
            }
            for n, line in enumerate(shown)
        ],
    }  # fmt: skip


def _start(words: str, n: int) -> int:
    start = int(words) if words.isdecimal() and len(words) < 9 else 0
    return start // A_PAGE * A_PAGE if start < n else 0


def _address(show: str, sort: str, start: int) -> str:
    return f"?show={'apart' if show == 'apart' else ''}&sort={sort}&from={start}"


def _export(stage: Stage, found: JuryReport, people: Mapping[int, Juror], kind: str) -> Any:
    figures = ("severity", "scale", "noise", "agreement", "drift")
    ranges = [f"{name}{end}" for name in figures for end in ("", "_low", "_high")]
    headers = ["juror", "kind", "sheets", *ranges, "chance_careless", "alike", "in_words"]
    rows = _exported(found, people, figures)
    name = f"jurors-{stage.contest.slug}-{stage.code}.{kind}"
    return table_response(headers, rows, name=name, title=_("Jurors"))


def _exported(
    found: JuryReport, people: Mapping[int, Juror], figures: tuple[str, ...]
) -> Iterator[list[Any]]:
    alike = Counter(int(juror) for copy in found.copies for juror in set(copy.jurors))
    for line in found.lines:
        juror = people[int(line.juror)]
        ranges = [x for name in figures for x in _ends(getattr(line, name))]
        words = " ".join(said(note) for note in line.notes)
        yield [
            juror.name, str(juror.get_kind_display()), line.sheets, *ranges,
            round(line.p_careless, 3), alike[juror.pk], words,
        ]  # fmt: skip


def _ends(found: Range | None) -> list[float | None]:
    if found is None:
        return [None, None, None]
    return [round(x, 3) for x in (found.value, found.low, found.high)]
