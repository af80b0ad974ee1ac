"""The sealed marks of a stage, from which standings are made."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import MD5

from leitai.rooms.jury.models import Mark, Sheet
from leitai.rooms.jury.queries.extra import wanted
from leitai.rooms.jury.rules import SheetState
from leitai.rooms.stages.models import Participation, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedSheet:
    sheet: int
    entry: int
    juror: int
    marks: Mapping[str, Decimal]  # by criterion code
    total: Decimal
    sealed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """An entry with fewer sealed sheets than the rules ask for."""

    entry: int
    code: str
    sealed: int
    open: int
    wanted: int


def stamp(stage: Stage) -> str:
    """Another one whenever `marks` gives something else: of each sheet it holds which, by whom,
    on what, in which revision, and when it was sealed and changed. One query."""
    columns = ("pk", "entry_id", "juror_id", "revision", "total", "sealed_at", "changed_at")
    line = Func(Value(" "), *columns, function="concat_ws", output_field=TextField())
    told = StringAgg(line, delimiter=Value(","), order_by="pk")
    return _sealed(stage).order_by().aggregate(told=MD5(told))["told"] or ""


def marks(stage: Stage) -> list[SealedSheet]:
    """Every sealed sheet of entries that still take part. Two queries, whatever the size."""
    sealed = _sealed(stage)
    given: dict[int, dict[str, Decimal]] = defaultdict(dict)
    of_sheets = Mark.objects.filter(sheet__in=sealed.order_by()).exclude(value=None)
    for sheet, code, value in of_sheets.values_list("sheet_id", "criterion__code", "value"):
        given[sheet][code] = value
    columns = ("pk", "entry_id", "juror_id", "total", "sealed_at")
    return [
        SealedSheet(
            sheet=pk, entry=entry, juror=juror, marks=given[pk], total=total, sealed_at=sealed_at
        )
        for pk, entry, juror, total, sealed_at in sealed.values_list(*columns)
    ]


def _sealed(stage: Stage) -> QuerySet[Sheet]:
    here = Participation.objects.filter(stage=stage, taken_out_at=None).values("entry")
    return Sheet.objects.sealed().filter(stage=stage, entry__in=here)


def missing(stage: Stage) -> list[Missing]:
    """Where a standing would be made of fewer sheets than the rules promise, or than a second
    look has asked for."""

    def of(state: str) -> Count:
        at_stage = Q(entry__sheets__stage=stage, entry__sheets__state=state)
        return Count("entry__sheets", filter=at_stage)

    rows = (
        Participation.objects.filter(stage=stage, taken_out_at=None)
        .annotate(sealed=of(SheetState.SEALED), open=of(SheetState.ASSIGNED))
        .annotate(wanted=wanted(stage))
        .filter(sealed__lt=F("wanted"))
        .order_by("entry__code")
        .values_list("entry_id", "entry__code", "sealed", "open", "wanted")
    )
    return [
        Missing(entry=entry, code=code, sealed=sealed, open=open_, wanted=n)
        for entry, code, sealed, open_, n in rows
    ]
