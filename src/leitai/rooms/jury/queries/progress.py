"""How far the jury is: per juror, per entry, and where jurors differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet

from leitai.foundation.counts import counts
from leitai.rooms.contests.models import Scenario
from leitai.rooms.jury.models import Juror, Mark, Sheet
from leitai.rooms.jury.queries.extra import wanted
from leitai.rooms.jury.rules import JurorState, SheetState
from leitai.rooms.stages.models import Criterion, Participation, Stage

SCENARIO = ("entry__scenario", "entry__scenario__name_zh", "entry__scenario__name_en")
COUNTED = ("seats", "sealed", "wanted")
AT_WORK = Q(sheets__state__in=[SheetState.ASSIGNED, SheetState.SEALED])


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Counts that open their records; nothing here tells a mark."""

    entries: int
    wanted: int
    sheets: int
    sealed: int
    complete: int  # entries with all their sheets sealed
    short: int  # entries with fewer sheets than the rules ask for
    late: int  # jurors with open sheets
    idle: int  # jurors who have not begun
    spread: int  # entries whose totals differ by the flag's range or more

    @property
    def open(self) -> int:
        return self.sheets - self.sealed

    @property
    def share(self) -> int:
        """Per cent of the seats that are sealed."""
        return round(100 * self.sealed / self.wanted) if self.wanted else 0


def progress(
    stage: Stage,
    *,
    covers: Sequence["Cover"] | None = None,
    people: Sequence[tuple] | None = None,
    counted: Sequence[int] = (),
) -> Progress:
    """Three queries, whatever the size; none for whoever has counted already."""
    covers = coverage(stage) if covers is None else covers
    people = pace_rows(stage) if people is None else people
    sheets, sealed, spread = counted or counts(*counted_by(stage))
    return Progress(
        entries=sum(cover.entries for cover in covers),
        wanted=sum(cover.wanted for cover in covers),
        sheets=sheets,
        sealed=sealed,
        complete=sum(cover.complete for cover in covers),
        short=sum(cover.short for cover in covers),
        late=sum(open_ > 0 for open_, _begun, _sealed, _since in people),
        idle=sum(open_ > 0 and not begun and not sealed for open_, begun, sealed, _s in people),
        spread=spread,
    )


