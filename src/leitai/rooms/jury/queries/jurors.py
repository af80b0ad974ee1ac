"""The jurors of a contest, and what they can carry."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from leitai.foundation import jobs
from leitai.foundation.counts import counts
from leitai.rooms.contests.models import Contest
from leitai.rooms.jury import rules
from leitai.rooms.jury.models import Expert, Juror, Sheet
from leitai.rooms.jury.rules import DrawState, JurorKind, JurorState, SheetState
from leitai.rooms.people.models import Organisation
from leitai.rooms.people.rules import normal_name
from leitai.rooms.stages.models import Participation, Stage
from leitai.values.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """Seats to fill against sheets that jurors of one kind can carry."""

    kind: str
    jurors: int
    carry: int
    least: int  # seats that only this kind may take

    @property
    def label(self) -> str:
        return str(JurorKind(self.kind).label)

    @property
    def is_short(self) -> bool:
        return self.carry < self.least


def jurors(contest: Contest) -> QuerySet[Juror]:
    """With `open` and `sealed` counted, and conflicts in force."""

    def sheets(*states: str) -> Count:
        return Count("sheets", filter=Q(sheets__state__in=states), distinct=True)

    return (
        Juror.objects.filter(contest=contest)
        .select_related("organisation")
        .annotate(
            open=sheets(SheetState.ASSIGNED),
            sealed=sheets(SheetState.SEALED),
            tied=Count("conflicts", filter=Q(conflicts__lifted_at=None), distinct=True),
        )
        .order_by("name", "pk")
    )


def capacity(stage: Stage) -> tuple[int, list[Capacity]]:
    """Seats wanted, and what each kind of juror can carry."""
    panel = stage.rule.panel
    entries = Participation.objects.filter(stage=stage, taken_out_at=None).count()
    loads: dict[str, list[int]] = {kind: [] for kind in JurorKind.values}
    active = Juror.objects.filter(contest=stage.contest_id, state=JurorState.ACTIVE)
    for kind, load in active.values_list("kind", "load_max"):
        loads[kind].append(panel.load_max if load is None else load)
    return entries * panel.per_entry, [
        Capacity(
            kind=kind,
            jurors=len(loads[kind]),
            carry=sum(loads[kind]),
            least=entries * panel.mix.get(kind, 0),  # type: ignore[call-overload]
        )
        for kind in JurorKind.values
    ]


def may_draw(stage: Stage, *, keeps_seats: bool = False) -> Verdict:
    """Whether a draw may be asked for now; the page greys its buttons out by it."""
    active = Juror.objects.filter(contest=stage.contest_id, state=JurorState.ACTIVE)
    computing = stage.draws.filter(state=DrawState.COMPUTING, job__state__in=jobs.OPEN)
    entries, jurors, now, sheets = counts(
        Participation.objects.filter(stage=stage, taken_out_at=None), active, computing,
        Sheet.objects.standing().filter(stage=stage),
    )  # fmt: skip
    may = rules.may_draw(stage=stage.state, entries=entries, jurors=jurors, computing=now > 0)
    return rules.may_repair(sheets=sheets) if may and keeps_seats else may


def match_organisations(names: Iterable[str]) -> dict[str, Organisation]:
    """The organisations people mean by these names or codes, however they are spelt."""
    wanted = {name.strip() for name in names if name.strip()}
    keys = {normal_name(name): name for name in wanted}
    found: dict[str, Organisation] = {}
    rows = Organisation.objects.filter(Q(key__in=keys) | Q(code__in=wanted)).order_by("-pk")
    english = {normal_name(o.name_en): o for o in _by_english(keys)}
    for name in wanted:
        key = normal_name(name)
        hit = next((o for o in rows if o.key == key or (o.code and o.code == name)), None)
        if hit := hit or english.get(key):
            found[name] = hit
    return found


def _by_english(keys: Iterable[str]) -> list[Organisation]:
    """Rows are keyed by their Chinese name; people may know the English one."""
    wanted = set(keys)
    both = Organisation.objects.exclude(name_en="").exclude(name_zh="")
    return [o for o in both if normal_name(o.name_en) in wanted]


def juries_of(user: Any) -> list[dict[str, Any]]:
    """For people who ask what we know of them: juries, and pools they are kept in."""
    what = ("name", "email", "kind", "title", "tags", "about")
    juries = Juror.objects.filter(user=user).order_by("pk")
    pools = Expert.objects.present().filter(user=user).order_by("pk")
    return [
        *juries.values("contest__slug", *what, "free_from", "free_until", "declined_why"),
        *pools.values("programme__slug", *what, "state"),
    ]
