"""What goes into a seating and what comes out: frozen values, no behaviour."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from leitai.algorithms.notes import Id, Note

Objective = Literal["sum", "fair"]
Code = Literal["fixed", "kept", "joined", "strongest", "next"]


@dataclass(frozen=True, slots=True, order=True)
class Seat:
    """One juror on one entry's panel."""

    entry: Id
    juror: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryNeed:
    """What an entry asks of its panel. `k` and `mix` stand in for the rules' own when given."""

    id: Id
    tags: frozenset[str] = frozenset()
    text: str | None = None
    organisation: str | None = None
    k: int | None = None
    mix: Mapping[str, int] | None = None
    languages: frozenset[str] = frozenset()
    """Any one of these will do; empty: anybody can read it."""
    group: str | None = None
    """The scenario or track, only used to name where jurors are short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JurorOffer:
    """What a juror brings. `load_max` is in sheets; `kind` is technical, investor, ..."""

    id: Id
    kind: str
    load_max: int
    load_min: int = 0
    tags: frozenset[str] = frozenset()
    text: str | None = None
    organisation: str | None = None
    languages: frozenset[str] = frozenset()
    """Empty: not stated, so no entry is kept from this juror because of its language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What every panel must keep. All of it is hard: a plan keeps it or there is no plan."""

    k: int
    mix: Mapping[str, int] = field(default_factory=dict)
    """At least so many jurors of each kind: {"technical": 2, "investor": 1}."""
    one_per_organisation: bool = True
    """At most one juror of the same organisation on one panel."""
    match_language: bool = True
    connect: bool = True
    """Join the panels into one connected graph where the rules leave room for it."""
    text_weight: float = 0.3
    """How much the texts count beside the tags, where both sides have texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why this juror sits here, in numbers that any language can print.

    `code` is one of: "fixed" (seated by hand), "kept" (stayed in a repair), "joined" (moved to
    connect the panels), "strongest" (no free juror of the kind fits better), "next" (every
    better one was needed elsewhere).
    """

    code: Code
    kind: str
    place: int
    """1 + the number of free jurors of this kind who fit the entry better."""
    free: int
    """Jurors of this kind who may sit here: no conflict, language read."""
    full: int
    """How many of the better ones carry their highest load already."""
    shared: tuple[str, ...]
    wanted: int
    affinity: float

    def __str__(self) -> str:
        tags = (
            f"shares {len(self.shared)} of {self.wanted} tags" if self.wanted else "no tags given"
        )
        return f"{_STANDING[self.code].format(r=self, th=_ordinal(self.place))}; {tags}"


_STANDING = {
    "fixed": "seated by hand, {th} of {r.free} free {r.kind} jurors",
    "kept": "kept this seat, {th} of {r.free} free {r.kind} jurors",
    "joined": "seated to join the panels, {th} of {r.free} free {r.kind} jurors",
    "strongest": "strongest of {r.free} free {r.kind} jurors",
    "next": "{th} of {r.free} free {r.kind} jurors, {r.full} of the stronger are full",
}


def _ordinal(n: int) -> str:
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How good a plan is, beside what is possible at all."""

    total: float
    """The affinity of all seats together."""
    bound: float
    """No seating that keeps the rules has more than this (linear programming duality)."""
    worst_off: float
    """The mean affinity on the panel that fits its entry least."""
    worst_bound: float | None
    """No seating lifts the worst-off panel above this; None where it was not asked for."""
    loads: Mapping[int, int]
    """How many jurors carry how many sheets."""
    components: tuple[int, ...]
    """Entries in each connected part of the juror–entry graph, the largest first."""

    @property
    def connected(self) -> bool:
        """Can all entries be compared, over jurors who saw several of them?"""
        return len(self.components) <= 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    seats: tuple[Seat, ...]
    reasons: Mapping[Seat, Reason]
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A plan that moves as little as possible from an earlier one."""

    plan: Plan
    orphaned: tuple[Seat, ...]
    """Earlier seats that could not stay: juror gone, entry withdrawn, conflict found."""
    moved: tuple[Seat, ...]
    """Earlier seats that could have stayed and still had to give way."""
    added: tuple[Seat, ...]
    loss: float
    """Affinity given up against seating everyone afresh; at most so much: what is told is the
    distance to `plan.figures.bound`, which a fresh seating may not reach either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """Rules that cannot hold together, in numbers, and what would mend it."""

    note: Note
    ways_out: tuple[Note, ...]
    entries: tuple[Id, ...] = ()
    jurors: tuple[Id, ...] = ()

    def __str__(self) -> str:
        return " ".join(str(note) for note in (self.note, *self.ways_out))


class Unseatable(ValueError):
    """The jurors at hand cannot fill the panels asked for; `shortages` says why."""

    def __init__(self, shortages: tuple[Shortage, ...]) -> None:
        self.shortages = shortages
        super().__init__("\n".join(str(shortage) for shortage in shortages))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One broken rule in a seating, however the seating was made."""

    note: Note
    entry: Id | None = None
    juror: Id | None = None

    def __str__(self) -> str:
        return str(self.note)
