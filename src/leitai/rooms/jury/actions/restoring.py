"""A sheet was opened again and its juror did not seal it in time: the last seal counts again."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from leitai.foundation import journal
from leitai.foundation.refusals import require
from leitai.foundation.states import hold, move
from leitai.rooms.jury import notices, queries, rules
from leitai.rooms.jury.models import Mark, Seal, Sheet
from leitai.rooms.jury.rules import SheetState
from leitai.rooms.stages.models import Stage


def restore_lapsed(*, stage: Stage | None = None, by: Any, at: datetime) -> int:
    """All whose time is over, one by one; how many they were. Done twice, nothing happens."""
    waiting = list(queries.lapsed(at=at, stage=stage))
    return sum(restore_seal(sheet=sheet, by=by, at=at) for sheet in waiting)


@transaction.atomic
def restore_seal(*, sheet: Sheet, by: Any, at: datetime) -> bool:
    """Marks and words stand again as they were sealed last. What was typed since and never sealed
    is nobody's mark."""
    hold(sheet)
    seal = sheet.seals.order_by("-number").first()
    may = rules.may_restore_seal(sheet.state, has_seal=seal is not None, is_over=sheet.is_over(at))
    if may.code == "not_reopened":
        return False  # sealed or restored by somebody else meanwhile
    require(may)
    assert seal is not None  # asked above
    _put_back(sheet, seal)
    move(sheet, SheetState.SEALED, moves=rules.SHEET_MOVES)
    sheet.comment, sheet.tags, sheet.total = seal.comment, seal.tags, seal.total
    sheet.sealed_at, sheet.changed_at, sheet.revision = seal.at, at, sheet.revision + 1
    sheet.save(update_fields=["comment", "tags", "total", "sealed_at", "changed_at", "revision"])
    journal.write("jury.seal_restored", about=sheet, by=by, at=at, seal=seal.number)
    notices.seal_restored(sheet, seal=seal, at=at)
    notices.jury_moved(sheet.stage, at=at)
    return True


def _put_back(sheet: Sheet, seal: Seal) -> None:
    sheet.marks.all().delete()
    criteria = {criterion.code: criterion for criterion in sheet.stage.criteria.all()}
    told = [code for code in criteria if code in seal.marks or code in seal.evidence]
    Mark.objects.bulk_create(
        Mark(
            sheet=sheet, criterion=criteria[code], evidence=seal.evidence.get(code, ""),
            value=Decimal(seal.marks[code]) if code in seal.marks else None,
        )
        for code in told
    )  # fmt: skip
