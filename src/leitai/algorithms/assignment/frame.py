"""From needs, offers and rules to arrays, and back: the order of ids decides every number."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from leitai.algorithms.assignment.affinity import affinity
from leitai.algorithms.assignment.problem import Array, Problem, problem_from
from leitai.algorithms.assignment.values import EntryNeed, JurorOffer, Rules, Seat
from leitai.algorithms.notes import Id, in_order


@dataclass(frozen=True, eq=False, kw_only=True)
class Frame:
    entries: tuple[EntryNeed, ...]
    jurors: tuple[JurorOffer, ...]
    kinds: tuple[str, ...]
    rules: Rules
    affinity: Array
    conflict: Array
    """bool [E, J]: declared, or of the entry's own organisation."""
    barred: Array
    """bool [E, J]: ruled out by hand."""
    unread: Array
    """bool [E, J]: no language in common."""
    fixed: Array
    """bool [E, J]"""
    worth: Array | None = None
    """What the solver is to maximise for each pair, where that is not the affinity."""

    @cached_property
    def at_entry(self) -> dict[Id, int]:
        return {entry.id: i for i, entry in enumerate(self.entries)}

    @cached_property
    def at_juror(self) -> dict[Id, int]:
        return {juror.id: i for i, juror in enumerate(self.jurors)}

    @property
    def free(self) -> Array:
        """bool [E, J]: may sit. What is fixed by hand may, but never against a conflict."""
        return (~self.barred & ~self.unread | self.fixed) & ~self.conflict

    @cached_property
    def demand(self) -> Array:
        return np.array([panel_size(e, self.rules) for e in self.entries], dtype=np.int64)

    @cached_property
    def groups(self) -> Array:
        kind = np.array([self.kinds.index(j.kind) for j in self.jurors], dtype=np.int64)
        return kind[:, None] == np.arange(len(self.kinds))

    @cached_property
    def group_min(self) -> Array:
        mixes = [panel_mix(e, self.rules) for e in self.entries]
        least = [[mix.get(kind, 0) for kind in self.kinds] for mix in mixes]
        return np.array(least, dtype=np.int64).reshape(len(self.entries), len(self.kinds))

    @cached_property
    def same(self) -> Array:
        """A number for each organisation with several jurors, -1 for everybody else."""
        houses = Counter(j.organisation for j in self.jurors if j.organisation)
        shared = sorted(house for house, n in houses.items() if n > 1)
        if not self.rules.one_per_organisation:
            shared = []
        number = {house: i for i, house in enumerate(shared)}
        return np.array([number.get(j.organisation or "", -1) for j in self.jurors], dtype=np.int64)

    @cached_property
    def problem(self) -> Problem:
        if self.worth is not None:
            return replace(self, worth=None).problem.with_values(self.worth)
        fixed = np.nonzero(self.fixed & self.free)
        return problem_from(
            affinity=self.affinity,
            forbidden=~self.free,
            demand=self.demand,
            load_min=np.array([j.load_min for j in self.jurors], dtype=np.int64),
            load_max=np.array([j.load_max for j in self.jurors], dtype=np.int64),
            groups=self.groups,
            group_min=self.group_min,
            same=self.same,
            fixed=(fixed[0], fixed[1]),
        )

    def with_values(self, worth: Array) -> "Frame":
        return replace(self, worth=worth)

    def seat(self, entry: int, juror: int) -> Seat:
        return Seat(self.entries[entry].id, self.jurors[juror].id)

    def seats(self, positions: Array) -> tuple[Seat, ...]:
        pairs = zip(
            self.problem.entry[positions].tolist(),
            self.problem.juror[positions].tolist(),
            strict=True,
        )
        return tuple(self.seat(e, j) for e, j in pairs)

    def positions(self, seats: Collection[Seat]) -> Array:
        """Where these seats stand among the problem's pairs; -1 for those that may not be."""
        entry = np.array([self.at_entry.get(s.entry, -1) for s in seats], dtype=np.int64)
        juror = np.array([self.at_juror.get(s.juror, -1) for s in seats], dtype=np.int64)
        here = (entry >= 0) & (juror >= 0)
        return np.where(here, self.problem.position(entry, juror), -1)


