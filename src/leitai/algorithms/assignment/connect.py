"""Joining panels, so that every entry can be compared with every other.

When the juror–entry graph falls apart, a seat of one part and a seat of another change jurors,
or a seat goes to a juror of another part who has room: whatever keeps every rule and loses
least. Each step leaves fewer parts. Where everyone may read everything and there are seats enough
to hang together at all (as many as entries and jurors who sit, less one), the graph ends whole. It
cannot where a rule parts the jury for good (two languages that nobody shares, sealed seats, panels
of one), and with tight loads and many conflicts it may stop although several steps at once would
help. Then `components` tells the parts, and marks are not to be compared across them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from leitai.algorithms import graph
from leitai.algorithms.assignment.problem import Array, Problem

TRIES = 200
MOST_CELLS = 2_000_000


@dataclass(frozen=True, eq=False, kw_only=True)
class Step:
    loss: float
    out: tuple[int, ...]
    """Indices into the seats."""
    into: tuple[int, ...]
    """Positions of the pairs that take their place."""


def connect(problem: Problem, seats: Array, *, movable: Array | None = None) -> Array:
    """The same seats with as few changed as it takes; `movable` (per seat) limits which."""
    movable = np.ones(len(seats), bool) if movable is None else movable.copy()
    movable &= ~problem.fixed[seats]
    order = np.argsort(seats)
    seats, movable = seats[order].copy(), movable[order]
    hopeless: set[int] = set()
    while True:
        part = _parts(problem, seats)
        sizes = np.bincount(part)
        if (sizes > 0).sum() <= 1:
            break
        small = min(
            (int(p) for p in np.flatnonzero(sizes) if int(seats[part == p].min()) not in hopeless),
            key=lambda p: int(sizes[p]),
            default=None,
        )
        if small is None:
            break
        after = _join(problem, seats, movable, part == small)
        if after is None:
            hopeless.add(int(seats[part == small].min()))
        else:
            seats = after
    return np.sort(seats)


def _parts(problem: Problem, seats: Array) -> Array:
    """The part that each seat belongs to."""
    of_entry, _ = graph.label(
        entry=problem.entry[seats],
        juror=problem.juror[seats],
        n_entries=problem.n_entries,
        n_jurors=problem.n_jurors,
    )
    return of_entry[problem.entry[seats]]


def _join(problem: Problem, seats: Array, movable: Array, inside: Array) -> Array | None:
    parts_now = len(np.unique(_parts(problem, seats)))
    steps = sorted(_steps(problem, seats, movable, inside), key=lambda step: step.loss)
    for step in steps[:TRIES]:
        after = seats.copy()
        after[list(step.out)] = step.into
        if len(np.unique(_parts(problem, after))) < parts_now:
            return after
    return None


def _steps(problem: Problem, seats: Array, movable: Array, inside: Array) -> Iterator[Step]:
    state = State(problem, seats)
    here, there = np.flatnonzero(inside & movable), np.flatnonzero(~inside & movable)
    yield from _swaps(state, here, there)
    juror_inside = np.zeros(problem.n_jurors, bool)
    juror_inside[problem.juror[seats[inside]]] = True
    yield from _moves(state, here, np.flatnonzero(~juror_inside))
    yield from _moves(state, there, np.flatnonzero(juror_inside))


class State:
    """Counts that tell whether an entry may change one juror for another."""

    def __init__(self, problem: Problem, seats: Array) -> None:
        self.problem, self.seats = problem, seats
        self.entry, self.juror = problem.entry[seats], problem.juror[seats]
        self.load = np.bincount(self.juror, minlength=problem.n_jurors)
        self.groups = np.zeros(problem.group_min.shape, dtype=np.int64)
        np.add.at(self.groups, self.entry, problem.groups[self.juror].astype(np.int64))
        self.houses = np.zeros((problem.n_entries, int(problem.same.max(initial=-1)) + 2), bool)
        self.houses[self.entry, problem.same[self.juror]] = True
        self.houses[:, -1] = False

    def may_change(self, entry: Array, old: Array, new: Array) -> Array:
        """Does the panel keep its groups and organisations with `new` in place of `old`?"""
        problem = self.problem
        gained = problem.groups[new].astype(np.int64) - problem.groups[old]
        kinds = (self.groups[entry] + gained >= problem.group_min[entry]) | (gained >= 0)
        house = problem.same[new]
        crowded = self.houses[entry, house] & (house != problem.same[old])
        return kinds.all(axis=1) & ~crowded


def _swaps(state: State, here: Array, there: Array) -> Iterator[Step]:
    """Two seats of different parts change jurors: all loads stay as they are."""
    stride = max(1, -(-len(here) * len(there) // MOST_CELLS))
    one, two = (m.ravel() for m in np.meshgrid(here, there[::stride], indexing="ij"))
    entry, juror = state.entry, state.juror
    fits = state.may_change(entry[one], juror[one], juror[two])
    fits &= state.may_change(entry[two], juror[two], juror[one])
    one, two = one[fits], two[fits]
    first = state.problem.position(entry[one], juror[two])
    second = state.problem.position(entry[two], juror[one])
    ok = (first >= 0) & (second >= 0)
    one, two, first, second = one[ok], two[ok], first[ok], second[ok]
    value, seats = state.problem.value, state.seats
    loss = value[seats[one]] + value[seats[two]] - value[first] - value[second]
    for n in _best(loss):
        out, into = (int(one[n]), int(two[n])), (int(first[n]), int(second[n]))
        yield Step(loss=float(loss[n]), out=out, into=into)


def _moves(state: State, here: Array, jurors: Array) -> Iterator[Step]:
    """A seat goes to a juror of another part: one load falls, one rises."""
    problem, entry, juror = state.problem, state.entry, state.juror
    here = here[state.load[juror[here]] > problem.load_min[juror[here]]]
    jurors = jurors[state.load[jurors] < problem.load_max[jurors]]
    seat, new = (m.ravel() for m in np.meshgrid(here, jurors, indexing="ij"))
    into = problem.position(entry[seat], new)
    ok = (into >= 0) & state.may_change(entry[seat], juror[seat], new)
    seat, into = seat[ok], into[ok]
    loss = problem.value[state.seats[seat]] - problem.value[into]
    for n in _best(loss):
        yield Step(loss=float(loss[n]), out=(int(seat[n]),), into=(int(into[n]),))


def _best(loss: Array) -> list[int]:
    if len(loss) > TRIES:
        few = np.argpartition(loss, TRIES)[:TRIES]
        return few[np.argsort(loss[few], kind="stable")].tolist()
    return np.argsort(loss, kind="stable").tolist()
