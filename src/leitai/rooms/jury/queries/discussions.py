"""What a jury talks about: which entries, who sits there, what was said and changed."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from leitai.rooms.jury import rules
from leitai.rooms.jury.models import Conflict, Discussion, Judging, Juror, MarkChange, Sheet
from leitai.rooms.jury.queries.progress import spread_of
from leitai.rooms.jury.queries.sight import phase
from leitai.rooms.jury.rules import DiscussionState, JurorState, Sight
from leitai.rooms.stages.models import Criterion, Participation, Stage
from leitai.rooms.stages.rules import State as StageState
from leitai.values.verdict import Verdict

TIED = Conflict.objects.in_force().filter(juror=OuterRef("juror"), entry=OuterRef("entry"))


def flagged(stage: Stage) -> QuerySet[Participation]:
    """Entries whose totals differ by the rules' range; none where the rules name no range."""
    found = spread_of(stage)
    return found if stage.rule.range_flag else found.none()


def may_begin(stage: Stage, *, at: datetime) -> Verdict:
    judging: Judging | None = getattr(stage, "judging", None)
    return rules.may_begin_discussion(
        phase(stage),
        open_sheets=Sheet.objects.open().filter(stage=stage).count(),
        is_over=stage.state == StageState.CLOSED or stage.window.is_over(at),
        flagged=flagged(stage).count(),
        has_chair=bool(judging and judging.chair_id),
    )


def may_close(stage: Stage) -> Verdict:
    still = stage.discussions.filter(state=DiscussionState.OPEN).count()
    return rules.may_close_judging(phase(stage), open_discussions=still)


def discussions(stage: Stage) -> QuerySet[Discussion]:
    """With what was said and changed, counted, and the totals as they are now."""
    sealed = Sheet.objects.sealed().filter(stage=stage, entry=OuterRef("entry")).order_by()
    totals = sealed.values("entry")
    return (
        Discussion.objects.filter(stage=stage)
        .select_related("entry__scenario", "chair")
        .annotate(
            said=Count("remarks", distinct=True),
            changed=Count("changes", distinct=True),
            now=Subquery(totals.annotate(n=Max("total") - Min("total")).values("n")),
            spread=F("high") - F("low"),
        )
        .order_by("entry__code", "pk")
    )


def panel(discussion: Discussion) -> QuerySet[Sheet]:
    """Sealed sheets whose jurors sit here: on the jury still, and without a conflict."""
    return (
        Sheet.objects.sealed()
        .filter(
            stage=discussion.stage_id, entry=discussion.entry_id, juror__state=JurorState.ACTIVE
        )
        .filter(~Exists(TIED))
        .select_related("juror__user")
        .order_by("pk")
    )


def own_discussions(user: Any) -> QuerySet[Discussion]:
    """Those in which somebody sits or leads; without a conflict, and while on the jury."""
    if not user.is_authenticated:
        return Discussion.objects.none()
    ties = Conflict.objects.in_force().filter(juror__user=user, entry=OuterRef("entry"))
    sits = Sheet.objects.sealed().filter(
        stage=OuterRef("stage"), entry=OuterRef("entry"), juror__user=user,
        juror__state=JurorState.ACTIVE,
    )  # fmt: skip
    leads = Q(chair__user=user, chair__state=JurorState.ACTIVE)
    return (
        Discussion.objects.filter(leads | Q(Exists(sits)))
        .exclude(Exists(ties))
        .select_related("entry__scenario", "stage__contest__edition", "stage__judging", "chair")
        .order_by("-state", "entry__code", "pk")
    )


def own_sheet(user: Any, discussion: Discussion) -> Sheet | None:
    return panel(discussion).filter(juror__user=user).first() if user.is_authenticated else None


