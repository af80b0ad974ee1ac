"""A meeting for every team that can have one, at the least loss of value."""

import time

import numpy as np

from leitai.algorithms.timetable.board import Board

TRIES = 60


def rescue(board: Board, *, until: float) -> None:
    """Give each team without a meeting one, if need be out of the plenty of another.

    A meeting that gives way belongs to a team that keeps another one, or to one that can be
    given another in turn: an augmenting path, on which no team is asked twice.
    """
    teams = np.flatnonzero(board.problem.floor > 0) + board.n_hosts
    for team in teams.tolist():
        if not board.count(team) and time.monotonic() < until:
            _help(board, team, asked={team}, until=until)


def _help(board: Board, team: int, *, asked: set[int], until: float) -> bool:
    problem, t = board.problem, team - board.n_hosts
    hosts = np.flatnonzero(problem.possible[:, t])
    hosts = hosts[np.argsort(-problem.value[hosts, t], kind="stable")]
    if board.left[team] < 1 or time.monotonic() > until:
        return False
    for h in hosts.tolist():
        if board.left[h] > 0 and board.insert(h, team):
            return True
    return any(
        _in_place_of(board, team, h, rival)
        for h, rival in _can_spare(board, team, hosts.tolist())[:TRIES]
    ) or _chain(board, team, hosts.tolist(), asked=asked, until=until)


def _can_spare(board: Board, team: int, hosts: list[int]) -> list[tuple[int, tuple[int, int]]]:
    """A host for this team, and a meeting that could give way to it: the cheapest first."""
    value, n = board.problem.value, board.n_hosts
    found = []
    for h in hosts:
        shared = {s for s in range(board.n_slots) if board.free[h][s] and board.free[team][s]}
        giving = list(board.meetings(h))
        if board.left[h] > 0:  # the slots are full, so a meeting of others gives its table
            giving += [m for s in shared for m in _in_slot(board, s)]
        for host, rival, _ in giving:
            if board.count(rival) > 1 or not board.problem.floor[rival - n]:
                loss = value[host, rival - n] - value[h, team - n]
                found.append((loss, h, (host, rival)))
    return [(h, rival) for _, h, rival in sorted(found)]


def _in_slot(board: Board, slot: int) -> list[tuple[int, int, int]]:
    pairs = ((h, board.partner[h][slot], slot) for h in range(board.n_hosts))
    return [pair for pair in pairs if pair[1] >= 0]


def _in_place_of(board: Board, team: int, host: int, rival: tuple[int, int]) -> bool:
    mark = len(board.moves)
    board.lift(*rival)
    if board.insert(host, team):
        return True
    board.undo(mark)
    return False


def _chain(board: Board, team: int, hosts: list[int], *, asked: set[int], until: float) -> bool:
    for h in hosts:
        for host, rival, _ in list(board.meetings(h)):
            if rival in asked or len(asked) > TRIES:
                continue
            mark = len(board.moves)
            if _in_place_of(board, team, h, (host, rival)):
                asked.add(rival)
                if _help(board, rival, asked=asked, until=until):
                    return True
                board.undo(mark)
    return False
