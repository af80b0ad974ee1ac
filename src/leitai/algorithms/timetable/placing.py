"""From chosen pairs to slots: one matching a slot, the hardest first, and then repair."""

import time
from collections.abc import Callable

import numpy as np
from scipy.optimize import linear_sum_assignment

from leitai.algorithms.timetable.board import Board
from leitai.algorithms.timetable.pairs import Choice
from leitai.algorithms.timetable.problem import Array, Problem

Report = Callable[[float, str], None]
NEAR_ENOUGH = 0.9993
STALE = 2
"""So many rounds without gain before we are content."""


def fill(board: Board, choice: Choice, *, seed: int, until: float) -> None:
    """Seat the chosen pairs: a matching a slot, then alternating paths for those left over."""
    place(board, choice.chosen)
    _insert(board, choice.chosen, order=-board.problem.value, until=until)
    improve(board, choice, seed=seed, until=until)


def improve(board: Board, choice: Choice, *, seed: int, until: float) -> None:
    """Whatever else can still meet, and each slot anew, while anything is gained; never a loss."""
    random = np.random.default_rng(seed)
    stale = 0
    while stale < STALE and not is_near(board, choice) and time.monotonic() < until:
        before = total(board)
        _insert(board, _still_open(board, choice), order=-choice.price, until=until)
        polish(board, random=random, until=until)
        stale = 0 if total(board) > before + 1e-9 else stale + 1


def is_near(board: Board, choice: Choice) -> bool:
    """So near the bound that more work would not pay."""
    return total(board) >= NEAR_ENOUGH * choice.floor_bound


def total(board: Board) -> float:
    value = board.problem.value
    return float(sum(value[h, t - board.n_hosts] for h, t in board.slot_of))


def place(board: Board, chosen: Array) -> None:
    """One matching a slot among the chosen pairs; whoever has least room to wait goes first."""
    problem = board.problem
    open_pairs = chosen.copy()
    order = range(board.n_slots) if problem.gap else _scarce_first(problem, chosen)
    for done, slot in enumerate(order):
        ahead = list(order)[done:]
        weight = _urgency(board, open_pairs, slot, ahead)
        host, team = linear_sum_assignment(weight, maximize=True)
        kept = weight[host, team] > 0
        host, team = host[kept], team[kept]
        for at in np.argsort(-weight[host, team], kind="stable").tolist():
            h, t = int(host[at]), int(team[at])
            if board.has_room(h, t + board.n_hosts, slot):
                board.put(h, t + board.n_hosts, slot)
                open_pairs[h, t] = False


def _scarce_first(problem: Problem, chosen: Array) -> list[int]:
    """Slots in which few of the chosen pairs could meet come first."""
    host, team = np.nonzero(chosen)
    could = (problem.host_free[host] & problem.team_free[team]).sum(axis=0)
    could = np.minimum(could, problem.limits[0][1])
    return np.argsort(could, kind="stable").tolist()


def _urgency(board: Board, open_pairs: Array, slot: int, ahead: list[int]) -> Array:
    """How badly each pair needs this very slot: full diaries and few common slots left."""
    problem = board.problem
    host, team = np.nonzero(open_pairs)
    host_here = np.array([board.may_sit(h, slot) for h in range(board.n_hosts)], dtype=bool)
    team_here = np.array(
        [board.may_sit(t, slot) for t in range(board.n_hosts, len(board.free))], dtype=bool
    )
    here = host_here[host] & team_here[team]
    host, team = host[here], team[here]
    weight = np.zeros(open_pairs.shape)
    common = (problem.host_free[host][:, ahead] & problem.team_free[team][:, ahead]).sum(axis=1)
    need_host = open_pairs.sum(axis=1) / np.maximum(problem.host_free[:, ahead].sum(axis=1), 1)
    need_team = open_pairs.sum(axis=0) / np.maximum(problem.team_free[:, ahead].sum(axis=1), 1)
    pull = np.minimum(need_host[host], 1.5) ** 4 + np.minimum(need_team[team], 1.5) ** 4
    weight[host, team] = 0.2 + pull + 1.0 / common + 1e-3 * problem.value[host, team]
    return weight


