"""The jury's JSON: a juror's own sheets, and how far the work is."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.security import django_auth

from leitai.foundation.doors import admit
from leitai.rooms.jury import actions, permissions, queries
from leitai.rooms.jury.models import Discussion, Juror, Sheet
from leitai.rooms.jury.queries.discussions import Event
from leitai.rooms.jury.schemas import (
    CriterionOut,
    DiscussionOut,
    FieldIn,
    FieldOut,
    FieldTheirs,
    InvitationOut,
    MarksIn,
    May,
    PileOut,
    ProgressOut,
    RefusalIn,
    RemarkIn,
    SheetBrief,
    SheetOut,
    TieIn,
)
from leitai.rooms.jury.views.discussions import discussion_of, own_juror
from leitai.rooms.jury.views.draws import stage_of
from leitai.rooms.jury.views.invitations import juror_of
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


@router.get("/discussions/{pk}", response=DiscussionOut)
def discussion(request: HttpRequest, pk: int) -> Any:
    talk = discussion_of(pk)
    admit(request, permissions.read_discussion, talk)
    return _discussion(request, talk)


@router.post("/discussions/{pk}/remarks", response=DiscussionOut)
def remark(request: HttpRequest, pk: int, said: RemarkIn) -> Any:
    talk = discussion_of(pk)
    admit(request, permissions.speak, talk)
    actions.write_remark(
        discussion=talk, juror=own_juror(request, talk), text=said.text, by=request.user,
        at=request.at,
    )  # fmt: skip
    return _discussion(request, talk)


@router.post("/discussions/{pk}/changes", response=DiscussionOut)
def change_marks(request: HttpRequest, pk: int, said: MarksIn) -> Any:
    """The marks before stay on record beside the new ones."""
    talk = discussion_of(pk)
    admit(request, permissions.change_marks, talk)
    sheet = queries.own_sheet(request.user, talk)
    assert sheet is not None  # change_marks asked
    actions.change_marks(
        discussion=talk, sheet=sheet, marks=said.marks, why=said.why, by=request.user,
        at=request.at,
    )  # fmt: skip
    return _discussion(request, talk)


@router.get("/invitations/{token}", response=InvitationOut)
def invitation(request: HttpRequest, token: str) -> Any:
    """The page is open to whoever holds the letter; programs come signed in."""
    juror = juror_of(token)
    admit(request, permissions.answer_invitation, juror)
    return _invitation(request, juror)


@router.post("/invitations/{token}/acceptance", response=InvitationOut)
def accept(request: HttpRequest, token: str) -> Any:
    juror = juror_of(token)
    admit(request, permissions.answer_invitation, juror)
    actions.accept_invitation(juror=juror, by=request.user, at=request.at)
    return _invitation(request, juror)


@router.post("/invitations/{token}/refusal", response=InvitationOut)
def refuse(request: HttpRequest, token: str, said: RefusalIn) -> Any:
    juror = juror_of(token)
    admit(request, permissions.answer_invitation, juror)
    actions.decline_invitation(juror=juror, why=said.why, by=request.user, at=request.at)
    return _invitation(request, juror)


def _invitation(request: HttpRequest, juror: Juror) -> InvitationOut:
    return InvitationOut(
        contest=juror.contest.name, name=juror.name, state=juror.state,
        may_answer=_may(juror.may_answer(request.at)),
    )  # fmt: skip


def _discussion(request: HttpRequest, talk: Discussion) -> DiscussionOut:
    """Jurors bear names or numbers, and entries titles, as on the page."""
    sight = queries.sight(request.user, talk.stage)
    told = queries.talk(talk, reader=request.user, sight=sight)
    return DiscussionOut(
        id=talk.pk, code=talk.entry.code, title=talk.entry.title if sight.names else "",
        state=talk.state, summary=talk.summary,
        columns=[
            {"label": c.label, "is_mine": c.is_mine, "total": c.sheet.total} for c in told.columns
        ],
        rows=[
            {"code": c.code, "name": c.name, "cells": [asdict(cell) for cell in cells]}
            for c, cells in told.rows
        ],
        events=[_event(event) for event in told.events],
        may_speak=_may(permissions.speak(request.user, talk)),
        may_change=_may(permissions.change_marks(request.user, talk)),
    )  # fmt: skip


def _event(event: Event) -> dict[str, Any]:
    told = {"who": event.who, "is_mine": event.is_mine, "at": event.at, "text": event.text}
    if (change := event.change) is None:
        return told
    ends = {"before": change.before, "after": change.after}
    return {**told, "criterion": change.criterion.code, **ends}


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
