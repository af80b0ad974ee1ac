"""A stage's rules tried on a few sample scores, with every step shown."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from leitai.algorithms.formulas import NotComparable, Sheet
from leitai.algorithms.quotas import Quota
from leitai.algorithms.ranking import Ranking
from leitai.rooms.contests.rules.cutting import PlacesDoNotFit
from leitai.rooms.contests.rules.labels import listed
from leitai.rooms.contests.rules.printing_stages import tie_break
from leitai.rooms.contests.rules.reckoning import EntryIn, Reckoning, reckon_totals
from leitai.rooms.contests.rules.schema import StageRule
from leitai.rooms.contests.rules.words import PLACES_DO_NOT_FIT, told

MOST_JURORS = 9


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
    shares: tuple[Quota, ...] = ()
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
    """Reckoned exactly as the standings are, with the sample's own quota."""
    quota = {"total": given.places, "reserves": given.reserves, "floor": given.floor}
    rule = stage.model_copy(update={"quota": stage.quota.model_copy(update=quota)})
    totals = _totals(given)
    if not totals:
        return Preview(refusals=(_("There are no totals yet; please enter some."),))
    try:
        made = reckon_totals(
            rule, totals=totals, means=_means(given), entries=_entries(given), seed=seed
        )
    except NotComparable as refusal:
        return Preview(refusals=(told(refusal.notes),))
    except PlacesDoNotFit:
        return Preview(refusals=(str(PLACES_DO_NOT_FIT),))
    ties = (*made.cut.ties, *made.cut.reserve_ties)
    return Preview(
        rows=tuple(_rows(given, made)),
        ties=tuple(_ties(stage, given, made.ranking)),
        shares=tuple(made.cut.shares.values()) if rule.quota.by else (),
        open_at_cut=tuple(_names(tie.entries, given) for tie in ties),
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


def _totals(given: Sample) -> list[Sheet]:
    return [
        Sheet(entry=n, juror=juror, score=total)
        for n, entry in enumerate(given.entries)
        for juror, total in enumerate(entry.totals)
        if total is not None
    ]


def _means(given: Sample) -> dict[str, dict[int, Decimal]]:
    codes = {code for entry in given.entries for code in entry.marks}
    return {
        code: {n: e.marks[code] for n, e in enumerate(given.entries) if code in e.marks}
        for code in codes
    }


def _entries(given: Sample) -> dict[int, EntryIn]:
    """Handed in one after the other, in the order of the table."""
    start = datetime(2000, 1, 1, tzinfo=UTC)
    return {n: EntryIn(e.group, start + timedelta(minutes=n)) for n, e in enumerate(given.entries)}


def _rows(given: Sample, made: Reckoning) -> Iterator[Row]:
    tied = {e for tie in (*made.cut.ties, *made.cut.reserve_ties) for e in tie.entries}
    for place in made.ranking.places:
        entry, score = given.entries[int(place.entry)], made.scored.scores[place.entry]
        outcome = str(made.cut.outcomes[int(place.entry)])
        yield Row(
            name=entry.name,
            group=entry.group,
            totals=tuple((t, n in score.left_out) for n, t in enumerate(entry.totals)),
            score=place.score,
            place=place.place,
            shared=bool(place.shared_with),
            outcome="tied" if place.entry in tied else outcome,
            note=told([score.note]) if score.note else "",
        )


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
