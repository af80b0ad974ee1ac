"""What goes into a timetable and what comes out: frozen values, no behaviour."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from leitai.algorithms.notes import Id, Note

MOST_WISHED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side of a meeting. `wishes` names those of the other side: 3 very much, 2, 1 a little.

    0 is a no, and the two never meet. Whoever is not named is neither wished for nor refused.
    """

    id: Id
    wishes: Mapping[Id, int] = field(default_factory=dict)
    most: int | None = None
    """So many meetings at most; None: as many as the diary holds."""
    free: frozenset[int] | None = None
    """The slots, counted from 0, in which the party can come; None: all of them."""
    languages: frozenset[str] = frozenset()
    """Empty: not stated, so no interpreter is called for this party."""
    needs: frozenset[str] = frozenset()
    """What the table must offer: a screen, power, quiet."""
    only: frozenset[Id] | None = None
    """Bound to these of the other side and to nobody else."""


class Host(Party):
    """Who receives: an enterprise, an investor, a mentor."""

    __slots__ = ()


class Team(Party):
    """Who comes."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    id: Id
    features: frozenset[str] = frozenset()
    free: frozenset[int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpreter:
    """Speaks these languages, and helps one meeting at a time."""

    id: Id
    languages: frozenset[str]
    free: frozenset[int] | None = None


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    slot: int
    host: Id
    team: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A meeting with its table and, where it needs one, its interpreter."""

    meeting: Meeting
    table: Id
    interpreter: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A wish that did not come true, and why."""

    host: Id
    team: Id
    host_wish: int
    team_wish: int
    note: Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    value: float
    """The wishes of both sides that came true, added up."""
    bound: float
    """No timetable that keeps the rules has more (linear programming duality)."""
    floor_bound: float
    """None that leaves as few teams without a meeting as can be has more than this."""
    met: Mapping[int, tuple[int, int]]
    """For each strength of wish: how many came true, of how many."""
    without: tuple[Id, ...]
    """Teams that have no meeting at all."""
    left_out: int
    """At least so many teams cannot have one, whatever the timetable."""
    by_slot: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    meetings: tuple[Placed, ...]
    unmet: tuple[Unmet, ...]
    figures: Figures


class Unschedulable(ValueError):
    """The meetings fixed by hand break the rules; `notes` say which, where and what to do."""

    def __init__(self, notes: tuple[Note, ...]) -> None:
        self.notes = notes
        super().__init__("\n".join(str(note) for note in notes))
