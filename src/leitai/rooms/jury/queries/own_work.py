"""What a juror may know of the own work: how long sheets take, and which look unlike the rest."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Min

from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.queries.pile import Pile
from leitai.rooms.jury.rules.habits import Own, Reason, unlike_oneself
from leitai.rooms.jury.rules.pace import Pace, Work, durations, needs_break, pace
from leitai.rooms.submissions.models import Viewing


def work_of(user: Any, mine: Pile) -> list[Work]:
    """The sealed sheets of a pile with their times. One query."""
    sealed = [sheet for sheet in mine.sheets if sheet.sealed_at is not None]
    seen = Viewing.objects.filter(
        by=user, as_role="juror", entry__in=[sheet.entry_id for sheet in sealed]
    )
    opened = dict(seen.order_by().values_list("entry").annotate(Min("at")))
    return [
        Work(sheet=s.pk, opened_at=opened.get(s.entry_id), sealed_at=s.sealed_at) for s in sealed
    ]


def pace_of(mine: Pile, work: list[Work], *, at: datetime) -> Pace:
    return pace(work, left=mine.open, until=mine.until, at=at)


def tires(work: list[Work], *, at: datetime) -> bool:
    return needs_break(work, at=at)


def look_again(mine: Pile, work: list[Work]) -> list[tuple[Sheet, list[Reason]]]:
    """The juror's own sealed sheets that are unlike the juror's own habit. One query."""
    scales = {c.pk: (float(c.low), float(c.high - c.low)) for c in mine.stage.criteria.all()}
    took = durations(work)
    sealed = {
        sheet.pk: sheet for sheet in mine.sheets if sheet.sealed_at and sheet.total is not None
    }
    own = [
        Own(
            sheet=sheet.pk, total=sheet.total, shares=tuple(_shares(sheet, scales)),
            took=took.get(sheet.pk), finished_at=sheet.sealed_at,
        )
        for sheet in sealed.values()
    ]  # fmt: skip
    return [(sealed[pk], reasons) for pk, reasons in unlike_oneself(own).items()]


def _shares(sheet: Sheet, scales: dict[int, tuple[float, float]]) -> Iterator[float]:
    for mark in sheet.marks.all():
        if mark.value is not None:
            low, span = scales[mark.criterion_id]
            yield (float(mark.value) - low) / span
