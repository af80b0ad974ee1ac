"""How sure the line is: each entry's chance to belong in, and what would tell more.

Jurors' severity, scale and noise are allowed for. Same marks, same answer; it changes no place.
"""

from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db.models import Count, Max

from leitai.algorithms.calibration import Cut, cut
from leitai.algorithms.formulas import Sheet as Total
from leitai.algorithms.notes import Note
from leitai.rooms.contests.rules import StageRule
from leitai.rooms.jury import queries as jury
from leitai.rooms.jury.models import Sheet
from leitai.rooms.stages.models import Participation, Stage
from leitai.rooms.standings import rules
from leitai.rooms.standings.models import Place, Standing
from leitai.rooms.standings.queries.standing import entries, sheets
from leitai.values.verdict import Verdict

KEPT_FOR = 3600
FORMULAS = {
    "raw_mean": "mean",
    "drop_extremes": "drop_high_low",
    "juror_z": "z_mean",
    "median": "median",
}
"""Those a rule may ask for, by their codes among the algorithms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """An entry beside the line."""

    entry: int
    group: str
    score: float  # calibrated, in the unit of the marks
    low: float
    high: float
    p_in: float
    standing: str  # safe_in, borderline or safe_out
    gain: float  # of one more review, against the entry where it would tell most: 0 to 1
    sheets: int

    @property
    def percent(self) -> int:
        return round(100 * self.p_in)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The line of one standing, without the draws it was made of, so that it can be kept."""

    spots: tuple[Spot, ...]
    places: dict[str, int]
    right: float
    pairs: float  # the share of pairs of entries that stand in the right order
    parts: int
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What another formula would change on the list of the likeliest."""

    formula: str
    swaps: int
    right: float | None  # expected to belong there; None where the formula refuses


def line(standing: Standing) -> Line:
    """Kept as long as no mark changes; made anew in about a third of a second."""
    key = f"line-{standing.pk}-{_version(standing.stage)}"
    kept: Line | None = caches["near"].get(key)
    if kept is None:
        kept = _line(_cut(standing, compare=False))
        caches["near"].set(key, kept, KEPT_FOR)
    return kept


def changed_by(standing: Standing) -> list[Changed]:
    """What each formula a rule may ask for would change; not for every load of a page."""
    key = f"line-changed-{standing.pk}-{_version(standing.stage)}"
    kept: list[Changed] | None = caches["near"].get(key)
    if kept is None:
        made = _cut(standing, compare=True)
        kept = [
            Changed(formula=FORMULAS[c.formula], swaps=len(c.comes_in), right=c.expected_right)
            for c in made.changes
            if c.formula in FORMULAS
        ]
        caches["near"].set(key, kept, KEPT_FOR)
    return kept


def band(standing: Standing) -> dict[int, int]:
    """Entries that the rule lets be read by further jurors, with their ranks."""
    rule = standing.rule
    last = int(rule.band_factor * rule.quota.total)
    rows = standing.places.filter(rank__lte=last).order_by("rank", "pk")
    return dict(rows.values_list("entry", "rank"))


def may_look_again(standing: Standing) -> Verdict:
    """Before anything is decided, and while the jury's stage is open; whether so many reviews can
    be given is seen when they are asked for."""
    newest = standing.stage.standings.order_by("-number").values_list("pk", flat=True).first()
    may = rules.may_look_again(
        standing.state, is_newest=newest == standing.pk, places=standing.rule.quota.total
    )
    return may and jury.may_draw(standing.stage)


def _version(stage: Stage) -> str:
    """Changes whenever the marks do, or who takes part."""
    sealed = Sheet.objects.sealed().filter(stage=stage)
    told = sealed.aggregate(n=Count("pk"), sealed=Max("sealed_at"), changed=Max("changed_at"))
    here = Participation.objects.filter(stage=stage, taken_out_at=None).count()
    stamps = (stage.ruleset_id, here, told["n"], *map(_stamp, (told["sealed"], told["changed"])))
    return "-".join(map(str, stamps))


def _stamp(at: Any) -> str:
    return f"{at.timestamp():.6f}" if at else ""


def _cut(standing: Standing, *, compare: bool) -> Cut:
    """The places are those of the standing, per group where its quota is; the seed is its own."""
    rule, stage = standing.rule, standing.stage
    given = [
        Total(entry=s.entry, juror=s.juror, score=rules.total(rule, s.marks)) for s in sheets(stage)
    ]
    marked = {int(sheet.entry) for sheet in given}  # of the others nothing can be said
    facts = {e: f for e, f in entries(stage).items() if e in marked}
    by_group = has_groups(rule)
    return cut(
        given, places=shares_of(standing) if by_group else rule.quota.total,
        groups={e: f.group for e, f in facts.items()} if by_group else None,
        better=rule.direction, compare=compare, seed=int(standing.seed or "0", 16) % 2**32,
    )  # fmt: skip


def has_groups(rule: StageRule) -> bool:
    return bool(rule.quota.by) and rule.quota.rest != "best"


def shares_of(standing: Standing) -> dict[str, int]:
    return {group: share["places"] for group, share in standing.quotas.items()}


def _line(made: Cut) -> Line:
    most = max((e.gain for e in made.entries), default=0) or 1
    spots = tuple(
        Spot(
            entry=int(e.entry), group=e.group, score=e.score, low=e.low, high=e.high, p_in=e.p_in,
            standing=e.standing, gain=e.gain / most, sheets=e.sheets,
        )
        for e in made.entries
    )  # fmt: skip
    return Line(
        spots=spots, places=dict(made.places), right=sum(made.expected_right.values()),
        pairs=(1 + made.expected_tau) / 2, parts=made.calibration.n_parts, notes=made.notes,
    )  # fmt: skip


def places_by_entry(standing: Standing) -> dict[int, Place]:
    columns = ("code", "title_zh", "title_en", "scenario__code")
    places = standing.places.select_related("entry__scenario").only(
        "standing", "rank", "score", "outcome", "broken_by", *(f"entry__{c}" for c in columns)
    )
    return {place.entry_id: place for place in places}
