"""Rounds of exchanges: one entry gives up a juror, another takes that juror and gives up its own …

Every such round is a walk in a graph whose nodes are the jurors: an arc from one juror to another
is the panel that would lose least by changing the first for the second. One node more stands for
nobody: whoever has room may go there, and whoever may do with less can be fetched from there. So
every round ends where it began. The cheapest one through a given seat is found by dynamic
programming over the arcs, so that rounds of several panels are searched at the cost of looking at
pairs (cyclic exchange, Thompson and Psaraftis 1993); only walks that have gained so far go on, as
some beginning of every round that gains is one that does (Lin and Kernighan 1973).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from leitai.algorithms.assignment.problem import Array, Problem

DEPTH = 4
LEAST_GAIN = 1e-7
NO_PANEL = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A panel gives up one juror for another."""

    panel: int
    out: int
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    gain: float
    changes: tuple[Change, ...]


class Trades:
    """Seats in a table of entries and jurors, and what each possible exchange is worth."""

    def __init__(self, problem: Problem, seats: Array) -> None:
        shape = (problem.n_entries, problem.n_jurors)
        self.problem = problem
        self.entry, self.juror = problem.entry[seats].copy(), problem.juror[seats].copy()
        self.settled = problem.fixed[seats].copy()
        self.of_panel = np.split(np.argsort(self.entry, kind="stable"), _ends(self.entry, shape[0]))
        self.fit = np.full(shape, -np.inf)
        self.fit[problem.entry, problem.juror] = problem.value
        self.sum = np.bincount(self.entry, problem.value[seats], shape[0])
        self.load = np.bincount(self.juror, minlength=shape[1])
        self.kinds = problem.groups.astype(np.int64)
        self.mix = np.zeros((shape[0], self.kinds.shape[1]), dtype=np.int64)
        np.add.at(self.mix, self.entry, self.kinds[self.juror])
        self.mates = _mates(problem.same)
        self.open = self.fit.copy()
        """As `fit`, without those who sit there and without others of their organisations."""
        for near in (self.juror, *self.mates[self.juror].T):
            self.open[self.entry[near >= 0], near[near >= 0]] = -np.inf
        self.nobody = shape[1]
        self.lost = np.full((len(seats), shape[1]), np.inf)
        """What its panel loses when a seat goes to another juror."""
        self.cost = np.full((shape[1] + 1, shape[1] + 1), np.inf)
        self.seat = np.full(self.cost.shape, NO_PANEL)
        """For each juror and each other: the seat that would go over at the least cost."""
        self.aim(floor=np.full(shape[0], -1e9), thrift=1.0, weight=1.0)

    # -- what is wanted -----------------------------------------------------------------------

    def aim(self, *, floor: Array, thrift: float, weight: float) -> None:
        """A panel is worth `thrift` times its sum, less `weight` times what it lacks to `floor`."""
        self.floor, self.thrift, self.weight = floor, thrift, weight
        self._weigh(np.arange(len(self.entry)))
        self._link(range(self.problem.n_jurors))

    def worth(self, entry: Array, total: Array) -> Array:
        floor = self.floor[entry].reshape(-1, *(1,) * (total.ndim - 1))
        return self.thrift * total + self.weight * np.minimum(total - floor, 0.0)

    # -- single exchanges ---------------------------------------------------------------------

    def _weigh(self, seats: Array) -> None:
        """Look again at what these seats would cost their panels."""
        seats = seats[~self.settled[seats]]
        entry = self.entry[seats]
        now = self.worth(entry, self.sum[entry])
        self.lost[seats] = now[:, None] - self.worth(entry, self._after(entry, self.juror[seats]))

    def _after(self, entry: Array, juror: Array) -> Array:
        """Each panel's sum with any other juror in this one's place; -inf: barred."""
        without = self.sum[entry] - self.fit[entry, juror]
        total = self.open[entry] + without[:, None]
        for mate in self.mates[juror].T:
            row = np.flatnonzero(mate >= 0)
            total[row, mate[row]] = without[row] + self.fit[entry[row], mate[row]]
        for group in range(self.kinds.shape[1]):
            least = self.problem.group_min[entry, group]
            tight = self.mix[entry, group] - self.kinds[juror, group] < least
            total[np.ix_(tight, self.kinds[:, group] == 0)] = -np.inf
        return total

    def _link(self, jurors: Iterable[int]) -> None:
        """Look again for the cheapest seat that each of these jurors could leave to any other."""
        problem, nobody = self.problem, self.nobody
        for juror in jurors:
            seats = np.flatnonzero(self.juror == juror)
            if len(seats):
                lost = self.lost[seats]
                best = lost.argmin(axis=0)
                self.cost[juror, :nobody] = lost[best, np.arange(nobody)]
                self.seat[juror, :nobody] = seats[best]
            else:
                self.cost[juror, :nobody] = np.inf
        self.cost[:nobody, nobody] = np.where(self.load < problem.load_max, 0.0, np.inf)
        self.cost[nobody, :nobody] = np.where(self.load > problem.load_min, 0.0, np.inf)

    # -- rounds -------------------------------------------------------------------------------

    def best_round(self, entry: int) -> Round | None:
        """The round that gains most among those that begin with this panel."""
        found = (r for n in self.of_panel[entry].tolist() for r in self._rounds(n))
        return max(found, key=lambda r: r.gain, default=None)

    def best_round_from(self, juror: int) -> Round | None:
        """The round that gains most among those in which this juror, or nobody, leaves first."""
        return max(self._walk(juror, self.cost[juror]), key=lambda r: r.gain, default=None)

    def _rounds(self, seat: int) -> Iterator[Round]:
        cost = np.append(self.lost[seat], np.inf)
        return self._walk(int(self.juror[seat]), cost, first=seat)

    def _walk(self, leaving: int, cost: Array, first: int | None = None) -> Iterator[Round]:
        """Of each length the best way on from `cost`: of `leaving` being replaced by each other."""
        track: list[Array] = []
        every = np.arange(len(cost))
        for _ in range(DEPTH):
            way = cost + self.cost[:, leaving]
            last = int(way.argmin())
            if way[last] < -LEAST_GAIN:
                found = self._traced(leaving, track, last, gain=-float(way[last]), first=first)
                if found is not None:
                    yield found
            gaining = np.flatnonzero(cost < -LEAST_GAIN)
            if not len(gaining):
                return
            onward = cost[gaining, None] + self.cost[gaining]
            before = onward.argmin(axis=0)
            cost = onward[before, every]
            cost[leaving] = np.inf
            track.append(gaining[before])

    def _traced(
        self, leaving: int, track: list[Array], last: int, *, gain: float, first: int | None
    ) -> Round | None:
        """The walk's changes; None where a panel stands twice, as its two would not add up."""
        back = [last]
        for before in reversed(track):
            back.append(int(before[back[-1]]))
        way = (leaving, *reversed(back), leaving)
        seats = [int(self.seat[out, new]) for out, new in pairwise(way)]
        if first is not None:
            seats[0] = first
        changes = tuple(
            Change(panel=int(self.entry[seat]), out=out, new=new)
            for seat, (out, new) in zip(seats, pairwise(way), strict=True)
            if self.nobody not in (out, new)
        )
        if len({change.panel for change in changes}) < len(changes):
            return None
        return Round(gain=gain, changes=changes)

    def make(self, found: Round) -> None:
        """Exchange, and look again at what that changes."""
        touched = {juror for change in found.changes for juror in (change.out, change.new)}
        for change in found.changes:
            self._change(change)
        seats = np.concatenate([self.of_panel[change.panel] for change in found.changes])
        self._weigh(seats)
        self._link(sorted(touched | set(self.juror[seats].tolist())))

    def _change(self, change: Change) -> None:
        panel, out, new = change.panel, change.out, change.new
        seats = self.of_panel[panel]
        self.juror[seats[self.juror[seats] == out]] = new
        self.sum[panel] += self.fit[panel, new] - self.fit[panel, out]
        self.mix[panel] += self.kinds[new] - self.kinds[out]
        self.load[out] -= 1
        self.load[new] += 1
        sitting = self.juror[seats]
        for juror in (out, new):
            near = _present((juror, *self.mates[juror]))
            self.open[panel, near] = self.fit[panel, near]
        near = _present((*sitting, *self.mates[sitting].ravel()))
        self.open[panel, near] = -np.inf

    def seats(self) -> Array:
        """Positions in the problem's list of pairs."""
        return np.sort(self.problem.position(self.entry, self.juror))


def _ends(entry: Array, n_entries: int) -> Array:
    return np.cumsum(np.bincount(entry, minlength=n_entries))[:-1]


def _present(jurors: Iterable[int]) -> list[int]:
    return [int(juror) for juror in jurors if juror >= 0]


def _mates(same: Array) -> Array:
    """For each juror the others of the same organisation, filled up with -1."""
    alike = (same[:, None] == same) & (same >= 0) & ~np.eye(len(same), dtype=bool)
    mates = np.full((len(same), int(alike.sum(axis=1).max(initial=0))), -1)
    row, mate = np.nonzero(alike)
    place = np.arange(len(row)) - np.searchsorted(row, row, side="left")
    mates[row, place] = mate
    return mates
