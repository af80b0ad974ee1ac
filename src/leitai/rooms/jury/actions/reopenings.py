"""A sealed sheet is opened again when one person says why and a second one agrees."""

from datetime import datetime
from typing import Any

from django.db import transaction

from leitai.foundation import journal
from leitai.foundation.refusals import require
from leitai.foundation.states import hold, move
from leitai.rooms.jury import notices, rules
from leitai.rooms.jury.models import Reopening, ReopeningRequest, Sheet
from leitai.rooms.jury.rules import RequestState, SheetState


@transaction.atomic
def reopen_sheet(
    *, sheet: Sheet, why: str, by: Any, at: datetime, until: datetime | None = None
) -> Sheet:
    """A sheet that was not sealed in time is given more of it. A sealed one is asked for."""
    hold(sheet)
    require(rules.may_reopen(sheet.state, why=why, until=until, at=at))
    _open_again(sheet, why=why, until=until, asked_by=by, by=by, at=at)
    return sheet


@transaction.atomic
def ask_reopening(
    *, sheet: Sheet, why: str, by: Any, at: datetime, until: datetime | None = None
) -> ReopeningRequest:
    """The sheet stays sealed until a second person agrees; all who could be that hear of it."""
    hold(sheet)
    waiting = sheet.reopening_requests.filter(state=RequestState.ASKED).first()
    if waiting and not waiting.is_open(at):
        _decide(waiting, RequestState.LAPSED, by=None, at=at)
        waiting = None
    require(
        rules.may_ask_reopening(
            sheet.state, why=why, until=until, closes_at=sheet.stage.closes_at,
            is_over=sheet.stage.window.is_over(at), is_asked=waiting is not None, at=at,
        )
    )  # fmt: skip
    asked = ReopeningRequest.objects.create(
        sheet=sheet, why=why.strip()[:300], until=until, by=by, at=at
    )
    journal.write("jury.reopening_asked", about=asked, by=by, at=at, sheet=sheet.pk)
    notices.reopening_asked(asked, at=at)
    return asked


@transaction.atomic
def confirm_reopening(*, request: ReopeningRequest, by: Any, at: datetime) -> Sheet:
    """The second person agrees: the sheet is open, and what was sealed stays on record."""
    sheet = request.sheet
    hold(sheet)
    hold(request)
    request.sheet = sheet
    require(request.may_confirm(by, at))
    request.reopening = _open_again(
        sheet, why=request.why, until=request.until, asked_by=request.by, by=by, at=at
    )
    request.save(update_fields=["reopening"])
    _decide(request, RequestState.CONFIRMED, by=by, at=at)
    return sheet


@transaction.atomic
def refuse_reopening(*, request: ReopeningRequest, by: Any, at: datetime) -> ReopeningRequest:
    """The second person does not agree, or who asked thinks again; the sheet stays sealed."""
    hold(request.sheet)
    hold(request)
    _decide(request, RequestState.REFUSED, by=by, at=at)
    journal.write("jury.reopening_refused", about=request, by=by, at=at, sheet=request.sheet_id)
    return request


def _open_again(
    sheet: Sheet, *, why: str, until: datetime | None, asked_by: Any, by: Any, at: datetime
) -> Reopening:
    if sheet.state == SheetState.SEALED:
        move(sheet, SheetState.ASSIGNED, moves=rules.SHEET_MOVES)
    sheet.sealed_at, sheet.extended_until, sheet.changed_at = None, until, at
    sheet.save(update_fields=["sealed_at", "extended_until", "changed_at"])
    opened = Reopening.objects.create(
        sheet=sheet, why=why.strip()[:300], until=until, by=asked_by, at=at
    )
    journal.write("jury.sheet_reopened", about=sheet, by=by, at=at, asked_by=asked_by.pk)
    notices.sheet_reopened(sheet, why=why, at=at)
    notices.jury_moved(sheet.stage, at=at)
    return opened


def _decide(request: ReopeningRequest, state: str, *, by: Any, at: datetime) -> None:
    move(request, state, moves=rules.REQUEST_MOVES)
    request.decided_by, request.decided_at = by, at
    request.save(update_fields=["decided_by", "decided_at"])
