"""How sure the line is: each entry's chance to belong in, and what would tell more.

Jurors' severity, scale and noise are allowed for. Same marks, same answer; it changes no place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from leitai.algorithms.calibration import Cut, cut
from leitai.algorithms.formulas import Sheet as Total
from leitai.algorithms.notes import Note
from leitai.foundation.near import kept
from leitai.rooms.contests.rules import StageRule
from leitai.rooms.jury import queries as jury
from leitai.rooms.standings import rules
from leitai.rooms.standings.models import Place, Standing
from leitai.rooms.standings.queries.standing import entries, sheets
from leitai.rooms.standings.rules import EntryIn
from leitai.values.verdict import Verdict

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
    changed: tuple["Changed", ...]  # by each formula a rule may ask for


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What another formula would change on the list of the likeliest."""

    formula: str
    swaps: int
    right: float | None  # expected to belong there; None where the formula refuses


@dataclass(frozen=True, slots=True)
class Ranked:
    """Of an entry's place what the picture of all needs."""

    rank: int | None
    outcome: str
    code: str


def line(standing: Standing) -> Line:
    """Kept as long as nothing changes that it is made of; made anew in a third of a second to two,
    with the number of jurors. Two queries."""
    facts = entries(standing.stage)
    told = (facts, standing.body, standing.quotas, standing.seed, jury.stamp(standing.stage))
    return kept(
        f"line-{standing.pk}",
        sha256(repr(told).encode()).hexdigest(),
        lambda: _line(_cut(standing, facts)),
    )


def changed_by(standing: Standing) -> tuple[Changed, ...]:
    """What each formula a rule may ask for would change."""
    return line(standing).changed


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


def _cut(standing: Standing, taking_part: dict[int, EntryIn]) -> Cut:
    """The places are those of the standing, per group where its quota is; the seed is its own."""
    rule, stage = standing.rule, standing.stage
    given = [
        Total(entry=s.entry, juror=s.juror, score=rules.total(rule, s.marks)) for s in sheets(stage)
    ]
    marked = {int(sheet.entry) for sheet in given}  # of the others nothing can be said
    facts = {e: f for e, f in taking_part.items() if e in marked}
    by_group = has_groups(rule)
    return cut(
        given, places=shares_of(standing) if by_group else rule.quota.total,
        groups={e: f.group for e, f in facts.items()} if by_group else None,
        better=rule.direction, seed=int(standing.seed or "0", 16) % 2**32,
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
        changed=tuple(
            Changed(formula=FORMULAS[c.formula], swaps=len(c.comes_in), right=c.expected_right)
            for c in made.changes
            if c.formula in FORMULAS
        ),
    )  # fmt: skip


def ranked(standing: Standing) -> dict[int, Ranked]:
    rows = standing.places.order_by().values_list("entry_id", "rank", "outcome", "entry__code")
    return {entry: Ranked(*told) for entry, *told in rows}


def places_by_entry(standing: Standing, *, of: Iterable[int] | None = None) -> dict[int, Place]:
    """Of all entries, or of these."""
    columns = ("code", "title_zh", "title_en", "scenario__code")
    places = standing.places.select_related("entry__scenario").only(
        "standing", "rank", "score", "outcome", "broken_by", *(f"entry__{c}" for c in columns)
    )
    if of is not None:
        places = places.filter(entry__in=list(of))
    return {place.entry_id: place for place in places}
