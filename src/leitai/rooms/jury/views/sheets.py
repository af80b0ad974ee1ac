"""The juror's desk: the pile, and one entry beside its sheet."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation.doors import admit
from leitai.foundation.files.serve import attachment
from leitai.foundation.kept import kept_by
from leitai.foundation.models import Line
from leitai.foundation.refusals import NotPossible
from leitai.rooms.jury import actions, permissions, queries, rules
from leitai.rooms.jury.forms import DeclareForm
from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.queries import own_work
from leitai.rooms.jury.rules import RequestState, SheetState
from leitai.rooms.jury.rules.tags import tag_names
from leitai.rooms.jury.views.draws import stage_of
from leitai.rooms.jury.views.lines import lines_of, ticks_of
from leitai.rooms.submissions.actions import note_reading, note_viewing
from leitai.rooms.submissions.models import Attachment
from leitai.rooms.submissions.rules import Layer
from leitai.values.verdict import Verdict, no

SEALED_BY = ("jury.sheet_sealed", "jury.marks_changed", "jury.seal_restored")
FIELDS = ("mark-", "evidence-", "tag-", "comment", "note")


def piles(request: HttpRequest) -> HttpResponse:
    admit(request, permissions.list_own)
    mine = queries.piles(request.user)
    if len(mine) == 1:
        return redirect("jury:pile", mine[0].stage.pk)
    return render(request, "jury/piles.html", {"piles": mine})


def pile(request: HttpRequest, stage_id: int) -> HttpResponse:
    """What is left, until when, in the juror's own order."""
    stage = stage_of(stage_id)
    admit(request, permissions.see_pile, stage)
    mine = queries.pile(request.user, stage)
    show = request.GET.get("show", "")
    shown = [s for s in mine.sheets if show not in SheetState.values or s.state == show]
    work = own_work.work_of(request.user, mine)
    context = {
        "pile": mine,
        "stage": stage,
        "sheets": shown,
        "show": show,
        "sees_names": queries.jurors_sight(stage).names,
        "discussions": queries.own_discussions(request.user).filter(stage=stage),
        "pace": own_work.pace_of(mine, work, at=request.at),
        "tires": own_work.tires(work, at=request.at),
        "again": own_work.look_again(mine, work),
    }
    return kept_by(render(request, "jury/pile.html", context), request.user)


def look_again(request: HttpRequest, stage_id: int) -> HttpResponse:
    """The juror's own sheets that are unlike the juror's own habit; nothing of others goes in."""
    stage = stage_of(stage_id)
    admit(request, permissions.see_pile, stage)
    mine = queries.pile(request.user, stage)
    work = own_work.work_of(request.user, mine)
    context = {
        "pile": mine,
        "stage": stage,
        "sees_names": queries.jurors_sight(stage).names,
        "again": own_work.look_again(mine, work),
    }
    return kept_by(render(request, "jury/look_again.html", context), request.user)


def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The juror's working page; organisers get the record of it."""
    sheet = sheet_of(pk)
    may_mark = permissions.mark_sheet(request.user, sheet)
    if may_mark.code in queries.OWED:
        return redirect("jury:readiness_of", sheet.juror_id)
    admit(request, permissions.read_sheet, sheet)
    if may_mark:
        note_reading(entry=sheet.entry, by=request.user, as_role="juror", at=request.at)
        return _desk(request, sheet)
    return _record(request, sheet)


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """One field as JSON while somebody types, or the whole form from a browser without scripts."""
    sheet = sheet_of(pk)
    admit(request, permissions.mark_sheet, sheet)
    if request.content_type != "application/json":
        verdict = _keep(request, sheet)
        return redirect("jury:sheet", pk) if verdict else _desk(request, sheet, verdict=verdict)
    field, value, base = _said(request)
    try:
        kept = actions.save_field(
            sheet=sheet, field=field, value=value, base=base, by=request.user, at=request.at
        )
    except actions.FieldConflict as theirs:
        by = _("You, in another window")
        body = {"revision": theirs.revision, "value": theirs.value, "by": by}
        return JsonResponse(body, status=409)
    return JsonResponse({"revision": kept.revision})


