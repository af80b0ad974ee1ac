"""Which entries pitch in which heat.

Groups stay together where they fit: by scenario, or by the place teams come from. Where there are
more heats than groups the largest groups are divided, into parts that differ by one at most; where
there are fewer, the smallest groups share a heat. By quota, heats get the sizes they are told, and
every heat a like share of every group. Ways to plan are compared by nothing but the codes of the
entries, so that the same shortlist gives the same plan.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leitai.values.verdict import YES, Verdict, no

By = Literal["scenario", "place", "quota"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the organiser asks for. `sizes` are rosters by quota, one a heat."""

    by: By = "scenario"
    number: int = 11
    capacity: int = 20
    sizes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    entry: int
    code: str
    scenario: str = ""
    place: str = ""  # where the team comes from
    time_zone: str = ""  # of a team from afar


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatPlan:
    """One heat; `groups` are those it holds, in the order of their names."""

    number: int
    groups: tuple[str, ...]
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    heats: tuple[HeatPlan, ...]

    @property
    def digest(self) -> str:
        """What was previewed, so that nothing else is put to work."""
        rows = [[h.number, list(h.groups), list(h.entries)] for h in self.heats]
        return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def may_plan(candidates: int, wish: Wish) -> Verdict:
    """In numbers, with a way out."""
    if not candidates:
        return no("no_entries", _("No entry takes part in this stage yet; let them in first."))
    if not 1 <= wish.number <= candidates:
        words = _("There are {n} entries; plan between 1 and {n} heats.")
        return no("number_of_heats", format_lazy(words, n=candidates))
    room = wish.number * wish.capacity
    if wish.by == "quota" and wish.sizes:
        return _may_fill(candidates, wish)
    if candidates > room:
        words = _("{n} entries do not fit into {heats} heats of {capacity}; that is room for "
                  "{room}. Plan more heats or larger ones.")  # fmt: skip
        told = format_lazy(
            words, n=candidates, heats=wish.number, capacity=wish.capacity, room=room
        )
        return no("no_room", told)
    return YES


def _may_fill(candidates: int, wish: Wish) -> Verdict:
    if len(wish.sizes) != wish.number or sum(wish.sizes) != candidates:
        words = _("{n} entries need {heats} sizes that add up to {n}; these add up to {sum}.")
        told = format_lazy(words, n=candidates, heats=wish.number, sum=sum(wish.sizes))
        return no("sizes_do_not_fit", told)
    if max(wish.sizes) > wish.capacity or min(wish.sizes) < 1:
        words = _("Each heat holds between 1 and {capacity} entries.")
        return no("no_room", format_lazy(words, capacity=wish.capacity))
    return YES


def plan(candidates: Collection[Candidate], wish: Wish) -> Plan:
    """Heats for a wish that `may_plan` allowed."""
    ordered = sorted(candidates, key=lambda c: c.code)
    if wish.by == "quota":
        rosters = _spread(ordered, wish.sizes or _even(len(ordered), wish.number))
    else:
        rosters = _grouped(ordered, wish)
    heats = (
        HeatPlan(
            number=n, groups=tuple(sorted({_group(c, wish) for c in roster} - {""})),
            entries=tuple(c.entry for c in roster),
        )
        for n, roster in enumerate(rosters, start=1)
    )  # fmt: skip
    return Plan(heats=tuple(heats))


def faults(made: Plan, candidates: Collection[Candidate], wish: Wish) -> list[Verdict]:
    """Everything wrong with a plan, whoever made it; an empty list means it holds."""
    seen = Counter(e for heat in made.heats for e in heat.entries)
    known = {c.entry: c.code for c in candidates}
    found = []
    for entry, times in seen.items():
        if times > 1 or entry not in known:
            words = _("{code} stands in {n} heats.")
            told = format_lazy(words, code=known.get(entry, entry), n=times)
            found.append(no("not_once", told))
    for code in sorted(code for entry, code in known.items() if entry not in seen):
        found.append(no("left_out", format_lazy(_("{code} stands in no heat."), code=code)))
    for heat in made.heats:
        if len(heat.entries) > wish.capacity:
            words = _("Heat {number} has {n} entries and room for {capacity}.")
            told = format_lazy(
                words, number=heat.number, n=len(heat.entries), capacity=wish.capacity
            )
            found.append(no("over_capacity", told))
    return found


def _group(candidate: Candidate, wish: Wish) -> str:
    return candidate.place if wish.by == "place" else candidate.scenario


def _even(n: int, parts: int) -> list[int]:
    """>>> _even(11, 3)
    [4, 4, 3]
    """
    return [n // parts + (1 if i < n % parts else 0) for i in range(parts)]


def _spread(ordered: Sequence[Candidate], sizes: Sequence[int]) -> list[list[Candidate]]:
    """Group by group, each entry to the heat that is emptiest for its size, and among those to
    the one with fewest of its group."""
    rosters: list[list[Candidate]] = [[] for _size in sizes]
    of_group: list[Counter[str]] = [Counter() for _size in sizes]
    for candidate in sorted(ordered, key=lambda c: (c.scenario, c.code)):
        free = [n for n, size in enumerate(sizes) if len(rosters[n]) < size]
        heat = min(
            free, key=lambda n: (of_group[n][candidate.scenario], len(rosters[n]) / sizes[n], n)
        )
        rosters[heat].append(candidate)
        of_group[heat][candidate.scenario] += 1
    return [sorted(roster, key=lambda c: c.code) for roster in rosters]


def _grouped(ordered: Sequence[Candidate], wish: Wish) -> list[list[Candidate]]:
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in ordered:
        groups[_group(candidate, wish)].append(candidate)
    parts = _parts({name: len(rows) for name, rows in groups.items()}, wish)
    pieces: list[list[Candidate]] = []
    for name in sorted(groups):
        rows = iter(groups[name])
        pieces += [[next(rows) for _ in range(size)] for size in _even(len(groups[name]),
                                                                       parts[name])]  # fmt: skip
    return _packed(pieces, wish)


def _parts(sizes: Mapping[str, int], wish: Wish) -> dict[str, int]:
    """How many heats each group is divided into: no part above the capacity, and then the largest
    parts first while there are heats left."""
    parts = {name: -(-n // wish.capacity) for name, n in sizes.items()}
    while sum(parts.values()) < wish.number:
        largest = max(sizes, key=lambda name: (sizes[name] / parts[name], name))
        parts[largest] += 1
    return parts


def _packed(pieces: list[list[Candidate]], wish: Wish) -> list[list[Candidate]]:
    """More pieces than heats: the smallest two that fit share one, as long as it takes; where
    whole pieces do not fit any more, what remains is spread."""
    pieces = list(pieces)
    while len(pieces) > wish.number:
        pieces.sort(key=lambda p: (len(p), p[0].code))
        first, second = pieces[0], pieces[1]
        if len(first) + len(second) > wish.capacity:
            everybody = [c for piece in pieces for c in piece]
            return _spread(everybody, _even(len(everybody), wish.number))
        pieces = [sorted([*first, *second], key=lambda c: c.code), *pieces[2:]]
    return sorted(pieces, key=lambda p: p[0].code)
