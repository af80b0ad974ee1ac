"""How far the jury is, and what is behind each figure."""

import io
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leitai.foundation import keyset
from leitai.foundation.doors import admit
from leitai.foundation.tables.write import write_csv, write_xlsx
from leitai.rooms.jury import actions, permissions, queries
from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.views.draws import stage_of
from leitai.rooms.stages.models import Stage

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def progress(request: HttpRequest, stage_id: int) -> HttpResponse:
    """Counts for all who may look; where jurors differ, for those who read marks."""
    stage = stage_of(stage_id)
    admit(request, permissions.see_progress, stage)
    sees_scores = permissions.read_scores(request.user, stage)
    show = request.GET.get("show", "jurors")
    if show == "spread" and not sees_scores:
        show = "jurors"
    context = {
        "stage": stage,
        "contest": stage.contest,
        "progress": queries.progress(stage),
        "show": show,
        "filters": request.GET,
        "sees_scores": sees_scores,
        "may_report": permissions.read_report(request.user, stage),
        "may_run": permissions.run_jury(request.user, stage.contest),
        **_list(request, stage, show),
    }
    return render(request, "jury/progress.html", context)


@require_POST
def reminders(request: HttpRequest, stage_id: int) -> HttpResponse:
    stage = stage_of(stage_id)
    admit(request, permissions.run_jury, stage.contest)
    chosen = {int(pk) for pk in request.POST.getlist("juror") if pk.isdecimal() and len(pk) < 18}
    behind = queries.jurors_of(stage).filter(open__gt=0)
    jurors = list(behind.filter(pk__in=chosen) if chosen else behind)
    told = actions.remind_jurors(jurors=jurors, stage=stage, by=request.user, at=request.at)
    words = ngettext(
        "{n} letter is on its way.",
        "{n} letters are on their way; whoever had one today gets no second one.",
        told,
    )
    messages.success(request, words.format(n=told))
    return redirect("jury:progress", stage.pk)


def sheets(request: HttpRequest, stage_id: int) -> HttpResponse:
    """All sheets of a stage, for those who read its marks; `?format=` gives a table to take away."""
    stage = stage_of(stage_id)
    admit(request, permissions.read_scores, stage)
    if request.GET.get("format") in ("csv", "xlsx"):
        return _export(request, stage, request.GET["format"])
    rows = _filtered(stage, request.GET)
    rows = rows.exclude(entry__in=queries.tied_entries(request.user))
    context = {
        "stage": stage,
        "contest": stage.contest,
        "page": keyset.page(rows, by=("entry__code", "pk"), cursor=request.GET.get("page", "")),
        "total": keyset.total(rows),
        "filters": request.GET,
    }
    return render(request, "jury/sheets.html", context)


def _filtered(stage: Stage, asked: Any) -> Any:
    rows = Sheet.objects.standing().filter(stage=stage).select_related("entry", "juror")
    if asked.get("state") in ("assigned", "sealed"):
        rows = rows.filter(state=asked["state"])
    if (juror := asked.get("juror", "")).isdecimal() and len(juror) < 18:
        rows = rows.filter(juror=int(juror))
    if code := asked.get("entry", "").strip():
        rows = rows.filter(entry__code__icontains=code)
    return rows


def _list(request: HttpRequest, stage: Stage, show: str) -> dict[str, Any]:
    """The records behind a figure, without entries the reader has a tie with."""
    asked = request.GET
    cursor, tied = asked.get("page", ""), queries.tied_entries(request.user)
    if show == "entries":
        rows = queries.entries_of(stage).exclude(entry__in=tied)
        if asked.get("only") == "short":
            rows = rows.filter(seats__lt=F("wanted"))
        if asked.get("only") == "complete":
            rows = rows.filter(sealed__gte=F("wanted"))
        return {"page": keyset.page(rows, by=("entry__code", "pk"), cursor=cursor)}
    if show == "spread":
        rows = queries.spread_of(stage).exclude(entry__in=tied)
        return {"page": keyset.page(rows, by=("entry__code", "pk"), cursor=cursor)}
    rows = queries.jurors_of(stage)
    if asked.get("only") == "late":
        rows = rows.filter(open__gt=0)
    if asked.get("only") == "idle":
        rows = rows.filter(open__gt=0, begun=0, sealed=0)
    return {"page": keyset.page(rows, by=("name", "pk"), cursor=cursor)}


def _export(request: HttpRequest, stage: Stage, kind: str) -> Any:
    actions.note_marks_read(stage=stage, by=request.user, at=request.at)
    headers, rows = queries.score_rows(stage, but=queries.tied_entries(request.user))
    name = f"sheets-{stage.contest.slug}-{stage.code}.{kind}"
    if kind == "csv":
        response: Any = StreamingHttpResponse(write_csv(headers, rows), content_type="text/csv")
    else:
        book = io.BytesIO()
        write_xlsx(book, headers, rows, title=_("Sheets"))
        response = HttpResponse(book.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