def free_chairs(stage: Stage, *, entry: int | None = None) -> QuerySet[Juror]:
    """Active jurors of the contest; for one entry, those without a conflict with it."""
    found = Juror.objects.filter(contest=stage.contest_id, state=JurorState.ACTIVE)
    if entry is not None:
        found = found.exclude(conflicts__in=Conflict.objects.in_force().filter(entry=entry))
    return found.order_by("name", "pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    value: Decimal | None
    earlier: tuple[Decimal | None, ...]  # what stood here before, the first first


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One juror's sheet."""

    label: str
    is_mine: bool
    sheet: Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Somebody said something, or changed a mark."""

    who: str
    is_mine: bool
    is_chair: bool
    at: datetime
    text: str
    change: MarkChange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    columns: tuple[Column, ...]
    rows: tuple[tuple[Criterion, tuple[Cell, ...]], ...]
    events: tuple[Event, ...]
    low: Decimal | None
    high: Decimal | None

    @property
    def spread(self) -> Decimal | None:
        return None if self.low is None or self.high is None else self.high - self.low


def talk(discussion: Discussion, *, reader: Any, sight: Sight) -> Talk:
    """A fixed number of queries, however much was said; jurors bear names or numbers by `sight`."""
    names = _Names(discussion, reader=reader, sight=sight)
    sheets = list(panel(discussion).prefetch_related("marks"))
    changes = list(discussion.changes.select_related("criterion", "sheet").order_by("pk"))
    totals = [sheet.total for sheet in sheets if sheet.total is not None]
    return Talk(
        columns=tuple(
            Column(label=names[s.juror_id], is_mine=s.juror.user_id == reader.pk, sheet=s)
            for s in sheets
        ),
        rows=tuple(
            (criterion, tuple(_cell(sheet, criterion, changes) for sheet in sheets))
            for criterion in discussion.stage.criteria.all()
        ),
        events=tuple(_events(discussion, changes, names)),
        low=min(totals, default=None),
        high=max(totals, default=None),
    )


class _Names:
    """Numbers follow the order in which sheets were assigned, so none moves when a juror leaves."""

    def __init__(self, discussion: Discussion, *, reader: Any, sight: Sight) -> None:
        self.reader, self.sight, self.chair = reader, sight, discussion.chair_id
        known = Sheet.objects.filter(stage=discussion.stage_id, entry=discussion.entry_id)
        order = known.order_by("pk").values_list("juror_id", "juror__name", "juror__user_id")
        rows = list(dict.fromkeys(order))
        if discussion.chair is not None:
            rows.append((discussion.chair_id, discussion.chair.name, discussion.chair.user_id))
        # Whoever led before a stand-in came is still named beside their words.
        spoke = discussion.remarks.order_by("pk")
        rows += spoke.values_list("juror_id", "juror__name", "juror__user_id")
        self.users = {juror: user for juror, _name, user in rows}
        self.names = {juror: name for juror, name, _user in rows}
        self.numbers = {juror: n for n, juror in enumerate(self.names, start=1)}

    def __getitem__(self, juror: int) -> str:
        if self.sight.jurors:
            return self.names[juror]
        if juror == self.chair:
            return _("Chair")
        return _("Juror {n}").format(n=self.numbers[juror])

    def is_mine(self, juror: int) -> bool:
        return self.users[juror] == self.reader.pk


def _cell(sheet: Sheet, criterion: Criterion, changes: list[MarkChange]) -> Cell:
    mark = next((m for m in sheet.marks.all() if m.criterion_id == criterion.pk), None)
    earlier = tuple(
        c.before for c in changes if (c.sheet_id, c.criterion_id) == (sheet.pk, criterion.pk)
    )
    return Cell(value=mark.value if mark else None, earlier=earlier)


def _events(discussion: Discussion, changes: list[MarkChange], names: _Names) -> list[Event]:
    """In the order in which they happened."""

    def event(juror: int, at: datetime, text: str, change: MarkChange | None = None) -> Event:
        return Event(
            who=names[juror], is_mine=names.is_mine(juror), is_chair=juror == discussion.chair_id,
            at=at, text=text, change=change,
        )  # fmt: skip

    said = [event(r.juror_id, r.at, r.text) for r in discussion.remarks.order_by("pk")]
    told = [event(c.sheet.juror_id, c.at, c.why, c) for c in changes]
    return sorted([*said, *told], key=lambda e: e.at)
