"""A meeting problem as arrays, and the same without what is fixed by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
Limit = tuple[Array, Array]
"""Which pairs use it, bool [H, T], and how many can at once, int [S]: interpreters, screens."""
Triples = tuple[Array, Array, Array]


@dataclass(frozen=True, eq=False, kw_only=True)
class Problem:
    value: Array
    """float [H, T]: both sides' wishes together."""
    allowed: Array
    host_free: Array
    team_free: Array
    host_max: Array
    team_max: Array
    floor: Array
    """int [T]: 1 for a team that is to have a meeting if it can."""
    limits: tuple[Limit, ...]
    """The first is the tables, which every pair uses."""
    gap: int
    """So many slots lie free between two meetings of the same party."""

    @property
    def shape(self) -> tuple[int, int, int]:
        return (*self.value.shape, self.host_free.shape[1])

    @cached_property
    def possible(self) -> Array:
        """bool [H, T]: allowed, with a slot in which both are free and everything is at hand."""
        host, team = self.host_free.astype(np.float32), self.team_free.astype(np.float32)
        found = self.allowed.copy()
        for uses, room in self.limits:
            there = room > 0
            found &= ~uses | (host[:, there] @ team[:, there].T > 0)
        return found & (self.host_max > 0)[:, None] & (self.team_max > 0)

    @cached_property
    def host_cap(self) -> Array:
        return np.minimum(self.host_max, self._spread_out(self.host_free))

    @cached_property
    def team_cap(self) -> Array:
        return np.minimum(self.team_max, self._spread_out(self.team_free))

    def _spread_out(self, free: Array) -> Array:
        """How many meetings a diary holds at most: the earliest slot each time is best."""
        there = free & (self.limits[0][1] > 0)
        if not self.gap:
            return there.sum(axis=1)
        count, blocked = np.zeros(len(free), dtype=int), np.zeros(len(free), dtype=int)
        for slot in range(free.shape[1]):
            taken = there[:, slot] & (blocked <= slot)
            count += taken
            blocked = np.where(taken, slot + self.gap + 1, blocked)
        return count


def problem_from(
    *,
    host_wish: Array,
    team_wish: Array,
    allowed: Array,
    host_free: Array,
    team_free: Array,
    host_max: Array,
    team_max: Array,
    tables: Array,
    limits: Sequence[Limit] = (),
    gap: int = 0,
    floor: bool = True,
) -> Problem:
    value = np.asarray(host_wish, dtype=float) + np.asarray(team_wish, dtype=float)
    n_hosts, n_teams = value.shape
    n_slots = len(tables)
    _require("allowed", allowed, (n_hosts, n_teams))
    _require("host_free", host_free, (n_hosts, n_slots))
    _require("team_free", team_free, (n_teams, n_slots))
    _require("host_max", host_max, (n_hosts,))
    _require("team_max", team_max, (n_teams,))
    if not np.isfinite(value).all() or (value < 0).any():
        raise ValueError("Wishes must be numbers of 0 or more; forbid a pair with `allowed`.")
    everything = np.ones(value.shape, dtype=bool)
    present = np.minimum(np.sum(host_free, axis=0), np.sum(team_free, axis=0))
    return Problem(
        value=value,
        allowed=np.asarray(allowed, dtype=bool),
        host_free=np.asarray(host_free, dtype=bool),
        team_free=np.asarray(team_free, dtype=bool),
        host_max=np.maximum(np.asarray(host_max, dtype=int), 0),
        team_max=np.maximum(np.asarray(team_max, dtype=int), 0),
        floor=np.full(n_teams, int(floor)),
        limits=((everything, np.minimum(tables, present).astype(int)), *limits),
        gap=gap,
    )


def _require(name: str, array: Array, shape: tuple[int, ...]) -> None:
    if np.shape(array) != shape:
        raise ValueError(f"`{name}` has the shape {np.shape(array)} and needs {shape}.")


def without(problem: Problem, fixed: Triples) -> Problem:
    """What is left to decide when these meetings stand; they must keep the rules themselves."""
    host, team, slot = (np.asarray(part, dtype=int) for part in fixed)
    allowed, floor = problem.allowed.copy(), problem.floor.copy()
    host_free, team_free = problem.host_free.copy(), problem.team_free.copy()
    host_max, team_max = problem.host_max.copy(), problem.team_max.copy()
    allowed[host, team] = False
    floor[team] = 0
    for near in range(-problem.gap, problem.gap + 1):
        there = (slot + near >= 0) & (slot + near < host_free.shape[1])
        host_free[host[there], slot[there] + near] = False
        team_free[team[there], slot[there] + near] = False
    np.subtract.at(host_max, host, 1)
    np.subtract.at(team_max, team, 1)
    return replace(
        problem,
        allowed=allowed,
        floor=floor,
        host_free=host_free,
        team_free=team_free,
        host_max=np.maximum(host_max, 0),
        team_max=np.maximum(team_max, 0),
        limits=tuple(_less(limit, host, team, slot) for limit in problem.limits),
    )


def _less(limit: Limit, host: Array, team: Array, slot: Array) -> Limit:
    uses, room = limit
    taken = np.bincount(slot[uses[host, team]], minlength=len(room))
    return uses, np.maximum(room - taken, 0)