def _still_open(board: Board, choice: Choice) -> Array:
    """Pairs between parties with meetings left to have, those whose price says they may help."""
    problem = board.problem
    left = np.array(board.left)
    found = problem.possible & (left[: board.n_hosts] > 0)[:, None] & (left[board.n_hosts :] > 0)
    found &= (problem.value > 0) & (choice.price > -0.5 * float(problem.value.max(initial=0.0)))
    for h, t in board.slot_of:
        found[h, t - board.n_hosts] = False
    return found


def _insert(board: Board, wanted: Array, *, order: Array, until: float, most: int = 2000) -> None:
    host, team = np.nonzero(wanted)
    best_first = np.argsort(order[host, team], kind="stable")[:most]
    for h, t in zip(host[best_first].tolist(), (team[best_first] + board.n_hosts).tolist()):
        if time.monotonic() > until:
            return
        board.insert(h, t)


def polish(board: Board, *, random: np.random.Generator, until: float) -> None:
    """Fill each slot afresh with the best matching of everybody who has a meeting left.

    A slot never loses value; among equals chance decides, which opens ways elsewhere.
    """
    for slot in random.permutation(board.n_slots).tolist():
        if time.monotonic() > until:
            return
        _refill(board, slot, random)


def _refill(board: Board, slot: int, random: np.random.Generator) -> None:
    n, mark = board.n_hosts, len(board.moves)
    now = [(h, board.partner[h][slot]) for h in range(n) if board.partner[h][slot] >= 0]
    for h, t in now:
        board.lift(h, t)
    weight = _worth_now(board, slot)
    before = sum(weight[h, t - n] for h, t in now)
    hosts, teams = np.flatnonzero(weight.any(axis=1)), np.flatnonzero(weight.any(axis=0))
    part = weight[np.ix_(hosts, teams)]
    shake = 1e-6 * float(part.max(initial=0.0)) * random.random(part.shape)
    row, column = _at_most(np.where(part > 0, part + shake, 0.0), board.room[0][slot])
    after = 0.0
    for h, t in zip(hosts[row].tolist(), teams[column].tolist()):
        if weight[h, t] > 0 and board.has_room(h, t + n, slot):
            board.put(h, t + n, slot)
            after += weight[h, t]
    if after < before - 1e-9:
        board.undo(mark)


def _worth_now(board: Board, slot: int) -> Array:
    """What each pair would add in this slot; a team's first meeting is worth more than any."""
    problem, n = board.problem, board.n_hosts
    ready = np.array(
        [board.left[x] > 0 and board.may_sit(x, slot) for x in range(len(board.free))], dtype=bool
    )
    here = problem.possible & ready[:n, None] & ready[n:]
    for i, uses in enumerate(board.special, 1):
        if board.room[i][slot] < 1:
            here &= ~uses
    for h, t in board.slot_of:
        here[h, t - n] = False
    alone = np.array([not board.count(t) for t in range(n, len(board.free))], dtype=bool)
    bonus = 2.0 * float(problem.value.max(initial=0.0)) + 1.0
    return np.where(here, problem.value + bonus * (alone & (problem.floor > 0)), 0.0)


def _at_most(weight: Array, most: int) -> tuple[Array, Array]:
    """The best matching of at most so many pairs: idle columns draw the other rows away."""
    idle = max(min(weight.shape) - max(most, 0), 0)
    if not weight.size or most < 1:
        none = np.zeros(0, dtype=np.int64)
        return none, none
    if weight.shape[0] > weight.shape[1]:
        column, row = _at_most(weight.T, most)
        return row, column
    draw = float(weight.max()) * 2 + 1.0
    wide = np.concatenate((weight, np.full((weight.shape[0], idle), draw)), axis=1)
    row, column = linear_sum_assignment(wide, maximize=True)
    real = column < weight.shape[1]
    return row[real], column[real]
