"""How many places each group has, and who gets them.

`quotas` shares out places by a floor per group and the method of largest remainders for the
rest. `select` fills them from a ranking and never cuts through a tie: where the line falls among
equals it stops, and says who is level and how many places are left for them.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from leitai.algorithms.notes import Id, Note

Group = str
MOST_NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """One group's places: `floor` + `whole` + `by_remainder`, never more than its candidates."""

    group: Group
    candidates: int
    floor: int
    whole: int
    by_remainder: int
    places: int

    @property
    def note(self) -> Note:
        return Note(
            "quota",
            "{group}: {places} places for {candidates} candidates = floor {floor} "
            "+ share {whole} + remainder {by_remainder}",
            {name: getattr(self, name) for name in _QUOTA_FIELDS},
        )


_QUOTA_FIELDS = ("group", "places", "candidates", "floor", "whole", "by_remainder")


def quotas(*, total: int, candidates: Mapping[Group, int], floor: int = 0) -> dict[Group, Quota]:
    """Share `total` places among the groups.

    Every group first gets `floor` places. The others go out in proportion to the candidates,
    whole parts first, then one each by the largest remainder (equal remainders: the group with
    more candidates, then by name). No group gets more places than candidates; what it cannot
    take goes on to the others. Places that nobody is left to take stay empty.

    >>> shared = quotas(total=10, candidates={"MED": 60, "EDU": 30, "SAF": 10}, floor=1)
    >>> [(q.group, q.places) for q in shared.values()]
    [('MED', 5), ('EDU', 3), ('SAF', 2)]
    """
    floors = {g: min(floor, n) for g, n in candidates.items()}
    if sum(floors.values()) > total:
        raise ValueError(
            f"{len(floors)} groups with a floor of {floor} need {sum(floors.values())} places and "
            f"there are {total}; lower the floor or give more places."
        )
    whole, extra = _proportional(
        total - sum(floors.values()),
        candidates,
        room={g: candidates[g] - floors[g] for g in floors},
    )
    return {
        g: Quota(
            group=g,
            candidates=candidates[g],
            floor=floors[g],
            whole=whole[g],
            by_remainder=extra[g],
            places=floors[g] + whole[g] + extra[g],
        )
        for g in candidates
    }


