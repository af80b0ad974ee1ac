"""How the jury of a stage is doing while it works, and what wants a hand."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import (
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Window,
)
from django.db.models.fields import DecimalField
from django.db.models.functions import Coalesce, Lag, Lead, Least, NullIf

from leitai.foundation.counts import counts
from leitai.rooms.contests.models import Contest
from leitai.rooms.jury import rules
from leitai.rooms.jury.models import Conflict, Discussion, Juror, Quiet, ReopeningRequest, Sheet
from leitai.rooms.jury.queries.extra import wanted
from leitai.rooms.jury.queries.progress import (
    Cover,
    Progress,
    counted_by,
    coverage,
    jurors_of,
    pace_rows,
    progress,
)
from leitai.rooms.jury.rules import Lateness, RequestState, SheetState
from leitai.rooms.stages.models import Stage

SCORE = DecimalField(max_digits=12, decimal_places=3)
SLOW = (Lateness.LATE, Lateness.NOT_BEGUN, Lateness.OVERDUE)
FEWEST = 3  # with fewer sheets nobody can say which of them is the odd one


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Counts that open their records; nothing here tells a mark."""

    progress: Progress
    covers: tuple[Cover, ...]
    paces: Counter[str]  # jurors by `Lateness`
    done_at: datetime | None  # of the last sheet, at the pace of all
    is_late: bool
    slow: int  # jurors who will be late at their own pace, or have not begun
    late_conflicts: int
    requests: int  # sealed sheets somebody wants opened again
    far: int  # sealed sheets that stand alone; 0 for who sees no marks


def health(stage: Stage, *, at: datetime, sees_marks: bool = False) -> Health:
    """Three queries, whatever the size."""
    covers, people = coverage(stage), pace_rows(stage)
    alone = outliers(stage) if sees_marks else Sheet.objects.none()
    *counted, late, requests, far = counts(
        *counted_by(stage), late_conflicts(stage), open_requests(stage, at=at), alone
    )
    done = progress(stage, covers=covers, people=people, counted=counted)
    since = min((row[3] for row in people), default=None)
    until = stage.closes_at
    done_at = rules.done_at(left=done.open, sealed=done.sealed, since=since, at=at)
    paces = Counter(
        rules.lateness(left=left, begun=begun, sealed=sealed, since=start, until=until, at=at)
        for left, begun, sealed, start in people
    )
    return Health(
        progress=done,
        covers=tuple(covers),
        paces=paces,
        done_at=done_at,
        is_late=bool(done.open and until and (done_at > until if done_at else until <= at)),
        slow=sum(paces[kind] for kind in SLOW),
        late_conflicts=late,
        requests=requests,
        far=far,
    )


def with_pace(jurors: Iterable[Any], stage: Stage, *, at: datetime) -> None:
    """Gives each row of `jurors_of` its `lateness` and when it is `done_at` at its own pace."""
    for juror in jurors:
        told = {"left": juror.open, "sealed": juror.sealed, "since": juror.since, "at": at}
        juror.done_at = rules.done_at(**told)
        juror.lateness = rules.lateness(begun=juror.begun, until=stage.closes_at, **told)


def slow_jurors(stage: Stage, *, at: datetime) -> list[int]:
    """Jurors who will be late at the pace they keep, or have not begun; one query."""
    rows = jurors_of(stage).filter(open__gt=0).order_by()
    columns = rows.values_list("pk", "open", "begun", "sealed", "since")
    until = stage.closes_at
    return [
        pk
        for pk, left, begun, sealed, since in columns
        if rules.lateness(left=left, begun=begun, sealed=sealed, since=since, until=until, at=at)
        in SLOW
    ]


def outliers(stage: Stage) -> QuerySet[Sheet]:
    """Sealed sheets that stand alone: every other total of the entry is as far away as the rules
    flag. With `apart` from the nearest, and the mean of the `others`; none where the rules flag
    nothing. They tell marks."""
    if not stage.rule.range_flag:
        return Sheet.objects.none()
    same = {"partition_by": [F("entry")]}
    beside = {**same, "order_by": [F("total").asc(), F("pk").asc()]}
    rows = Sheet.objects.sealed().filter(stage=stage).select_related("entry", "juror")
    counted = rows.annotate(
        n=Window(Count("pk"), **same),
        others=_score((Window(Sum("total"), **same) - F("total")) / NullIf(F("n") - 1, 0)),
        apart=Least(
            _score(F("total") - Window(Lag("total"), **beside)),
            _score(Window(Lead("total"), **beside) - F("total")),
        ),
    )
    return counted.filter(n__gte=FEWEST, apart__gte=stage.rule.range_flag)


def _score(value: Any) -> ExpressionWrapper:
    return ExpressionWrapper(value, output_field=SCORE)


def late_conflicts(stage: Stage) -> QuerySet[Conflict]:
    """Ties in force to an entry whose panel the juror sits on, or left with nobody in the seat.

    Annotated with `sheet`: the juror's own there, standing or recused.
    """
    here = Sheet.objects.filter(stage=stage, entry=OuterRef("entry")).order_by()
    own = here.filter(juror=OuterRef("juror"))
    standing = own.filter(state__in=[SheetState.ASSIGNED, SheetState.SEALED])
    recused = own.filter(state=SheetState.RECUSED)
    seated = here.filter(state__in=[SheetState.ASSIGNED, SheetState.SEALED]).values("entry")
    seats = Subquery(seated.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    takes_part = stage.participations.filter(entry=OuterRef("entry"), taken_out_at=None)
    ties = Conflict.objects.in_force().filter(juror__contest=stage.contest_id)
    newest = {"sheet": Subquery(standing.values("pk")[:1]),
              "fallen": Subquery(recused.order_by("-pk").values("pk")[:1])}  # fmt: skip
    return (
        ties.filter(Exists(takes_part))
        .filter(Exists(own.filter(state__in=["assigned", "sealed", "recused"])))
        .annotate(**newest, seats=Coalesce(seats, 0), asked=wanted(stage))
        .filter(Q(sheet__isnull=False) | Q(seats__lt=F("asked")))
        .select_related("juror", "entry")
        .order_by("entry__code", "pk")
    )


def open_requests(stage: Stage, *, at: datetime) -> QuerySet[ReopeningRequest]:
    """Requests that still wait for a second person."""
    waiting = ReopeningRequest.objects.filter(
        sheet__stage=stage, state=RequestState.ASKED, at__gt=at - rules.LASTS
    )
    return waiting.select_related("sheet__entry", "sheet__juror", "sheet__stage__contest", "by")


def talks_of(stage: Stage, entries: Iterable[int]) -> dict[int, Discussion]:
    return {d.entry_id: d for d in Discussion.objects.filter(stage=stage, entry__in=entries)}


def today_at(contest: Contest, at: datetime) -> date:
    """On the edition's own calendar."""
    return at.astimezone(ZoneInfo(contest.edition.time_zone)).date()


def closes_on(stage: Stage) -> date | None:
    return today_at(stage.contest, stage.closes_at) if stage.closes_at else None


def quiet_until(day: date) -> QuerySet[Quiet]:
    """Newest words of jurors who want no reminder on this day."""
    newest = Quiet.objects.filter(juror=OuterRef("juror")).order_by("-pk").values("pk")[:1]
    return Quiet.objects.filter(pk=Subquery(newest), until__gt=day)


def mute(juror: Juror, *, day: date) -> Quiet | None:
    """What a juror asked for last, while it holds."""
    last = juror.quiets.first()
    return last if last and last.until and last.until > day else None