def panel_size(entry: EntryNeed, rules: Rules) -> int:
    return rules.k if entry.k is None else entry.k


def panel_mix(entry: EntryNeed, rules: Rules) -> dict[str, int]:
    return dict(rules.mix if entry.mix is None else entry.mix)


def frame(
    entries: Collection[EntryNeed],
    jurors: Collection[JurorOffer],
    *,
    rules: Rules,
    conflicts: frozenset[Seat] = frozenset(),
    fixed: frozenset[Seat] = frozenset(),
    forbidden: frozenset[Seat] = frozenset(),
) -> Frame:
    """Conflicts and bans may name entries and jurors that are not here; fixed seats may not."""
    by_entry, by_juror = {e.id: e for e in entries}, {j.id: j for j in jurors}
    _require_sound(entries, jurors, by_entry, by_juror, fixed)
    ordered = tuple(by_entry[i] for i in in_order(set(by_entry)))
    offered = tuple(by_juror[i] for i in in_order(set(by_juror)))
    mixes = [panel_mix(e, rules) for e in ordered]
    kinds = {j.kind for j in offered}.union(*mixes) if mixes else {j.kind for j in offered}
    at_e = {e.id: i for i, e in enumerate(ordered)}
    at_j = {j.id: i for i, j in enumerate(offered)}
    return Frame(
        entries=ordered,
        jurors=offered,
        kinds=tuple(sorted(kinds)),
        rules=rules,
        affinity=affinity(ordered, offered, text_weight=rules.text_weight),
        conflict=_mask(conflicts, at_e, at_j) | _own_house(ordered, offered),
        barred=_mask(forbidden, at_e, at_j),
        unread=_unread(ordered, offered, rules),
        fixed=_mask(fixed, at_e, at_j),
    )


def _require_sound(
    entries: Collection[EntryNeed],
    jurors: Collection[JurorOffer],
    by_entry: dict[Id, EntryNeed],
    by_juror: dict[Id, JurorOffer],
    fixed: Iterable[Seat],
) -> None:
    if len(by_entry) != len(entries) or len(by_juror) != len(jurors):
        raise ValueError("Two entries or two jurors have the same id.")
    for juror in jurors:
        if not 0 <= juror.load_min <= juror.load_max:
            raise ValueError(
                f"Juror {juror.id} is to carry at least {juror.load_min} and at most "
                f"{juror.load_max} sheets; the first must not be above the second."
            )
    for seat in fixed:
        if seat.entry not in by_entry or seat.juror not in by_juror:
            raise ValueError(f"Fixed seat ({seat.entry}, {seat.juror}) names nobody who is here.")


def _mask(seats: Iterable[Seat], at_e: dict[Id, int], at_j: dict[Id, int]) -> Array:
    mask = np.zeros((len(at_e), len(at_j)), dtype=bool)
    for seat in seats:
        if seat.entry in at_e and seat.juror in at_j:
            mask[at_e[seat.entry], at_j[seat.juror]] = True
    return mask


def _own_house(entries: Collection[EntryNeed], jurors: Collection[JurorOffer]) -> Array:
    houses = {name: n for n, name in enumerate({j.organisation for j in jurors if j.organisation})}
    of_entry = np.array([houses.get(e.organisation or "", -1) for e in entries], dtype=np.int64)
    of_juror = np.array([houses.get(j.organisation or "", -2) for j in jurors], dtype=np.int64)
    return of_entry[:, None] == of_juror


def _unread(entries: Collection[EntryNeed], jurors: Collection[JurorOffer], rules: Rules) -> Array:
    mask = np.zeros((len(entries), len(jurors)), dtype=bool)
    if not rules.match_language:
        return mask
    spoken = [j.languages for j in jurors]
    for i, entry in enumerate(entries):
        if entry.languages:
            mask[i] = [bool(known) and not known & entry.languages for known in spoken]
    return mask
