"""The jury's JSON: a juror's own sheets, and how far the work is."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.security import django_auth

from leitai.foundation.doors import admit
from leitai.rooms.jury import actions, permissions, queries
from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.schemas import (
    CriterionOut,
    FieldIn,
    FieldOut,
    FieldTheirs,
    May,
    PileOut,
    ProgressOut,
    SheetBrief,
    SheetOut,
    TieIn,
)
from leitai.rooms.jury.views.draws import stage_of
from leitai.rooms.jury.views.lines import lines_of, ticks
from leitai.rooms.jury.views.sheets import sheet_of
from leitai.values.verdict import Verdict

router = Router(tags=["jury"], auth=django_auth)


@router.get("/piles", response=list[PileOut])
def piles(request: HttpRequest) -> Any:
    admit(request, permissions.list_own)
    return [_pile(pile) for pile in queries.piles(request.user)]


@router.get("/sheets/{pk}", response=SheetOut)
def sheet(request: HttpRequest, pk: int) -> Any:
    sheet = sheet_of(pk)
    admit(request, permissions.mark_sheet, sheet)
    return _sheet(request, sheet)


@router.post("/sheets/{pk}/draft", response={200: FieldOut, 409: FieldTheirs})
def draft(request: HttpRequest, pk: int, said: FieldIn) -> Any:
    sheet = sheet_of(pk)
    admit(request, permissions.mark_sheet, sheet)
    try:
        kept = actions.save_field(sheet=sheet, by=request.user, at=request.at, **said.dict())
    except actions.FieldConflict as theirs:
        return 409, {"revision": theirs.revision, "value": theirs.value}
    return 200, {"revision": kept.revision}


@router.post("/sheets/{pk}/seal", response=SheetOut)
def seal(request: HttpRequest, pk: int) -> Any:
    sheet = sheet_of(pk)
    admit(request, permissions.mark_sheet, sheet)
    actions.seal_sheet(sheet=sheet, by=request.user, at=request.at)
    return _sheet(request, sheet)


@router.post("/sheets/{pk}/recusal", response={204: None})
def recusal(request: HttpRequest, pk: int, tie: TieIn) -> Any:
    sheet = sheet_of(pk)
    admit(request, permissions.mark_sheet, sheet)
    actions.declare_conflict(
        juror=sheet.juror, entry=sheet.entry, by=request.user, at=request.at, **tie.dict()
    )
    return 204, None


@router.get("/stages/{stage_id}/progress", response=ProgressOut)
def progress(request: HttpRequest, stage_id: int) -> Any:
    stage = stage_of(stage_id)
    admit(request, permissions.see_progress, stage)
    return asdict(queries.progress(stage))


def _pile(pile: queries.Pile) -> PileOut:
    blind = not queries.jurors_sight(pile.stage).names
    sheets = [
        SheetBrief(id=s.pk, code=s.entry.code, title="" if blind else s.entry.title, state=s.state)
        for s in pile.sheets
    ]
    return PileOut(
        stage=pile.stage.pk, name=pile.stage.name, until=pile.until, sealed=pile.sealed,
        open=pile.open, sheets=sheets,
    )  # fmt: skip


def _sheet(request: HttpRequest, sheet: Sheet) -> SheetOut:
    paper = queries.paper(sheet)
    criteria = [
        CriterionOut(
            code=line.criterion.code, name=line.criterion.name, low=line.criterion.low,
            high=line.criterion.high, step=line.criterion.step,
            evidence_asked=line.criterion.evidence, value=line.value, evidence=line.evidence,
            is_optional=line.is_optional,
        )
        for line in lines_of(sheet, {})
    ]  # fmt: skip
    rule = sheet.stage.contest.rules.jury
    return SheetOut(
        id=sheet.pk, code=sheet.entry.code, title=paper.title, line=paper.line,
        state=sheet.state, revision=sheet.revision, criteria=criteria,
        strengths=[asdict(tick) for tick in ticks(sheet, rule.strengths, {})],
        weaknesses=[asdict(tick) for tick in ticks(sheet, rule.weaknesses, {})],
        comment=sheet.comment,
        note=sheet.note, total=sheet.total, may_mark=_may(sheet.may_mark(request.at)),
        may_seal=_may(sheet.may_seal(request.at)),
    )  # fmt: skip


def _may(verdict: Verdict) -> May:
    return May(yes=bool(verdict), code=verdict.code, reason=str(verdict.reason))
