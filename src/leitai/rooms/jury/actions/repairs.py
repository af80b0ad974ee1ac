"""A conflict found late is repaired in one step, and the step can be taken back for a while."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.jury import notices, queries, rules
from leitai.rooms.jury.models import Conflict, Juror, Repair, Sheet
from leitai.rooms.jury.rules import SheetState
from leitai.rooms.stages.models import Stage
from leitai.values.verdict import no


@transaction.atomic
def repair_conflict(
    *, conflict: Conflict, stage: Stage, juror: Juror, by: Any, at: datetime
) -> Repair:
    """The tied juror's sheet stays on record and counts no more; `juror` takes the seat over.

    They are whom the page showed: when somebody else would be chosen by now, nothing is done.
    """
    hold(stage)
    hold(conflict)
    sheet = queries.fallen(conflict, stage)
    require(queries.may_repair_conflict(conflict, stage, sheet))
    assert sheet is not None
    hold(sheet)
    found = queries.mending(conflict, stage, sheet)
    if found.takes_over != juror:
        raise NotPossible(no("changed", _("Somebody was faster; please look again.")))
    was = sheet.state
    if was != SheetState.RECUSED:
        move(sheet, SheetState.RECUSED, moves=rules.SHEET_MOVES)
        _touch(sheet, at)
    fresh = Sheet.objects.create(
        stage=stage, entry=sheet.entry, juror=juror, assigned_at=at, changed_at=at,
        reason=rules.reason_of_sheet(found.reason),
    )  # fmt: skip
    done = Repair.objects.create(
        conflict=conflict, stage=stage, fell=sheet, was=was, fresh=fresh, by=by, at=at
    )
    if was != SheetState.RECUSED:
        journal.write("jury.sheet_recused", about=sheet, by=by, at=at)
    journal.write("jury.sheet_assigned", about=fresh, by=by, at=at)
    journal.write(
        "jury.conflict_repaired", about=done, by=by, at=at, before=sheet.juror_id, after=juror.pk
    )
    notices.sheets_assigned(stage, [fresh], at=at)
    notices.jury_moved(stage, at=at)
    return done


@transaction.atomic
def undo_repair(*, repair: Repair, by: Any, at: datetime) -> Repair:
    """As if nothing had been: the new juror's sheet is taken back, the other stands as it stood."""
    hold(repair.stage)
    hold(repair)
    hold(repair.fresh)
    hold(repair.fell)
    require(queries.may_undo_repair(repair))
    move(repair.fresh, SheetState.RECALLED, moves=rules.SHEET_MOVES)
    _touch(repair.fresh, at)
    journal.write("jury.sheet_recalled", about=repair.fresh, by=by, at=at)
    if repair.was != SheetState.RECUSED:
        move(repair.fell, SheetState(repair.was), moves=rules.SHEET_MOVES)
        _touch(repair.fell, at)
        verb = "restored" if repair.was == SheetState.SEALED else "assigned"
        journal.write(f"jury.sheet_{verb}", about=repair.fell, by=by, at=at)
    repair.undone_at, repair.undone_by = at, by
    repair.save(update_fields=["undone_at", "undone_by"])
    journal.write("jury.repair_undone", about=repair, by=by, at=at)
    notices.sheet_taken_back(repair.fresh, at=at)
    notices.jury_moved(repair.stage, at=at)
    return repair


def _touch(sheet: Sheet, at: datetime) -> None:
    Sheet.objects.filter(pk=sheet.pk).update(changed_at=at)
