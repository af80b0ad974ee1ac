"""A juror's own work: what is left, until when, in an order of the juror's own."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leitai.rooms.jury.models import Conflict, Juror, Sheet
from leitai.rooms.jury.rules import JurorState, SheetState
from leitai.rooms.stages.models import Stage
from leitai.rooms.submissions.models import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    stage: Stage
    sheets: tuple[Sheet, ...]

    @property
    def sealed(self) -> int:
        return sum(sheet.state == SheetState.SEALED for sheet in self.sheets)

    @property
    def open(self) -> int:
        return len(self.sheets) - self.sealed

    @property
    def next(self) -> Sheet | None:
        """The first sheet that is not sealed."""
        return next((s for s in self.sheets if s.state == SheetState.ASSIGNED), None)

    @property
    def until(self) -> datetime | None:
        return self.stage.closes_at


def piles(user: Any) -> list[Pile]:
    """All piles of this person, one a stage. Three queries."""
    ties = Conflict.objects.in_force().filter(juror__user=user)
    tied = set(ties.values_list("juror_id", "entry_id"))
    found = (
        Sheet.objects.standing()
        .filter(juror__user=user, juror__state=JurorState.ACTIVE)
        .select_related("stage__contest__edition", "stage__judging", "entry__scenario", "juror")
        .prefetch_related("marks")
    )
    by_stage: dict[Stage, list[Sheet]] = {}
    for sheet in found:
        if (sheet.juror_id, sheet.entry_id) not in tied:
            by_stage.setdefault(sheet.stage, []).append(sheet)
    stages = sorted(by_stage, key=lambda stage: (stage.contest_id, stage.order))
    return [Pile(stage=s, sheets=tuple(sorted(by_stage[s], key=_lot))) for s in stages]


def pile(user: Any, stage: Stage) -> Pile:
    mine = next((pile for pile in piles(user) if pile.stage == stage), None)
    return mine or Pile(stage=stage, sheets=())


def neighbours(mine: Pile, sheet: Sheet) -> tuple[int, Sheet | None, Sheet | None]:
    """The sheet's place in its pile from 1, and the sheets before and after it."""
    at = mine.sheets.index(sheet)
    before = mine.sheets[at - 1] if at else None
    after = mine.sheets[at + 1] if at + 1 < len(mine.sheets) else None
    return at + 1, before, after


def reads_entry(user: Any, entry: Entry) -> bool:
    """A standing sheet, and no conflict."""
    standing = Sheet.objects.standing().filter(
        entry=entry, juror__user=user, juror__state=JurorState.ACTIVE
    )
    ties = Conflict.objects.in_force().filter(entry=entry, juror__user=user)
    return standing.exists() and not ties.exists()


def is_juror(user: Any, contest_id: int) -> bool:
    return Juror.objects.filter(user=user, contest=contest_id, state=JurorState.ACTIVE).exists()


def _lot(sheet: Sheet) -> str:
    """Each juror reads in another order, and always in the same one: nobody is always read last."""
    return hashlib.sha256(f"{sheet.juror_id} {sheet.pk}".encode()).hexdigest()
