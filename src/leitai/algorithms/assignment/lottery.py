"""Seats drawn by lot, so that nobody can count on judging a friend.

The linear programme gives every pair a share of at most `pair_cap` (Jecmen et al. 2020). The shares
are a flow from entries over kinds and organisations to jurors, and a flow is a mixture of whole
flows: as long as some arc is torn there is a cycle of torn arcs, along which a push one way or the
other, tossed so that the mean stays, makes one more arc whole (Gandhi et al. 2006, Budish et al.
2013). So each pair sits with exactly the probability of its share, every rule holds in every draw,
and the draw follows from the seed. Seats fixed by hand are outside the lottery. Organisations with
jurors of several kinds would cross the kinds; on each entry one kind of them may sit. About as long
again as the programme: a few seconds at 2,000 entries and 200 jurors.
"""

import math
from dataclasses import replace

import numpy as np

from leitai.algorithms.assignment.guess import guess_prices, wishes
from leitai.algorithms.assignment.master import Master
from leitai.algorithms.assignment.outcome import NoSeating, Solution
from leitai.algorithms.assignment.problem import Array, Problem
from leitai.algorithms.assignment.relax import Goal, relax, start_pool

WHOLE = 1e-7
Node = tuple[str, int, int] | tuple[str, int] | str


def solve(problem: Problem, *, pair_cap: float, seed: int) -> Solution:
    """One draw, or `NoSeating`; the bound is that of the shares, for the mean of all draws."""
    pairs, share, bound = shares(problem, pair_cap=pair_cap, seed=seed)
    return Solution(seats=draw(problem, pairs, share, seed=seed), bound=bound, worst_bound=None)


def shares(problem: Problem, *, pair_cap: float, seed: int) -> tuple[Array, Array, float]:
    """Pairs, each one's probability to sit, and the highest mean total there is under the cap."""
    if (problem.groups.sum(axis=1) > 1).any():
        raise ValueError("`pair_cap` needs groups that do not overlap.")
    apart = _one_kind_a_house(problem)
    total = Goal(pair=apart.value, missing=100 * apart.spread)
    guess = guess_prices(apart, total.pair, wishes(apart, total.pair))
    master = Master(apart, seed=seed, guess=guess, cap=pair_cap)
    master.add_pairs(start_pool(apart, total.pair), total.pair)
    relaxed = relax(master, total)
    if relaxed.answer.missing > 1e-6:
        filled = relax(master, Goal(pair=np.zeros(apart.n_pairs), missing=1.0, guessed=0.0))
        if filled.answer.missing > 1e-6:
            raise NoSeating(missing=filled.answer.missing)
        master.forbid_missing()
        relaxed = relax(master, total)
    at = problem.position(apart.entry[master.pool], apart.juror[master.pool])
    used = relaxed.answer.x > WHOLE
    return at[used], np.minimum(relaxed.answer.x[used], 1.0), relaxed.bound


def _one_kind_a_house(problem: Problem) -> Problem:
    """Of an organisation with several kinds, the kind of its best juror on each entry."""
    kind = (
        np.where(problem.groups.any(axis=1), problem.groups.argmax(axis=1), -1)[problem.juror]
        if problem.groups.shape[1]
        else np.zeros(problem.n_pairs)
    )
    key = problem.same_key
    order = np.lexsort((-problem.value - 1e9 * problem.fixed, key))
    first = order[np.diff(key[order], prepend=-2) != 0]
    chosen = kind[first[np.searchsorted(key[first], key)]] if len(first) else kind
    keep = (key < 0) | (kind == chosen)
    return replace(
        problem,
        entry=problem.entry[keep],
        juror=problem.juror[keep],
        value=problem.value[keep],
        fixed=problem.fixed[keep],
    )


def draw(problem: Problem, pairs: Array, share: Array, *, seed: int) -> Array:
    """Whole seats whose means are the shares."""
    flow = _Flow(problem, pairs, share)
    flow.settle(np.random.default_rng(seed))
    return np.sort(pairs[np.array(flow.amount[: len(pairs)]) > 0.5])


class _Flow:
    """A circulation: ground → entry → kind → organisation → juror → ground."""

    def __init__(self, problem: Problem, pairs: Array, share: Array) -> None:
        entry, juror = problem.entry[pairs].tolist(), problem.juror[pairs].tolist()
        groups = problem.groups
        kind = np.where(groups.any(axis=1), groups.argmax(axis=1), -1) if groups.shape[1] else None
        self.tail: list[Node] = []
        self.head: list[Node] = []
        self.amount: list[float] = share.tolist()
        upper: dict[tuple[Node, Node], float] = {}
        for e, j, x in zip(entry, juror, self.amount, strict=True):
            of_kind: Node = ("kind", e, -1 if kind is None else int(kind[j]))
            house = int(problem.same[j])
            of_house: Node = of_kind if house < 0 else ("house", e, house)
            self.tail.append(of_house)
            self.head.append(("juror", j))
            steps: list[tuple[Node, Node]] = [(("entry", e), of_kind), (("juror", j), "ground")]
            if house >= 0:
                steps.append((of_kind, of_house))
            for step in steps:
                upper[step] = upper.get(step, 0.0) + x
        for (tail, head), x in upper.items():
            self.tail.append(tail)
            self.head.append(head)
            self.amount.append(x)
        self.torn: dict[Node, dict[int, None]] = {}
        for arc, x in enumerate(self.amount):
            if abs(x - round(x)) > WHOLE:
                self.torn.setdefault(self.tail[arc], {})[arc] = None
                self.torn.setdefault(self.head[arc], {})[arc] = None
            else:
                self.amount[arc] = float(round(x))

    def settle(self, lots: np.random.Generator) -> None:
        """Walk along torn arcs until a node comes again; push around that cycle; begin anew."""
        for start in list(self.torn):
            while self.torn[start]:
                walk: list[int] = []
                nodes, place = [start], {start: 0}
                while True:
                    here = nodes[-1]
                    arc = next((a for a in self.torn[here] if not walk or a != walk[-1]), None)
                    if arc is None:  # Rounding has left a loose end: the last arc is all but whole.
                        self._close(walk[-1] if walk else next(iter(self.torn[here])))
                        break
                    walk.append(arc)
                    there = self.head[arc] if self.tail[arc] == here else self.tail[arc]
                    if there in place:
                        self._push(walk[place[there] :], nodes[place[there] :], lots)
                        break
                    place[there] = len(nodes)
                    nodes.append(there)

    def _push(self, cycle: list[int], nodes: list[Node], lots: np.random.Generator) -> None:
        signs = [
            1.0 if self.tail[a] == node else -1.0 for a, node in zip(cycle, nodes, strict=True)
        ]
        up = down = np.inf
        for arc, sign in zip(cycle, signs, strict=True):
            x = self.amount[arc]
            above, below = math.ceil(x) - x, x - math.floor(x)
            up = min(up, above if sign > 0 else below)
            down = min(down, below if sign > 0 else above)
        step = up if lots.random() * (up + down) < down else -down
        for arc, sign in zip(cycle, signs, strict=True):
            self.amount[arc] += sign * step
            if abs(self.amount[arc] - round(self.amount[arc])) <= WHOLE:
                self._close(arc)

    def _close(self, arc: int) -> None:
        self.amount[arc] = float(round(self.amount[arc]))
        self.torn[self.tail[arc]].pop(arc, None)
        self.torn[self.head[arc]].pop(arc, None)
