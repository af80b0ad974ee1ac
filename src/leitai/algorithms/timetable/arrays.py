"""The array level: any instance in, three index arrays out."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from leitai.algorithms.timetable.board import Board
from leitai.algorithms.timetable.floors import rescue
from leitai.algorithms.timetable.pairs import Choice, choose
from leitai.algorithms.timetable.placing import Report, fill, improve, is_near, total
from leitai.algorithms.timetable.problem import (
    Array,
    Limit,
    Problem,
    Triples,
    problem_from,
    without,
)

TRIES, SMALL = 4, 40_000
"""So many starts where there are at most so many pairs, until one is near the bound."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Solution:
    triples: Triples
    choice: Choice


def schedule(
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
    fixed: Triples | None = None,
    time_limit: float = 10.0,
    seed: int = 0,
    report: Report | None = None,
) -> Triples:
    """Meetings of one host and one team: the most wished for that diaries and tables hold.

    `host_wish`, `team_wish` [H, T], their sum is a meeting's worth; `allowed` bool [H, T];
    `host_free` bool [H, S]; `team_free` bool [T, S]; `host_max` [H]; `team_max` [T]; `tables`
    int [S]. `limits` are further things that some pairs use and of which a slot has so many;
    `gap` slots stay free between two meetings of the same party; with `floor`, each team that
    can have a meeting has one, before anybody's second is looked at. `fixed` meetings (host,
    team, slot) are kept and must keep the rules. Returns `(host_idx, team_idx, slot_idx)`,
    sorted by slot, then host.

    The problem is edge colouring with lists, NP-hard once diaries differ. The promise: no rule
    is ever broken, and the bound of `choose` is proven. In practice within 0.1 % of the bound.
    """
    problem = problem_from(
        host_wish=host_wish,
        team_wish=team_wish,
        allowed=allowed,
        host_free=host_free,
        team_free=team_free,
        host_max=host_max,
        team_max=team_max,
        tables=tables,
        limits=limits,
        gap=gap,
        floor=floor,
    )
    return solve(
        problem, fixed=fixed, time_limit=time_limit, seed=seed, report=report or silent
    ).triples


def solve(
    problem: Problem, *, fixed: Triples | None, time_limit: float, seed: int, report: Report
) -> Solution:
    until = time.monotonic() + time_limit
    none = np.zeros(0, dtype=np.int64)
    fixed = fixed if fixed is not None else (none, none, none)
    rest = without(problem, fixed) if len(fixed[0]) else problem
    report(0.0, "choosing pairs")
    choice = choose(rest, seed=seed)
    report(0.4, "giving slots")
    board = _filled(rest, choice, seed=seed, until=until)
    tries = TRIES if rest.value.size <= SMALL else 1
    for again in range(1, tries):
        if is_near(board, choice) or time.monotonic() > until:
            break
        report(0.4 + 0.5 * again / tries, "trying other pairs")
        # Wishes tie often: another breath of chance chooses other pairs of the same worth.
        other = _filled(rest, choose(rest, seed=seed + again), seed=seed + again, until=until)
        board = max(board, other, key=_standing)
    found = board.triples()
    host, team, slot = (
        np.concatenate((np.asarray(f, dtype=np.int64), b)) for f, b in zip(fixed, found)
    )
    order = np.lexsort((team, host, slot))
    report(1.0, "done")
    return Solution(triples=(host[order], team[order], slot[order]), choice=choice)


def _filled(problem: Problem, choice: Choice, *, seed: int, until: float) -> Board:
    board = Board(problem)
    fill(board, choice, seed=seed, until=until)
    rescue(board, until=until)
    improve(board, choice, seed=seed + 1, until=until)
    return board


def _standing(board: Board) -> tuple[int, float]:
    """More teams with a meeting first, then more value."""
    asked = np.flatnonzero(board.problem.floor) + board.n_hosts
    served = sum(board.count(team) > 0 for team in asked.tolist())
    return served, total(board)


def silent(share: float, doing: str) -> None:
    pass
