"""From scores to places.

Equal scores share a place and the following ones are left out (1, 2, 2, 4), so a place always
says how many did better, plus one. A chain of named keys may part the tied; the ranking tells
which key parted whom, and leaves open what no key could part: that is for the chair.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from leitai.algorithms.notes import Id, in_order
from leitai.values.score import Direction

Value = Decimal | int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One link of a tie-break chain. An entry without a value comes after those that have one.

    Times become keys as numbers: `instant.timestamp()` with better="down" for earlier hand-in.
    """

    name: str
    values: Mapping[Id, Value]
    better: Direction = "up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    entry: Id
    place: int
    score: Decimal
    shared_with: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TieBreak:
    """One key parting entries that were level until then, the best group first."""

    key: str
    into: tuple[tuple[Id, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    places: tuple[Place, ...]
    """Best first; entries that share a place stand in the order of their ids."""
    broken: tuple[TieBreak, ...]
    open_ties: tuple[tuple[Id, ...], ...]
    """Groups that no key could part: they share a place until the chair decides."""

    def place_of(self, entry: Id) -> int:
        return next(p.place for p in self.places if p.entry == entry)


def rank(
    scores: Mapping[Id, Decimal], *, better: Direction = "up", chain: Sequence[Key] = ()
) -> Ranking:
    """Give every entry its place. Rank published scores, so that nobody loses to an equal.

    >>> made = rank({7: Decimal(90), 8: Decimal(85), 9: Decimal(90)})
    >>> [(p.entry, p.place) for p in made.places]
    [(7, 1), (9, 1), (8, 3)]
    >>> made.open_ties
    ((7, 9),)
    """
    groups = _parted(scores, Key(name="score", values=scores, better=better))
    broken: list[TieBreak] = []
    for key in chain:
        groups = [finer for group in groups for finer in _break(group, key, broken)]
    places: list[Place] = []
    for group in groups:
        first = len(places) + 1
        for entry in group:
            others = tuple(e for e in group if e != entry)
            places.append(Place(entry=entry, place=first, score=scores[entry], shared_with=others))
    ties = tuple(group for group in groups if len(group) > 1)
    return Ranking(places=tuple(places), broken=tuple(broken), open_ties=ties)


def lot(entries: Collection[Id], *, seed: str, name: str = "lot") -> Key:
    """Draw lots anyone can draw again: the SHA-256 of "seed:entry", the smallest first.

    Commit to the seed before the marks are known, for instance by publishing its hash.
    """
    drawn = {e: int(hashlib.sha256(f"{seed}:{e}".encode()).hexdigest(), 16) for e in entries}
    return Key(name=name, values=drawn, better="down")


def faults(
    ranking: Ranking, *, scores: Mapping[Id, Decimal], better: Direction = "up"
) -> list[str]:
    """Everything wrong with a ranking, whoever made it; an empty list means it holds."""
    placed = {p.entry for p in ranking.places}
    found = [f"Entry {e} has no place." for e in scores if e not in placed]
    found += [
        f"Entry {p.entry} has {p.score} in the ranking and {scores.get(p.entry)} in the scores."
        for p in ranking.places
        if scores.get(p.entry) != p.score
    ]
    sign = -1 if better == "up" else 1
    for n, place in enumerate(ranking.places):
        above = ranking.places[n - 1] if n else None
        if above and sign * above.score > sign * place.score:
            found.append(f"Entry {place.entry} has a better score than {above.entry} above it.")
        shares = above is not None and above.place == place.place
        if place.place != n + 1 and not shares:
            found.append(f"Entry {place.entry} is number {n + 1} but has place {place.place}.")
        if above is not None and shares and place.score != above.score:
            found.append(f"Entries {above.entry} and {place.entry} share a place unequally.")
    return found


def _break(group: tuple[Id, ...], key: Key, broken: list[TieBreak]) -> list[tuple[Id, ...]]:
    if len(group) == 1:
        return [group]
    finer = _parted(group, key)
    if len(finer) > 1:
        broken.append(TieBreak(key=key.name, into=tuple(finer)))
    return finer


def _parted(entries: Iterable[Id], key: Key) -> list[tuple[Id, ...]]:
    """Groups of equal value, the best first, those without a value last."""
    groups: dict[Value, list[Id]] = {}
    without: list[Id] = []
    for entry in in_order(set(entries)):
        if (value := key.values.get(entry)) is None:
            without.append(entry)
        else:
            groups.setdefault(value, []).append(entry)
    ordered = sorted(groups, reverse=key.better == "up")
    return [tuple(groups[value]) for value in ordered] + ([tuple(without)] if without else [])