def counted_by(stage: Stage) -> tuple[QuerySet, QuerySet, QuerySet]:
    """Standing sheets, sealed ones, and entries with a wide spread."""
    sheets = Sheet.objects.standing().filter(stage=stage)
    wide = spread_of(stage) if stage.rule.range_flag else Participation.objects.none()
    return sheets, sheets.filter(state=SheetState.SEALED), wide


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Of one scenario: entries with all their sheets sealed, some, or none."""

    scenario: Scenario | None
    entries: int
    wanted: int
    complete: int
    some: int
    short: int

    @property
    def none(self) -> int:
        return self.entries - self.complete - self.some


def coverage(stage: Stage) -> list[Cover]:
    """By scenario, the barest first; one query."""
    rows = entries_of(stage).select_related(None).order_by()
    found: dict[tuple, list[tuple[int, int, int]]] = {}
    for pk, zh, en, *numbers in rows.values_list(*SCENARIO, *COUNTED):
        found.setdefault((pk, zh, en), []).append(tuple(numbers))
    covers = [
        Cover(
            scenario=Scenario(pk=pk, name_zh=zh, name_en=en) if pk else None,
            entries=len(entries),
            wanted=sum(wanted for _seats, _sealed, wanted in entries),
            complete=sum(sealed >= wanted for _seats, sealed, wanted in entries),
            some=sum(0 < sealed < wanted for _seats, sealed, wanted in entries),
            short=sum(seats < wanted for seats, _sealed, wanted in entries),
        )
        for (pk, zh, en), entries in found.items()
    ]
    return sorted(
        covers, key=lambda c: (c.complete / c.entries, c.scenario.pk if c.scenario else 0)
    )


def pace_rows(stage: Stage) -> list[tuple[int, int, int, datetime]]:
    """Of each juror with sheets: open, begun, sealed, and since when."""
    return list(jurors_of(stage).order_by().values_list("open", "begun", "sealed", "since"))


def entries_of(stage: Stage) -> QuerySet[Participation]:
    """Those who take part, with `seats` and `sealed` counted."""
    here = Q(entry__sheets__stage=stage)
    sealed = here & Q(entry__sheets__state=SheetState.SEALED)
    standing = here & Q(entry__sheets__state__in=[SheetState.ASSIGNED, SheetState.SEALED])
    return (
        Participation.objects.filter(stage=stage, taken_out_at=None)
        .select_related("entry__scenario")
        .annotate(
            seats=Count("entry__sheets", filter=standing),
            sealed=Count("entry__sheets", filter=sealed),
            wanted=wanted(stage),
        )
        .order_by("entry__code")
    )


def jurors_of(stage: Stage) -> QuerySet[Juror]:
    """Jurors with sheets at this stage: `open`, `begun` and `sealed` of them."""
    here = Q(sheets__stage=stage)
    is_open = here & Q(sheets__state=SheetState.ASSIGNED)
    return (
        Juror.objects.filter(here & AT_WORK, state=JurorState.ACTIVE)
        .annotate(
            open=Count("sheets", filter=is_open),
            begun=Count("sheets", filter=is_open & Q(sheets__revision__gt=0)),
            sealed=Count("sheets", filter=here & Q(sheets__state=SheetState.SEALED)),
            since=Min("sheets__assigned_at", filter=here),
            seen_at=Max("sheets__changed_at", filter=here & Q(sheets__revision__gt=0)),
        )
        .order_by("name", "pk")
    )


def spread_of(stage: Stage) -> QuerySet[Participation]:
    """Entries whose sealed totals differ by the flag's range or more, the widest first."""
    sealed = Q(entry__sheets__stage=stage, entry__sheets__state=SheetState.SEALED)
    return (
        Participation.objects.filter(stage=stage, taken_out_at=None)
        .select_related("entry__scenario")
        .annotate(
            high=Max("entry__sheets__total", filter=sealed),
            low=Min("entry__sheets__total", filter=sealed),
            spread=F("high") - F("low"),
        )
        .filter(spread__gte=stage.rule.range_flag)
        .order_by("-spread", "entry__code")
    )


def score_rows(stage: Stage, *, but: QuerySet) -> tuple[Sequence[str], Iterator[list[Any]]]:
    """All standing sheets with their marks, for export, but those of some entries; two queries."""
    criteria = list(Criterion.objects.filter(stage=stage).order_by("order"))
    headers = ["entry", "juror", "kind", "state", *(c.code for c in criteria), "total", "sealed_at"]
    return headers, _score_rows(stage, criteria, but)


def _score_rows(stage: Stage, criteria: list[Criterion], but: QuerySet) -> Iterator[list[Any]]:
    given: dict[tuple[int, int], Decimal] = {
        (sheet, criterion): value
        for sheet, criterion, value in Mark.objects.filter(
            sheet__stage=stage, sheet__state=SheetState.SEALED
        ).values_list("sheet_id", "criterion_id", "value")
    }
    sheets = (
        Sheet.objects.standing()
        .filter(stage=stage)
        .exclude(entry__in=but)
        .select_related("juror", "entry")
        .order_by("entry__code", "juror_id")
    )
    for sheet in sheets:
        at: datetime | None = sheet.sealed_at
        marks = [given.get((sheet.pk, criterion.pk)) for criterion in criteria]
        total = sheet.total if sheet.state == SheetState.SEALED else None
        row = [sheet.entry.code, sheet.juror.name, sheet.juror.get_kind_display()]
        yield [*row, str(sheet.get_state_display()), *marks, total, at]