@require_POST
def seal(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands in the form is kept first, so that nobody seals what they do not see."""
    sheet = sheet_of(pk)
    admit(request, permissions.mark_sheet, sheet)
    if not (verdict := _keep(request, sheet)):
        return _desk(request, sheet, verdict=verdict)
    try:
        actions.seal_sheet(sheet=sheet, by=request.user, at=request.at)
    except NotPossible as refusal:
        return _desk(request, sheet, verdict=refusal.verdict)
    mine = queries.pile(request.user, sheet.stage)
    if mine.next is None:
        messages.success(request, _("Sealed. That was the last one: thank you."))
        return redirect("jury:pile", sheet.stage_id)
    messages.success(request, _("{code} is sealed.").format(code=sheet.entry.code))
    return redirect("jury:sheet", mine.next.pk)


def recusal(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = sheet_of(pk)
    admit(request, permissions.mark_sheet, sheet)
    form = DeclareForm(request.POST or None)
    if form.is_valid():
        actions.declare_conflict(
            juror=sheet.juror, entry=sheet.entry, by=request.user, at=request.at,
            **form.cleaned_data,
        )  # fmt: skip
        messages.success(request, _("Thank you. The entry has left your pile."))
        return redirect("jury:pile", sheet.stage_id)
    context = {"sheet": sheet, "stage": sheet.stage, "form": form}
    return render(request, "jury/recusal.html", context, status=422 if form.is_bound else 200)


def paper(request: HttpRequest, pk: int, attachment_id: int) -> HttpResponse:
    """A file of the entry. The confidential layer carries the reader's name and is written down.

    A blind panel gets every PDF with that mark, for a marked one no longer names its author.
    """
    sheet = sheet_of(pk)
    files = Attachment.objects.select_related("file").filter(entry=sheet.entry_id)
    file = get_object_or_404(files, pk=attachment_id)
    admit(request, permissions.read_paper, sheet, file)
    is_blind = not queries.jurors_sight(sheet.stage).names and file.file.kind == queries.PDF
    if file.layer == Layer.CONFIDENTIAL:
        note_viewing(
            entry=sheet.entry, by=request.user, as_role="juror", at=request.at, attachment=file
        )
    is_marked = is_blind or file.layer == Layer.CONFIDENTIAL
    mark = f"{request.user} {request.at:%Y-%m-%d %H:%M} UTC" if is_marked else ""
    file.file.name = f"{sheet.entry.code}-{file.field}{_suffix(file.file.name)}"  # names no firm
    return kept_by(attachment(file.file, mark=mark, inline=True), request.user)


def sheet_of(pk: int) -> Sheet:
    known = Sheet.objects.select_related(
        "stage__contest__edition", "stage__contest__ruleset", "stage__judging", "juror__user",
        "entry__scenario", "entry__organisation", "entry__contest__ruleset",
    )  # fmt: skip
    return get_object_or_404(known, pk=pk)


def _desk(request: HttpRequest, sheet: Sheet, *, verdict: Verdict | None = None) -> HttpResponse:
    """With a refusal, every word that was sent stays in its field."""
    sheet.refresh_from_db()
    said = _fields(request, sheet) if verdict is not None else {}
    mine = queries.pile(request.user, sheet.stage)
    at, before, after = queries.neighbours(mine, sheet)
    work = own_work.work_of(request.user, mine)
    context = {
        "sheet": sheet,
        "stage": sheet.stage,
        "pile": mine,
        "place": at,
        "before": before,
        "after": after,
        "paper": queries.paper(sheet),
        "sees_names": queries.jurors_sight(sheet.stage).names,
        "lines": lines_of(sheet, said),
        "ticks": ticks_of(sheet, said),
        "comment": said.get("comment", sheet.comment),
        "note": said.get("note", sheet.note),
        "may_mark": sheet.may_mark(request.at),
        "may_seal": sheet.may_seal(request.at),
        "reopened": sheet.reopenings.order_by("-at").first(),
        "verdict": verdict,
        "pace": own_work.pace_of(mine, work, at=request.at),
        "tires": own_work.tires(work, at=request.at),
    }
    if verdict is not None:
        return render(request, "jury/sheet.html", context, status=422)
    return kept_by(render(request, "jury/sheet.html", context), request.user)


def _record(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    actions.note_marks_read(stage=sheet.stage, by=request.user, at=request.at)
    context = {
        "sheet": sheet,
        "stage": sheet.stage,
        "contest": sheet.stage.contest,
        "lines": lines_of(sheet, {}),
        "names": {c.code: c.name for c in sheet.stage.criteria.all()},
        "tags": tag_names(sheet.stage.contest.rules.jury, sheet.tags),
        "seals": sheet.seals.select_related("by").order_by("-number"),
        "reopenings": sheet.reopenings.select_related("by", "request__decided_by").order_by("-at"),
        "ends_at": sheet.window.closes_at,
        "restored": _restored(sheet),
        "asked": sheet.reopening_requests.filter(state=RequestState.ASKED).first(),
    }
    return render(request, "jury/record.html", context)


def _restored(sheet: Sheet) -> Line | None:
    """The line that tells that the last seal counts again, if nothing was sealed since."""
    if sheet.state != SheetState.SEALED:
        return None
    about = Line.objects.filter(about_type="jury.sheet", about_id=sheet.pk)
    last = about.filter(verb__in=SEALED_BY).order_by("-number").first()
    return last if last and last.verb == "jury.seal_restored" else None


def _keep(request: HttpRequest, sheet: Sheet) -> Verdict:
    """Save the whole form; a no leaves everything as it was."""
    base = request.POST.get("base", "")
    try:
        actions.save_fields(
            sheet=sheet, fields=_fields(request, sheet), base=int(base) if base.isdecimal() else 0,
            by=request.user, at=request.at,
        )  # fmt: skip
    except actions.FieldConflict as theirs:
        words = _("Another window has changed a field to “{value}”. Please look and save again.")
        return no("changed_elsewhere", words.format(value=theirs.value[:80]))
    except NotPossible as refusal:
        return refusal.verdict
    return Verdict()


def _fields(request: HttpRequest, sheet: Sheet) -> dict[str, str]:
    """A browser sends no box that is not ticked; that boxes were there stands beside them."""
    sent = {name: value for name, value in request.POST.items() if name.startswith(FIELDS)}
    if "ticks" not in request.POST:
        return sent
    tags = rules.tags_of(sheet.stage.contest.rules.jury)
    return {f"tag-{code}": "" for code, _words in tags} | sent


def _said(request: HttpRequest) -> tuple[str, str, int]:
    try:
        said: dict[str, Any] = json.loads(request.body)
        return str(said["field"]), str(said["value"] or ""), int(said.get("base", 0))
    except (ValueError, KeyError, TypeError):
        raise NotPossible(no("bad_request", _("This could not be read."))) from None


def _suffix(name: str) -> str:
    _stem, dot, suffix = name.rpartition(".")
    return f"{dot}{suffix}" if dot and suffix.isalnum() and len(suffix) <= 5 else ""