def _proportional(
    places: int, weights: Mapping[Group, int], *, room: Mapping[Group, int]
) -> tuple[Counter[Group], Counter[Group]]:
    """Whole parts and remainder places; a group that is full leaves the sharing and it starts
    again among the others, so that nobody gains by a neighbour's ceiling out of proportion."""
    full: set[Group] = set()
    while True:
        whole: Counter[Group] = Counter({g: room[g] for g in full})
        left = places - whole.total()
        sharing = sorted(g for g in weights if g not in full and weights[g])
        size = sum(weights[g] for g in sharing)
        share = {g: Fraction(left * weights[g], size) for g in sharing}
        over = {g for g in sharing if share[g] > room[g]}
        if not over:
            break
        full |= over
    whole.update({g: int(share[g]) for g in sharing})
    extra: Counter[Group] = Counter()
    by_remainder = sorted(sharing, key=lambda g: (-(share[g] - int(share[g])), -weights[g], g))
    spare = min(places, sum(room.values())) - whole.total()
    for group in [g for g in by_remainder if whole[g] < room[g]][:spare]:
        extra[group] = 1
    return whole, extra


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entry as the selection sees it; `place` comes from `ranking.rank` over all groups."""

    entry: Id
    place: int
    group: Group
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CutTie:
    """Entries level at a line, and how many of them fit: the chair or a tie-break decides."""

    group: Group | None
    """None: the line at the end of the reserve list."""
    entries: tuple[Id, ...]
    places_left: int

    @property
    def note(self) -> Note:
        code, english = "cut_tie", "{n} level for {left} places: {entries}"
        if self.group is None:
            code, english = (
                "reserve_tie",
                "{n} level for the last {left} of the reserves: {entries}",
            )
        elif self.group:
            code, english = "group_tie", "{group}: {n} level for {left} places: {entries}"
        rest = ", …" if len(self.entries) > MOST_NAMED else ""
        params = {
            "group": self.group,
            "n": len(self.entries),
            "left": self.places_left,
            "entries": ", ".join(str(e) for e in self.entries[:MOST_NAMED]) + rest,
        }
        return Note(code, english, params)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    chosen: tuple[Id, ...]
    reserves: tuple[Id, ...]
    """In the order in which they move up."""
    passed_over: tuple[Id, ...]
    """Good enough, but their unit had all the places it may have."""
    ties: tuple[CutTie, ...]

    @property
    def is_settled(self) -> bool:
        return not self.ties


def select(
    candidates: list[Candidate],
    *,
    places: Mapping[Group, int],
    reserves: int = 0,
    unit_cap: int | None = None,
) -> Selection:
    """Fill each group's places in the order of the ranking, then the reserve list over all.

    Equal entries are taken together or not at all. Once a tie at a group's line is open, nobody
    else of that group moves up or joins the reserves, for they come after those who are level.
    """
    filling = _Filling(places, unit_cap)
    for level in _levels(candidates):
        filling.take(level)
    waiting = [c for c in filling.waiting if c.group not in filling.closed]
    listed, reserve_tie = _reserve(waiting, reserves)
    return Selection(
        chosen=tuple(c.entry for c in filling.chosen),
        reserves=tuple(c.entry for c in listed),
        passed_over=tuple(c.entry for c in filling.passed_over),
        ties=tuple(filling.ties) + reserve_tie,
    )


class _Filling:
    """Where a selection stands after some levels of equals, the best first."""

    def __init__(self, places: Mapping[Group, int], unit_cap: int | None) -> None:
        self.left = Counter(places)
        self.unit_cap = unit_cap
        self.per_unit: Counter[str] = Counter()
        self.chosen: list[Candidate] = []
        self.passed_over: list[Candidate] = []
        self.waiting: list[Candidate] = []
        self.ties: list[CutTie] = []
        self.closed: set[Group] = set()

    def take(self, level: list[Candidate]) -> None:
        level = [c for c in level if c.group not in self.closed]
        shut_out = [c for c in level if self._room(c.unit) == 0]
        self.passed_over += shut_out
        able = [c for c in level if c not in shut_out]
        self.waiting += [c for c in able if self.left[c.group] <= 0]
        able = [c for c in able if self.left[c.group] > 0]
        crowded = self._crowded(able)
        for group in sorted({c.group for c in able}):
            equal = [c for c in able if c.group == group]
            if len(equal) > self.left[group] or any(c.unit in crowded for c in equal):
                self._leave_open(group, equal)
            else:
                self._choose(group, equal)

    def _room(self, unit: str | None) -> int | None:
        """Places the unit may still have; None means any number."""
        if unit is None or self.unit_cap is None:
            return None
        return self.unit_cap - self.per_unit[unit]

    def _crowded(self, able: list[Candidate]) -> set[str]:
        """Units with more equals on this level, over all groups, than they have room for."""
        wanted = Counter(c.unit for c in able if c.unit)
        return {u for u, n in wanted.items() if (room := self._room(u)) is not None and n > room}

    def _leave_open(self, group: Group, equal: list[Candidate]) -> None:
        tied = tuple(c.entry for c in equal)
        self.ties.append(CutTie(group=group, entries=tied, places_left=self.left[group]))
        self.closed.add(group)

    def _choose(self, group: Group, equal: list[Candidate]) -> None:
        self.chosen += equal
        self.left[group] -= len(equal)
        self.per_unit.update(c.unit for c in equal if c.unit)


def faults(
    selection: Selection,
    candidates: list[Candidate],
    *,
    places: Mapping[Group, int],
    unit_cap: int | None = None,
) -> list[str]:
    """Everything wrong with a selection, whoever made it; an empty list means it holds."""
    by_id = {c.entry: c for c in candidates}
    chosen = [by_id[e] for e in selection.chosen]
    found = [f"Entry {e} is chosen twice." for e, n in Counter(selection.chosen).items() if n > 1]
    per_group = Counter(c.group for c in chosen)
    found += [
        f"Group {g} has {n} chosen for {places.get(g, 0)} places."
        for g, n in per_group.items()
        if n > places.get(g, 0)
    ]
    per_unit = Counter(c.unit for c in chosen if c.unit)
    if unit_cap is not None:
        found += [f"Unit {u} has {n} of {unit_cap}." for u, n in per_unit.items() if n > unit_cap]
    excused = set(selection.passed_over)
    for group in per_group:
        worst = max(c.place for c in chosen if c.group == group)
        found += [
            f"Entry {c.entry} (place {c.place}) is left out of {group} though place {worst} is in."
            for c in candidates
            if c.group == group
            and c.place <= worst
            and c.entry not in excused
            and c.entry not in selection.chosen
        ]
    return found


def _levels(candidates: list[Candidate]) -> list[list[Candidate]]:
    """Candidates of one place together, the best place first."""
    levels: dict[int, list[Candidate]] = {}
    for candidate in sorted(candidates, key=lambda c: (c.place, str(c.entry))):
        levels.setdefault(candidate.place, []).append(candidate)
    return list(levels.values())


def _reserve(waiting: list[Candidate], reserves: int) -> tuple[list[Candidate], tuple[CutTie, ...]]:
    listed: list[Candidate] = []
    for level in _levels(waiting):
        left = reserves - len(listed)
        if left <= 0:
            break
        if len(level) > left:
            tied = tuple(c.entry for c in level)
            return listed, (CutTie(group=None, entries=tied, places_left=left),)
        listed += level
    return listed, ()
