"""Keeping jurors away from entries they are tied to."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, hold_all, move
from leitai.rooms.contests.models import Contest
from leitai.rooms.jury import notices, queries, rules
from leitai.rooms.jury.models import Conflict, Juror, Sheet
from leitai.rooms.jury.rules import ConflictGround, ConflictSource
from leitai.rooms.submissions.models import Entry
from leitai.values.verdict import no


def declare_conflict(
    *, juror: Juror, entry: Entry, ground: str, note: str = "", by: Any, at: datetime
) -> Conflict:
    """The juror says so, before or after the draw and at any hour; nobody asks for proof."""
    return _record(juror, entry, ConflictSource.DECLARED, ground, note=note, by=by, at=at)


def object_to_juror(
    *, juror: Juror, entry: Entry, ground: str, note: str, by: Any, at: datetime
) -> Conflict:
    """The team objects and the organiser writes it down."""
    return _record(juror, entry, ConflictSource.OBJECTED, ground, note=note, by=by, at=at)


@transaction.atomic
def derive_conflicts(*, contest: Contest, by: Any, at: datetime) -> int:
    """Write down every tie the records show, and jurors spoke of; says how many are new.

    What was lifted once stays lifted. Open sheets of a tied juror are taken away; a sealed sheet
    is left to the organiser, since records can be wrong and marks are not thrown away for that.
    """
    known = set(
        Conflict.objects.filter(juror__contest=contest).values_list(
            "juror_id", "entry_id", "ground", "source"
        )
    )
    found = sorted(queries.ties(contest, at=at))
    rows = [
        Conflict(
            juror_id=tie.juror, entry_id=tie.entry, source=tie.source, ground=tie.ground,
            evidence=tie.evidence, by=by, at=at,
        )
        for tie in found
        if (tie.juror, tie.entry, tie.ground, tie.source) not in known
    ]  # fmt: skip
    made = Conflict.objects.bulk_create(rows, ignore_conflicts=True)
    tied = {(conflict.juror_id, conflict.entry_id) for conflict in made}
    sheets = Sheet.objects.open().filter(juror__in={j for j, _e in tied})
    hold_all(sheets)
    for sheet in sheets:
        if (sheet.juror_id, sheet.entry_id) in tied:
            _recuse(sheet, by=by, at=at)
    if made:
        journal.write("jury.conflicts_derived", about=contest, by=by, at=at, n=len(made))
    return len(made)


@transaction.atomic
def lift_conflict(*, conflict: Conflict, why: str, by: Any, at: datetime) -> Conflict:
    """The organiser found that there is no tie; the row and the reason stay."""
    hold(conflict)
    if conflict.lifted_at is not None:
        raise NotPossible(no("lifted", _("This conflict has been lifted already.")))
    if not why.strip():
        raise NotPossible(no("reason_missing", _("Say why there is no conflict.")))
    conflict.lifted_at, conflict.lifted_why, conflict.lifted_by = at, why.strip()[:300], by
    conflict.save(update_fields=["lifted_at", "lifted_why", "lifted_by"])
    journal.write("jury.conflict_lifted", about=conflict, by=by, at=at)
    return conflict


@transaction.atomic
def _record(
    juror: Juror, entry: Entry, source: str, ground: str, *, note: str, by: Any, at: datetime
) -> Conflict:
    """Said twice it is one row; said again after it was lifted, it is in force again."""
    if entry.contest_id != juror.contest_id or ground not in ConflictGround.values:
        raise NotPossible(no("not_here", _("This entry is not in the juror's contest.")))
    conflict, made = Conflict.objects.get_or_create(
        juror=juror, entry=entry, source=source, ground=ground,
        defaults={"note": note.strip()[:300], "by": by, "at": at},
    )  # fmt: skip
    if not made and conflict.lifted_at is None:
        return conflict
    hold(conflict)
    conflict.lifted_at, conflict.lifted_why, conflict.lifted_by = None, "", None
    conflict.save(update_fields=["lifted_at", "lifted_why", "lifted_by"])
    sheets = Sheet.objects.standing().filter(juror=juror, entry=entry)
    hold_all(sheets)
    for sheet in sheets:
        _recuse(sheet, by=by, at=at)
    journal.write(f"jury.conflict_{source}", about=conflict, by=by, at=at, ground=ground)
    return conflict


def _recuse(sheet: Sheet, *, by: Any, at: datetime) -> None:
    hold(sheet)
    require(sheet.may_recuse())
    move(sheet, rules.SheetState.RECUSED, moves=rules.SHEET_MOVES)
    Sheet.objects.filter(pk=sheet.pk).update(changed_at=at)
    journal.write("jury.sheet_recused", about=sheet, by=by, at=at)
    notices.jury_moved(sheet.stage, at=at)
