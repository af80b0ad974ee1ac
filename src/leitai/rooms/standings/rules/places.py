"""A reckoning as places that can be kept: one for each entry that takes part."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from leitai.algorithms import formulas
from leitai.rooms.contests.rules.reckoning import EntryIn, Reckoning, panels
from leitai.rooms.contests.rules.states import Outcome
from leitai.values.score import publish


@dataclass(slots=True)
class PlaceOut:
    """Where an entry stands; `raw` is the plain mean of its totals, `spread` their range."""

    entry: int
    sheets: int = 0
    score: Decimal | None = None
    raw: Decimal | None = None
    spread: Decimal | None = None
    rank: int | None = None
    group_rank: int | None = None
    outcome: Outcome = Outcome.UNRANKED
    broken_by: str = ""


def places(made: Reckoning, *, entries: Mapping[int, EntryIn], digits: int) -> list[PlaceOut]:
    """In the order of rank; entries nobody marked have no place and come last."""
    out = {entry: PlaceOut(entry) for entry in entries}
    given, raw = panels(made.totals), formulas.raw_mean(made.totals).values
    in_groups = _group_ranks(made, entries)
    for ranked in made.ranking.places:
        place, marks = out[int(ranked.entry)], given[int(ranked.entry)]
        place.rank, place.score = ranked.place, ranked.score
        place.group_rank = in_groups[place.entry]
        place.raw = publish(raw[ranked.entry], places=max(digits, 2))
        place.sheets, place.spread = len(marks), max(marks) - min(marks)
        place.outcome = made.cut.outcomes[place.entry]
    for tie in made.ranking.broken:
        for entry in _each(tie.into):
            out[entry].broken_by = tie.key
    return sorted(out.values(), key=lambda p: (p.rank is None, p.rank, p.entry))


def _group_ranks(made: Reckoning, entries: Mapping[int, EntryIn]) -> dict[int, int]:
    """The rank within each group; equal places share it."""
    seen: Counter[str] = Counter()
    last: dict[str, tuple[int, int]] = {}  # group: (place over all, rank in the group)
    found = {}
    for ranked in made.ranking.places:
        group = entries[int(ranked.entry)].group
        seen[group] += 1
        shares = group in last and last[group][0] == ranked.place
        found[int(ranked.entry)] = last[group][1] if shares else seen[group]
        last[group] = (ranked.place, found[int(ranked.entry)])
    return found


def _each(groups: Iterable[Iterable[int | str]]) -> Iterable[int]:
    return (int(entry) for group in groups for entry in group)
