"""A stage's rules tried on a few sample scores, with every step shown."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from leitai.algorithms import quotas as sharing
from leitai.algorithms.formulas import (
    NotComparable,
    Result,
    Sheet,
    drop_extremes,
    juror_z,
    median,
    raw_mean,
)
from leitai.algorithms.notes import Note
from leitai.algorithms.ranking import Key, Ranking, lot, rank
from leitai.rooms.contests.rules.labels import listed
from leitai.rooms.contests.rules.printing import tie_break
from leitai.rooms.contests.rules.schema import StageRule
from leitai.values.score import publish

MOST_JURORS = 9
LEAST_TO_DROP = 4  # the platform keeps all totals of smaller panels


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """One row: what each juror gave in total, and the mean marks that a tie-break may ask for."""

    name: str
    group: str
    totals: tuple[Decimal | None, ...]
    marks: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Sample:
    entries: tuple[SampleEntry, ...]
    places: int
    reserves: int
    floor: int


@dataclass(frozen=True, slots=True)
class Row:
    """An entry in the order of the ranking; `totals` pairs each with "was left out"."""

    name: str
    group: str
    totals: tuple[tuple[Decimal | None, bool], ...]
    score: Decimal
    place: int
    shared: bool
    outcome: str  # in, reserve, tied, out
    note: str


@dataclass(frozen=True, slots=True)
class Preview:
    rows: tuple[Row, ...] = ()
    ties: tuple[str, ...] = ()
    shares: tuple[sharing.Quota, ...] = ()
    open_at_cut: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()


def sample(stage: StageRule, *, groups: Sequence[str], seed: int = 1, entries: int = 10) -> Sample:
    """Made-up totals from a seed, with one tie planted so that the chain has something to do."""
    dice = random.Random(seed)  # noqa: S311 - sample scores, nothing secret
    low, high = _bounds(stage)
    jurors = min(stage.panel.per_entry, MOST_JURORS)
    rows = [_row(n, stage, dice, low, high, jurors, groups) for n in range(entries)]
    twin = rows[entries // 2]
    rows[entries // 2 + 1] = SampleEntry(
        name=rows[entries // 2 + 1].name,
        group=twin.group,
        totals=tuple(reversed(twin.totals)),
        marks={code: max(mark - 1, Decimal(0)) for code, mark in twin.marks.items()},
    )
    quota = stage.quota
    places = min(quota.total, max(entries * 2 // 5, 1))
    floor = min(quota.floor, places // max(len({r.group for r in rows}), 1))
    return Sample(tuple(rows), places, min(quota.reserves, 2), floor)


def run(stage: StageRule, given: Sample, *, seed: str = "preview") -> Preview:
    """Formula, ranking and quotas exactly as the platform will use them."""
    try:
        scored = _scores(stage, given)
    except NotComparable as refusal:
        return Preview(refusals=tuple(said(note) for note in refusal.notes))
    if not scored.scores:
        return Preview(refusals=(_("There are no totals yet; please enter some."),))
    published = {e: publish(v, places=stage.places) for e, v in scored.values.items()}
    ranking = rank(published, better=stage.direction, chain=_chain(stage, given, seed))
    try:
        shares, chosen = _select(stage, given, ranking)
    except ValueError:
        text = _("The least places of all groups add up to more than there are; lower them.")
        return Preview(refusals=(text,))
    return Preview(
        rows=tuple(_rows(given, scored, ranking, chosen)),
        ties=tuple(_ties(stage, given, ranking)),
        shares=shares,
        open_at_cut=tuple(_names(tie.entries, given) for tie in chosen.ties),
    )


def _bounds(stage: StageRule) -> tuple[Decimal, Decimal]:
    if stage.total == "sum":
        low = sum((c.low for c in stage.criteria), Decimal(0))
        return low, sum((c.high for c in stage.criteria), Decimal(0))
    return min(c.low for c in stage.criteria), max(c.high for c in stage.criteria)


def _row(
    n: int,
    stage: StageRule,
    dice: random.Random,
    low: Decimal,
    high: Decimal,
    jurors: int,
    groups: Sequence[str],
) -> SampleEntry:
    width = float(high - low)
    step = min((c.step for c in stage.criteria), default=Decimal(1))
    quality = dice.uniform(0.55, 0.9)

    def mark(bottom: Decimal, span: float) -> Decimal:
        raw = min(max(quality + dice.gauss(0, 0.06), 0), 1) * span
        return bottom + (Decimal(str(round(raw, 3))) / step).quantize(Decimal(1)) * step

    return SampleEntry(
        name=_("Project {letter}").format(letter=chr(ord("A") + n)),
        group=groups[n % len(groups)] if groups else "",
        totals=tuple(mark(low, width) for _n in range(jurors)),
        marks={c.code: mark(c.low, float(c.high - c.low)) for c in _asked(stage)},
    )


def _asked(stage: StageRule) -> list[Any]:
    """Criteria the tie-break chain names."""
    named = {key.removeprefix("criterion:") for key in stage.tie_breaks}
    return [c for c in stage.criteria if c.code in named]


def _sheets(given: Sample) -> list[Sheet]:
    return [
        Sheet(entry=n, juror=juror, score=total)
        for n, entry in enumerate(given.entries)
        for juror, total in enumerate(entry.totals)
        if total is not None
    ]


def _scores(stage: StageRule, given: Sample) -> Result:
    sheets = _sheets(given)
    if stage.formula == "z_mean":
        return juror_z(sheets, better=stage.direction, least=stage.min_sheets_for_z)
    if stage.formula == "drop_high_low":
        return drop_extremes(sheets, better=stage.direction, smallest=LEAST_TO_DROP)
    formula = median if stage.formula == "median" else raw_mean
    return formula(sheets, better=stage.direction)


def _chain(stage: StageRule, given: Sample, seed: str) -> list[Key]:
    """The keys up to the chair, who decides what is left open."""
    totals = {n: [t for t in e.totals if t is not None] for n, e in enumerate(given.entries)}
    totals = {n: found for n, found in totals.items() if found}
    best, worst = (max, min) if stage.direction == "up" else (min, max)
    keys = {
        "untrimmed_mean": lambda: raw_mean(_sheets(given)).values,
        "best_mark": lambda: {n: best(found) for n, found in totals.items()},
        "worst_mark": lambda: {n: worst(found) for n, found in totals.items()},
    }
    chain: list[Key] = []
    for name in stage.tie_breaks:
        if name == "chair":
            break
        if name == "lot":
            chain.append(lot(list(totals), seed=seed))
        elif name == "handed_in_first":
            chain.append(Key(name=name, values={n: n for n in totals}, better="down"))
        elif name in keys:
            chain.append(Key(name=name, values=keys[name](), better=stage.direction))
        else:
            code = name.removeprefix("criterion:")
            values = {n: e.marks[code] for n, e in enumerate(given.entries) if code in e.marks}
            chain.append(Key(name=name, values=values, better=stage.direction))
    return chain


def _select(
    stage: StageRule, given: Sample, ranking: Ranking
) -> tuple[tuple[sharing.Quota, ...], sharing.Selection]:
    """By groups if the quota asks for it; wild cards are a second selection among those left."""
    if not given.places:
        everybody = tuple(place.entry for place in ranking.places)
        return (), sharing.Selection(chosen=everybody, reserves=(), passed_over=(), ties=())
    by_group = bool(stage.quota.by)
    group = {n: e.group if by_group else "" for n, e in enumerate(given.entries)}
    candidates = [
        sharing.Candidate(entry=p.entry, place=p.place, group=group[int(p.entry)])
        for p in ranking.places
    ]
    counts: dict[str, int] = {}
    for candidate in candidates:
        counts[candidate.group] = counts.get(candidate.group, 0) + 1
    if by_group and stage.quota.rest == "best":
        return _with_wild_cards(given, candidates, counts)
    shares = sharing.quotas(
        total=given.places, candidates=counts, floor=given.floor if by_group else 0
    )
    places = {name: share.places for name, share in shares.items()}
    selection = sharing.select(candidates, places=places, reserves=given.reserves)
    return tuple(shares.values()) if by_group else (), selection


def _with_wild_cards(
    given: Sample, candidates: list[sharing.Candidate], counts: dict[str, int]
) -> tuple[tuple[sharing.Quota, ...], sharing.Selection]:
    direct = sum(min(given.floor, n) for n in counts.values())
    shares = sharing.quotas(total=direct, candidates=counts, floor=given.floor)
    if direct > given.places:
        raise ValueError("more direct places than places")
    places = {name: share.places for name, share in shares.items()}
    first = sharing.select(candidates, places=places)
    left = [
        sharing.Candidate(entry=c.entry, place=c.place, group="")
        for c in candidates
        if c.entry not in first.chosen
    ]
    rest = {"": given.places - len(first.chosen)}
    wild = sharing.select(left, places=rest, reserves=given.reserves)
    return tuple(shares.values()), sharing.Selection(
        chosen=first.chosen + wild.chosen,
        reserves=wild.reserves,
        passed_over=(),
        ties=first.ties + wild.ties,
    )


def _rows(given: Sample, scored: Result, ranking: Ranking, chosen: sharing.Selection) -> list[Row]:
    tied = {e for tie in chosen.ties for e in tie.entries}
    rows = []
    for place in ranking.places:
        entry, score = given.entries[int(place.entry)], scored.scores[place.entry]
        outcome = (
            ("in" if place.entry in chosen.chosen else "")
            or ("reserve" if place.entry in chosen.reserves else "")
            or ("tied" if place.entry in tied else "out")
        )
        rows.append(
            Row(
                name=entry.name,
                group=entry.group,
                totals=tuple((t, n in score.left_out) for n, t in enumerate(entry.totals)),
                score=place.score,
                place=place.place,
                shared=bool(place.shared_with),
                outcome=outcome,
                note=said(score.note) if score.note else "",
            )
        )
    return rows


def _ties(stage: StageRule, given: Sample, ranking: Ranking) -> list[str]:
    told = []
    for tie in ranking.broken:
        order = " → ".join(_names(group, given) for group in tie.into)
        told.append(
            _("{order}: parted by {key}.").format(order=order, key=tie_break(tie.key, stage))
        )
    for group in ranking.open_ties:
        text = (
            _("{names}: nothing parts them; the panel's chair decides.")
            if "chair" in stage.tie_breaks
            else _("{names}: nothing parts them; they share the place.")
        )
        told.append(text.format(names=_names(group, given)))
    return told


def _names(entries: Sequence[Any], given: Sample) -> str:
    return listed(given.entries[int(e)].name for e in entries)


def said(note: Note) -> str:
    """A sentence of the algorithms in the reader's language."""
    texts = {
        "too_few_to_drop": _("Only {sheets} totals, fewer than {least}: all count."),
        "no_sheets": _("There are no totals yet; please enter some."),
        "not_connected": _(
            "The jury falls into {parts} parts that share no juror, so their totals cannot be "
            "compared. Let jurors read entries of another part, or use the plain mean."
        ),
        "too_few_sheets": _(
            "{short} of {jurors} jurors have fewer than {least} sheets (the fewest: {fewest}), too "
            "few to tell a strict juror from weak entries. Give them more entries, or use the "
            "plain mean."
        ),
    }
    return texts.get(note.code, note.english).format(**note.params)
