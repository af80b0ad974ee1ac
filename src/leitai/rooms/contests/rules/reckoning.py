"""From marks to places, by a stage's rule and nothing else: the same input, the same places.

The preview on sample scores, the standings, and whoever checks them all come through here.
Everything is recomputed from the raw marks: each sheet's total, each entry's score, the ranking
with its chain of tie-breaks, the quotas and who goes on. Scores are rounded for people first and
ranked afterwards, so nobody sees 87.50 lose to 87.50.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from leitai.algorithms import formulas, ranking
from leitai.rooms.contests.rules.cutting import Cut, cut
from leitai.rooms.contests.rules.schema import StageRule
from leitai.values.score import publish

T_CENTRE, T_SPREAD = Decimal(50), Decimal(10)  # standardised scores are printed as 50 + 10 z

Means = Mapping[str, Mapping[int, Decimal]]
"""Of each criterion, the mean mark of each entry; asked by tie-breaks."""


@dataclass(frozen=True, slots=True)
class SheetIn:
    """One sealed sheet: whose, about what, and its raw marks by criterion."""

    entry: int
    juror: int
    marks: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class EntryIn:
    group: str  # the scenario's code or the heat's number, or "" when there is none
    handed_in_at: datetime | None = None


def group_of(by: str, *, scenario: str | None, heat: int | None) -> str:
    """What a quota calls the group of an entry; without heats, scenarios are the rooms."""
    return f"{heat:02d}" if by == "heat" and heat is not None else scenario or ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """The chair put entries that were level into this order, and said why."""

    order: tuple[int, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Every step on the way, so that a page can show it: totals, scores, ranking, cut."""

    totals: tuple[formulas.Sheet, ...]
    scored: formulas.Result
    ranking: ranking.Ranking
    cut: Cut


def reckon(
    rule: StageRule,
    *,
    sheets: Sequence[SheetIn],
    entries: Mapping[int, EntryIn],
    seed: str = "",
    rulings: Sequence[Ruling] = (),
) -> Reckoning:
    """Places by the raw marks. Raises `formulas.NotComparable` where the formula would compare
    what cannot be compared, `formulas.MissingMark` for an unfinished sheet, `PlacesDoNotFit`."""
    totals = [
        formulas.Sheet(entry=s.entry, juror=s.juror, score=total(rule, s.marks)) for s in sheets
    ]
    means = {c.code: _means(sheets, c.code) for c in rule.criteria}
    return reckon_totals(
        rule, totals=totals, means=means, entries=entries, seed=seed, rulings=rulings
    )


def reckon_totals(
    rule: StageRule,
    *,
    totals: Sequence[formulas.Sheet],
    means: Means,
    entries: Mapping[int, EntryIn],
    seed: str = "",
    rulings: Sequence[Ruling] = (),
) -> Reckoning:
    """The same from one total a sheet on."""
    scored = _scored(rule, totals)
    scores = {e: publish(value, places=rule.places) for e, value in scored.values.items()}
    chain = _chain(rule, totals, means, entries, seed, rulings)
    ranked = ranking.rank(scores, better=rule.direction, chain=chain)
    groups = {entry: facts.group for entry, facts in entries.items()}
    return Reckoning(tuple(totals), scored, ranked, cut(rule.quota, ranked, groups=groups))


def total(rule: StageRule, marks: Mapping[str, Decimal]) -> Decimal:
    """One sheet as one number: the sum of its points, or the weighted mean of its marks; a
    criterion that may be left blank counts only where it was not."""
    is_sum = rule.total == "sum"
    asked = [c for c in rule.criteria if c.code in marks or not c.optional]
    weights = {c.code: Decimal(1) if is_sum else c.weight for c in asked}
    return formulas.total(marks, weights=weights, how="sum" if is_sum else "mean")


def fingerprint(sheets: Sequence[SheetIn]) -> str:
    """SHA-256 over the raw marks, however they are ordered: what a standing was made of."""
    rows = sorted(
        [s.entry, s.juror, sorted((c, f"{m.normalize():f}") for c, m in s.marks.items())]
        for s in sheets
    )
    return hashlib.sha256(json.dumps(rows, separators=(",", ":")).encode()).hexdigest()


def _scored(rule: StageRule, totals: Sequence[formulas.Sheet]) -> formulas.Result:
    better = rule.direction
    if rule.formula == "drop_high_low":
        return formulas.drop_extremes(totals, better=better)
    if rule.formula == "median":
        return formulas.median(totals, better=better)
    if rule.formula == "z_mean":
        least = rule.min_sheets_for_z
        return formulas.juror_z(
            totals, better=better, least=least, centre=T_CENTRE, spread=T_SPREAD
        )
    return formulas.raw_mean(totals, better=better)


def _chain(
    rule: StageRule,
    totals: Sequence[formulas.Sheet],
    means: Means,
    entries: Mapping[int, EntryIn],
    seed: str,
    rulings: Sequence[Ruling],
) -> list[ranking.Key]:
    """The rule's tie-breaks as keys, down to the chair; then what the chair has ruled."""
    keys = []
    for name in rule.tie_breaks:
        if name == "chair":  # whoever is still level waits for the chair's word
            break
        keys.append(_key(name, rule, totals, means, entries, seed))
    ruled = {e: n for ruling in rulings for n, e in enumerate(ruling.order)}
    return [*keys, ranking.Key(name="chair", values=ruled, better="down")] if ruled else keys


def _key(
    name: str,
    rule: StageRule,
    totals: Sequence[formulas.Sheet],
    means: Means,
    entries: Mapping[int, EntryIn],
    seed: str,
) -> ranking.Key:
    if name == "lot":
        return ranking.lot(list(entries), seed=seed)
    if name == "handed_in_first":
        times = {
            e: int(facts.handed_in_at.timestamp() * 1000)
            for e, facts in entries.items()
            if facts.handed_in_at
        }
        return ranking.Key(name=name, values=times, better="down")
    if name.startswith("criterion:"):
        values = dict(means.get(name.removeprefix("criterion:"), {}))
    elif name == "untrimmed_mean":
        values = formulas.raw_mean(totals).values
    else:
        pick = max if (name == "best_mark") == (rule.direction == "up") else min
        values = {e: pick(marks) for e, marks in panels(totals).items()}
    return ranking.Key(name=name, values=values, better=rule.direction)


def panels(totals: Sequence[formulas.Sheet]) -> dict[int, list[Decimal]]:
    """The totals of each entry."""
    found: dict[int, list[Decimal]] = defaultdict(list)
    for sheet in totals:
        found[int(sheet.entry)].append(sheet.score)
    return found


def _means(sheets: Sequence[SheetIn], code: str) -> dict[int, Decimal]:
    given: dict[int, list[Decimal]] = defaultdict(list)
    for sheet in sheets:
        if code in sheet.marks:
            given[sheet.entry].append(sheet.marks[code])
    return {entry: sum(marks, Decimal(0)) / len(marks) for entry, marks in given.items()}
