"""From marks to places, by a stage's rule and nothing else: the same input, the same places.

Everything is recomputed from the raw marks: each sheet's total, each entry's score, the ranking
with its chain of tie-breaks, the quotas and who goes on. Scores are rounded for people first and
ranked afterwards, so nobody sees 87.50 lose to 87.50.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from leitai.algorithms import formulas, ranking
from leitai.algorithms import quotas as cut
from leitai.algorithms.notes import Note
from leitai.rooms.contests.rules import StageRule
from leitai.rooms.standings.rules.states import Outcome
from leitai.values.score import publish

EVERYBODY = ""


@dataclass(frozen=True, slots=True)
class SheetIn:
    """One sealed sheet: whose, about what, and its raw marks by criterion."""

    entry: int
    juror: int
    marks: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class EntryIn:
    group: str  # the scenario's code, or "" when there is none
    handed_in_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """The chair put entries that were level into this order, and said why."""

    order: tuple[int, ...]
    why: str = ""


@dataclass(slots=True)
class PlaceOut:
    entry: int
    sheets: int = 0
    score: Decimal | None = None
    raw: Decimal | None = None
    spread: Decimal | None = None
    rank: int | None = None
    group_rank: int | None = None
    outcome: Outcome = Outcome.UNRANKED
    broken_by: str = ""


@dataclass(slots=True)
class Reckoning:
    places: list[PlaceOut]
    quotas: dict[str, dict[str, int]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    ties: list[cut.CutTie] = field(default_factory=list)  # at the line: somebody has to settle

    def by_entry(self) -> dict[int, PlaceOut]:
        return {place.entry: place for place in self.places}


def reckon(
    rule: StageRule,
    *,
    sheets: Sequence[SheetIn],
    entries: Mapping[int, EntryIn],
    seed: str = "",
    rulings: Sequence[Ruling] = (),
) -> Reckoning:
    """Places for every entry that takes part. Raises `formulas.NotComparable` where the formula
    would compare what cannot be compared, `formulas.MissingMark` for an unfinished sheet."""
    totals = [
        formulas.Sheet(entry=s.entry, juror=s.juror, score=total(rule, s.marks)) for s in sheets
    ]
    scores = {e: publish(v, places=rule.places) for e, v in _scores(rule, totals).values.items()}
    made = ranking.rank(
        scores, better=rule.direction, chain=_chain(rule, sheets, totals, entries, seed, rulings)
    )
    result = Reckoning(places=_places(rule, totals, scores, made, entries))
    _select(rule, result, entries)
    return result


def total(rule: StageRule, marks: Mapping[str, Decimal]) -> Decimal:
    """One sheet as one number: the sum of its points, or the weighted mean of its marks; a
    criterion that may be left blank counts only where it was not."""
    is_sum = rule.total == "sum"
    asked = [c for c in rule.criteria if c.code in marks or not c.optional]
    weights = {c.code: Decimal(1) if is_sum else c.weight for c in asked}
    return formulas.total(marks, weights=weights, how="sum" if is_sum else "mean")


def _scores(rule: StageRule, totals: Sequence[formulas.Sheet]) -> formulas.Result:
    better = rule.direction
    if rule.formula == "drop_high_low":
        return formulas.drop_extremes(totals, better=better)
    if rule.formula == "median":
        return formulas.median(totals, better=better)
    if rule.formula == "z_mean":
        return formulas.juror_z(
            totals, better=better, least=rule.min_sheets_for_z, centre=Decimal(50),
            spread=Decimal(10),
        )  # fmt: skip
    return formulas.raw_mean(totals, better=better)


def _chain(
    rule: StageRule,
    sheets: Sequence[SheetIn],
    totals: Sequence[formulas.Sheet],
    entries: Mapping[int, EntryIn],
    seed: str,
    rulings: Sequence[Ruling],
) -> list[ranking.Key]:
    """The rule's tie-breaks as keys, and after them what the chair has ruled."""
    panels: dict[int, list[Decimal]] = defaultdict(list)
    for sheet in totals:
        panels[int(sheet.entry)].append(sheet.score)
    best, worst = (max, min) if rule.direction == "up" else (min, max)
    keys = []
    for name in rule.tie_breaks:
        better = rule.direction
        if name == "untrimmed_mean":
            values = formulas.raw_mean(totals).values
        elif name == "best_mark":
            values = {e: best(marks) for e, marks in panels.items()}
        elif name == "worst_mark":
            values = {e: worst(marks) for e, marks in panels.items()}
        elif name.startswith("criterion:"):
            values = _criterion_means(sheets, name.removeprefix("criterion:"))
        elif name == "handed_in_first":
            better = "down"
            values = {
                e: Decimal(int(facts.handed_in_at.timestamp() * 1000))
                for e, facts in entries.items()
                if facts.handed_in_at
            }
        elif name == "lot":
            keys.append(ranking.lot(list(entries), seed=seed))
            continue
        else:  # the chair's word comes last, whenever there is one
            continue
        keys.append(ranking.Key(name=name, values=values, better=better))
    ruled = {e: n for ruling in rulings for n, e in enumerate(ruling.order)}
    return [*keys, ranking.Key(name="chair", values=ruled, better="down")] if ruled else keys


