"""Sheets of a live stage come into being in the hall, when an entry has pitched."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from leitai.foundation import journal
from leitai.foundation.states import hold, move
from leitai.rooms.jury import notices, rules
from leitai.rooms.jury.models import Juror, Sheet
from leitai.rooms.jury.rules import SheetState
from leitai.rooms.stages.models import Stage
from leitai.rooms.submissions.models import Entry


@transaction.atomic
def hand_out(
    *, stage: Stage, entry: Entry, jurors: Mapping[Juror, Mapping[str, Any]], by: Any, at: datetime
) -> list[Sheet]:
    """A sheet for each of these jurors who has none, with why they sit there. Twice does it once;
    no letters, since everybody is in the room. Whoever calls holds what keeps others out."""
    there = Sheet.objects.standing().filter(stage=stage, entry=entry)
    have = set(there.values_list("juror_id", flat=True))
    made = Sheet.objects.bulk_create(
        Sheet(stage=stage, entry=entry, juror=juror, assigned_at=at, changed_at=at,
              reason={**reason, "hall": True})
        for juror, reason in jurors.items()
        if juror.pk not in have
    )  # fmt: skip
    lines = [journal.compose("jury.sheet_assigned", about=sheet, by=by, at=at) for sheet in made]
    if lines:
        journal.append(lines[0].book, lines)
        notices.jury_moved(stage, at=at)
    return made


@transaction.atomic
def take_back_sheet(*, sheet: Sheet, by: Any, at: datetime) -> Sheet:
    """An open sheet whose juror has left the hall."""
    hold(sheet)
    move(sheet, SheetState.RECALLED, moves=rules.SHEET_MOVES)
    Sheet.objects.filter(pk=sheet.pk).update(changed_at=at)
    journal.write("jury.sheet_recalled", about=sheet, by=by, at=at)
    notices.jury_moved(sheet.stage, at=at)
    return sheet
