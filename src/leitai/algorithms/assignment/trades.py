"""Rounds of exchanges: one entry gives up a juror, another takes that juror and gives up its own …

Every such round is a walk in a graph whose nodes are the jurors: an arc from one juror to another
is the panel that would lose least by changing the first for the second. A round that ends where it
began leaves all loads as they are; one that ends at a juror with room moves one sheet. The cheapest
round through a given seat is found by dynamic programming over the arcs, so that rounds of up to
five panels are searched at the cost of looking at pairs (cyclic exchange, Thompson and Psaraftis
1993). Finding a round costs a few milliseconds at 200 jurors, mending the arcs after it as much.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from leitai.algorithms.assignment.problem import Array, Problem

DEPTH = 4
LEAST_GAIN = 1e-7


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """`jurors`: who leaves the first panel, who takes that seat, who takes that one's seat, …"""

    gain: float
    jurors: tuple[int, ...]
    panels: tuple[int, ...]
    """The panels that change: one fewer than the jurors, or as many where the round closes."""


class Trades:
    """Seats in a table of entries and jurors, and what each possible exchange is worth."""

    def __init__(self, problem: Problem, seats: Array) -> None:
        shape = (problem.n_entries, problem.n_jurors)
        self.problem = problem
        self.fit = np.full(shape, -np.inf)
        self.fit[problem.entry, problem.juror] = problem.value
        self.sits = np.zeros(shape, dtype=bool)
        self.sits[problem.entry[seats], problem.juror[seats]] = True
        self.settled = np.zeros(shape, dtype=bool)
        self.settled[problem.entry[problem.fixed], problem.juror[problem.fixed]] = True
        self.sum = np.where(self.sits, self.fit, 0.0).sum(axis=1)
        self.load = self.sits.sum(axis=0)
        self.kinds = problem.groups.astype(np.int64)
        self.mix = self.sits @ self.kinds
        self.mates = _mates(problem.same)
        self.open = np.where(self.sits, -np.inf, self.fit)
        self.guests = np.zeros((shape[0], int(problem.same.max(initial=-1)) + 2), dtype=np.int16)
        entry, juror = np.nonzero(self.sits)
        np.add.at(self.guests, (entry, problem.same[juror]), 1)
        for of_juror in self.mates.T:
            some = of_juror[juror] >= 0
            self.open[entry[some], of_juror[juror[some]]] = -np.inf
        self.cost = np.full((shape[1], shape[1]), np.inf)
        self.owner = np.full((shape[1], shape[1]), -1)
        self.aim(floor=np.full(shape[0], -1e9), thrift=1.0, weight=1.0)

    # -- what is wanted -----------------------------------------------------------------------

    def aim(self, *, floor: Array, thrift: float, weight: float) -> None:
        """A panel is worth `thrift` times its sum, less `weight` times what it lacks to `floor`."""
        self.floor, self.thrift, self.weight = floor, thrift, weight
        self.mend(np.arange(self.problem.n_jurors))

    def worth(self, entry: Array, total: Array) -> Array:
        floor = self.floor[entry].reshape(-1, *(1,) * (total.ndim - 1))
        return self.thrift * total + self.weight * np.minimum(total - floor, 0.0)

    # -- single exchanges ---------------------------------------------------------------------

    def after(self, entry: Array, juror: Array) -> Array:
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

    def mend(self, jurors: Array) -> None:
        """Look again for the cheapest panel to change each of these jurors for any other."""
        self.cost[jurors], self.owner[jurors] = np.inf, -1
        juror, entry = np.nonzero((self.sits[:, jurors] & ~self.settled[:, jurors]).T)
        if not len(entry):
            return
        cost = self.worth(entry, self.sum[entry])[:, None]
        cost = cost - self.worth(entry, self.after(entry, jurors[juror]))
        starts = np.flatnonzero(np.diff(juror, prepend=-1))
        for first, last in zip(starts, [*starts[1:], len(juror)], strict=True):
            best = cost[first:last].argmin(axis=0)
            leaving = jurors[juror[first]]
            self.cost[leaving] = np.take_along_axis(cost[first:last], best[None], 0)[0]
            self.owner[leaving] = entry[first:last][best]
            self.cost[leaving, leaving] = np.inf

    # -- rounds -------------------------------------------------------------------------------

    def best_round(self, entry: int) -> Round | None:
        """The round that gains most among those that begin with this panel."""
        leaving = np.flatnonzero(self.sits[entry] & ~self.settled[entry])
        panel = np.full(len(leaving), entry)
        first = self.worth(panel, self.sum[panel])[:, None]
        first = first - self.worth(panel, self.after(panel, leaving))
        found = (
            r for u, c in zip(leaving, first, strict=True) for r in self._walk(int(u), entry, c)
        )
        return _best(found)

    def best_round_from(self, juror: int) -> Round | None:
        """The round that gains most among those in which this juror leaves a panel first."""
        return _best(self._walk(juror, None, self.cost[juror]))

    def _walk(self, leaving: int, entry: int | None, cost: Array) -> Iterator[Round]:
        """Of each length the best way on from `cost`: of `leaving` being replaced by each other."""
        room = self.load < self.problem.load_max
        may_end = self.load[leaving] > self.problem.load_min[leaving]
        track: list[Array] = []
        for _ in range(DEPTH):
            ways = [(cost + self.cost[:, leaving], True)]
            if may_end:
                ways.append((np.where(room, cost, np.inf), False))
            for way, closed in ways:
                last = int(way.argmin())
                if way[last] < -LEAST_GAIN:
                    gain = -float(way[last])
                    yield self._traced(leaving, entry, track, gain, last, len(track), closed)
            onward = cost[:, None] + self.cost
            before = onward.argmin(axis=0)
            cost = np.take_along_axis(onward, before[None], 0)[0]
            cost[leaving] = np.inf
            track.append(before)

    def _traced(
        self, leaving: int, entry: int | None, track: list[Array], gain: float, last: int,
        steps: int, closed: bool,
    ) -> Round:  # fmt: skip
        back = [last]
        for before in reversed(track[:steps]):
            back.append(int(before[back[-1]]))
        jurors = (leaving, *reversed(back))
        arcs = list(pairwise(jurors))
        panels = [int(self.owner[a, b]) for a, b in arcs]
        if entry is not None:
            panels[0] = entry
        if closed:
            panels.append(int(self.owner[last, leaving]))
        return Round(gain=gain, jurors=jurors, panels=tuple(panels))

    def make(self, found: Round) -> None:
        """Exchange, and look again at what that changes."""
        into = (*found.jurors[1:], found.jurors[0])
        for panel, out, new in zip(found.panels, found.jurors, into, strict=False):
            self._change(panel, out, new)
        touched = np.asarray(self.sits[list(found.panels)].any(axis=0))
        touched[list(found.jurors)] = True
        self.mend(np.flatnonzero(touched))

    def _change(self, panel: int, out: int, new: int) -> None:
        self.sits[panel, out], self.sits[panel, new] = False, True
        self.sum[panel] += self.fit[panel, new] - self.fit[panel, out]
        self.mix[panel] += self.kinds[new] - self.kinds[out]
        self.load[out] -= 1
        self.load[new] += 1
        self.guests[panel, self.problem.same[out]] -= 1
        self.guests[panel, self.problem.same[new]] += 1
        near = [out, new, *self.mates[[out, new]].ravel()]
        near = [juror for juror in near if juror >= 0]
        house = self.problem.same[near]
        met = (house >= 0) & (self.guests[panel, house] > 0)
        self.open[panel, near] = np.where(
            met | self.sits[panel, near], -np.inf, self.fit[panel, near]
        )

    def seats(self) -> Array:
        """Positions in the problem's list of pairs."""
        return self.problem.position(*np.nonzero(self.sits))


def _best(found: Iterable[Round]) -> Round | None:
    """The one that gains most, of those in which no panel stands twice."""
    sound = (r for r in found if len(set(r.panels)) == len(r.panels))
    return max(sound, key=lambda r: r.gain, default=None)


def _mates(same: Array) -> Array:
    """For each juror the others of the same organisation, filled up with -1."""
    alike = (same[:, None] == same) & (same >= 0) & ~np.eye(len(same), dtype=bool)
    mates = np.full((len(same), int(alike.sum(axis=1).max(initial=0))), -1)
    row, mate = np.nonzero(alike)
    place = np.arange(len(row)) - np.searchsorted(row, row, side="left")
    mates[row, place] = mate
    return mates