def _criterion_means(sheets: Sequence[SheetIn], code: str) -> dict[int, Decimal]:
    given: dict[int, list[Decimal]] = defaultdict(list)
    for sheet in sheets:
        if code in sheet.marks:
            given[sheet.entry].append(sheet.marks[code])
    return {entry: sum(marks, Decimal(0)) / len(marks) for entry, marks in given.items()}


def _places(
    rule: StageRule,
    totals: Sequence[formulas.Sheet],
    scores: Mapping[int, Decimal],
    made: ranking.Ranking,
    entries: Mapping[int, EntryIn],
) -> list[PlaceOut]:
    places = {entry: PlaceOut(entry) for entry in entries}
    panels: dict[int, list[Decimal]] = defaultdict(list)
    for sheet in totals:
        panels[int(sheet.entry)].append(sheet.score)
    raw = formulas.raw_mean(totals).values
    in_group: Counter[str] = Counter()
    last: dict[str, tuple[int, int]] = {}
    for ranked in made.places:
        place, marks = places[int(ranked.entry)], panels[int(ranked.entry)]
        place.rank, place.score = ranked.place, scores[int(ranked.entry)]
        place.raw = publish(raw[ranked.entry], places=max(rule.places, 2))
        place.sheets, place.spread = len(marks), max(marks) - min(marks)
        group = entries[place.entry].group
        in_group[group] += 1
        shares = group in last and last[group][0] == ranked.place
        place.group_rank = last[group][1] if shares else in_group[group]
        last[group] = (ranked.place, place.group_rank)
    for tie in made.broken:
        for entry in (e for group in tie.into for e in group):
            places[int(entry)].broken_by = tie.key
    return sorted(places.values(), key=lambda p: (p.rank is None, p.rank, p.entry))


def _select(rule: StageRule, result: Reckoning, entries: Mapping[int, EntryIn]) -> None:
    """Fill the quota; where nobody is cut, everybody with a place goes on."""
    ranked = [place for place in result.places if place.rank is not None]
    if rule.quota.total == 0:
        for place in ranked:
            place.outcome = Outcome.IN
        return
    candidates = [
        cut.Candidate(
            entry=p.entry, place=p.rank or 0,
            group=entries[p.entry].group if rule.quota.by else EVERYBODY,
        )
        for p in ranked
    ]  # fmt: skip
    shared = _shares(rule, candidates)
    result.quotas = {
        g: {"places": q.places, "candidates": q.candidates, "floor": q.floor, "whole": q.whole,
            "by_remainder": q.by_remainder}
        for g, q in shared.items()
    }  # fmt: skip
    wild = rule.quota.total - sum(q.places for q in shared.values())
    is_wild = rule.quota.rest == "best" and wild > 0
    rounds = [
        cut.select(
            candidates, places={g: q.places for g, q in shared.items()},
            reserves=0 if is_wild else rule.quota.reserves,
        )
    ]  # fmt: skip
    if is_wild:
        rounds.append(_wild_cards(candidates, rounds[0], wild, rule.quota.reserves))
    outcomes: dict[int | str, Outcome] = {}
    for chosen in rounds:
        result.ties += [tie for tie in chosen.ties if tie.group is not None]
        result.notes += [tie.note for tie in chosen.ties]
        outcomes |= dict.fromkeys(chosen.chosen, Outcome.IN)
        outcomes |= dict.fromkeys(chosen.reserves, Outcome.RESERVE)
    for place in ranked:
        place.outcome = outcomes.get(place.entry, Outcome.OUT)


def _wild_cards(
    candidates: Sequence[cut.Candidate], direct: cut.Selection, places: int, reserves: int
) -> cut.Selection:
    """The best of those without a direct place, whatever their group."""
    left = [
        cut.Candidate(entry=c.entry, place=c.place, group=EVERYBODY)
        for c in candidates
        if c.entry not in direct.chosen
    ]
    return cut.select(left, places={EVERYBODY: places}, reserves=reserves)


def _shares(rule: StageRule, candidates: Sequence[cut.Candidate]) -> dict[str, cut.Quota]:
    per_group = Counter(c.group for c in candidates)
    total = min(rule.quota.total, len(candidates))
    if not rule.quota.by:
        per_group = Counter({EVERYBODY: len(candidates)})
    if rule.quota.rest == "best":
        total = sum(min(rule.quota.floor, n) for n in per_group.values())
    return cut.quotas(total=total, candidates=per_group, floor=rule.quota.floor)


def fingerprint(sheets: Sequence[SheetIn]) -> str:
    """SHA-256 over the raw marks, however they are ordered: what a standing was made of."""
    rows = sorted(
        [s.entry, s.juror, sorted((c, f"{m.normalize():f}") for c, m in s.marks.items())]
        for s in sheets
    )
    return hashlib.sha256(json.dumps(rows, separators=(",", ":")).encode()).hexdigest()
