"""How the jury is doing, and what is behind each figure."""

import math
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from leitai.foundation import keyset, live
from leitai.foundation.doors import admit
from leitai.foundation.tables.responses import table_response
from leitai.rooms.jury import actions, notices, permissions, queries
from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.views.draws import stage_of
from leitai.rooms.stages.models import Stage

LISTS = {
    "jurors": gettext_lazy("Jurors"),
    "entries": gettext_lazy("Entries"),
    "scenarios": gettext_lazy("By scenario"),
    "spread": gettext_lazy("Wide spread"),
    "outliers": gettext_lazy("Sheets far from the others"),
    "conflicts": gettext_lazy("Late conflicts"),
    "requests": gettext_lazy("To confirm"),
    "extra": gettext_lazy("Second look"),
}
MARKS_SHOWN = {"spread", "outliers"}


def progress(request: HttpRequest, stage_id: int) -> HttpResponse:
    """Counts for all who may look; where jurors differ, for those who read marks. The figures
    are fetched again whenever the jury moves."""
    stage = stage_of(stage_id)
    admit(request, permissions.see_progress, stage)
    sees_scores = permissions.read_scores(request.user, stage)
    health = queries.health(stage, at=request.at, sees_marks=bool(sees_scores))
    context = {
        "stage": stage,
        "contest": stage.contest,
        "health": health,
        "far": health.far,
        "sees_scores": sees_scores,
        "may_run": permissions.run_jury(request.user, stage.contest),
        "topic": notices.health_topic(stage),
        "token": live.token(notices.health_topic(stage), request.at),
        "version": int(request.at.timestamp() * 1000),
    }
    if request.headers.get("HX-Request"):
        return render(request, "jury/progress.html#figures", context)
    show = request.GET.get("show", "jurors")
    if show not in LISTS or (show in MARKS_SHOWN and not sees_scores):
        show = "jurors"
    may_rule = permissions.rule_jury(request.user, stage.contest)
    context |= {
        "show": show,
        "lists": [
            (key, words) for key, words in LISTS.items() if sees_scores or key not in MARKS_SHOWN
        ],
        "filters": request.GET,
        "may_report": may_rule and sees_scores,  # as `permissions.read_report` has it
        "may_rule": may_rule,
        **_list(request, stage, show),
    }
    return render(request, "jury/progress.html", context)


@require_POST
def reminders(request: HttpRequest, stage_id: int) -> HttpResponse:
    stage = stage_of(stage_id)
    admit(request, permissions.run_jury, stage.contest)
    chosen = {int(pk) for pk in request.POST.getlist("juror") if pk.isdecimal() and len(pk) < 18}
    behind = queries.to_remind(stage, at=request.at)
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
    """All sheets of a stage, for those who read its marks; `?format=` gives a table to keep."""
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
    cursor, tied = request.GET.get("page", ""), queries.tied_entries(request.user)
    if show == "scenarios":
        return {}
    if show == "extra":
        return _extra(stage)
    if show == "requests":
        waiting = queries.open_requests(stage, at=request.at).exclude(sheet__entry__in=tied)
        return {"page": keyset.page(waiting, by=("at", "pk"), cursor=cursor)}
    if show == "conflicts":
        rows = queries.late_conflicts(stage).exclude(entry__in=tied)
        done = [r for r in queries.repairs(stage, but=tied) if r.undone_at is None]
        return {"page": keyset.page(rows, by=("entry__code", "pk"), cursor=cursor), "done": done}
    if show == "jurors":
        page = keyset.page(_jurors(stage, request), by=("name", "pk"), cursor=cursor)
        queries.with_pace(page.rows, stage, at=request.at)
        return {"page": page, "quiet": _quiet(stage, page, request)}
    page = keyset.page(
        _entries(stage, show, request.GET).exclude(entry__in=tied), by=("entry__code", "pk"),
        cursor=cursor,
    )  # fmt: skip
    talks = queries.talks_of(stage, [row.entry_id for row in page.rows]) if show == "spread" else {}
    return {"page": page, "talks": talks}


def _entries(stage: Stage, show: str, asked: Any) -> Any:
    if show == "spread":
        return queries.spread_of(stage)
    if show == "outliers":
        return queries.outliers(stage)
    rows = queries.entries_of(stage)
    if asked.get("only") == "short":
        rows = rows.filter(seats__lt=F("wanted"))
    if asked.get("only") == "complete":
        rows = rows.filter(sealed__gte=F("wanted"))
    if asked.get("only") == "none":
        rows = rows.filter(sealed=0)
    if (pk := asked.get("scenario", "")).isdecimal() and len(pk) < 18:
        rows = rows.filter(entry__scenario=int(pk) or None)
    return rows


def _jurors(stage: Stage, request: HttpRequest) -> Any:
    rows, only = queries.jurors_of(stage), request.GET.get("only")
    if only == "late":
        rows = rows.filter(open__gt=0)
    if only == "idle":
        rows = rows.filter(open__gt=0, begun=0, sealed=0)
    if only == "slow":
        rows = rows.filter(pk__in=queries.slow_jurors(stage, at=request.at))
    return rows


def _quiet(stage: Stage, page: Any, request: HttpRequest) -> dict[int, Any]:
    day = queries.today_at(stage.contest, request.at)
    rows = queries.quiet_until(day).filter(juror__in=[row.pk for row in page.rows])
    return {row.juror_id: row for row in rows}


def _extra(stage: Stage) -> dict[str, Any]:
    """What a second look could ask for, and what it asked for already."""
    left = [n for n in queries.room(stage).values() if n]
    rule = stage.rule
    return {
        "room": sum(left),
        "free": len(left),
        "band": math.ceil(rule.quota.total * rule.band_factor),
        "extra": queries.extra_seats(stage).count(),
        "looks": list(stage.draws.exclude(second_look="")),
    }


def _export(request: HttpRequest, stage: Stage, kind: str) -> Any:
    actions.note_marks_read(stage=stage, by=request.user, at=request.at)
    headers, rows = queries.score_rows(stage, but=queries.tied_entries(request.user))
    name = f"sheets-{stage.contest.slug}-{stage.code}.{kind}"
    return table_response(headers, rows, name=name, title=_("Sheets"))
