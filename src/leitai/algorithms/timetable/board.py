"""The timetable while it is being made: who sits with whom in which slot, and what can move.

Hosts and teams are numbered in one series, hosts first, so that a chain of moves treats both
sides alike. Plain lists: single cells are read far more often than whole rows.
"""

from collections.abc import Iterator

import numpy as np

from leitai.algorithms.timetable.problem import Problem, Triples

PATIENCE = 400
"""So many cells a chain of moves looks at before it gives up."""

Node = int
Move = tuple[Node, Node, int, int]
"""A meeting's host and team, and the slots it went from and to; -1 is off the board."""


class Board:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.n_hosts, self.n_teams, self.n_slots = problem.shape
        self.free: list[list[bool]] = [*problem.host_free.tolist(), *problem.team_free.tolist()]
        self.partner = [[-1] * self.n_slots for _ in self.free]
        self.left: list[int] = [*problem.host_cap.tolist(), *problem.team_cap.tolist()]
        self.room: list[list[int]] = [room.tolist() for _, room in problem.limits]
        self.special = [uses for uses, _ in problem.limits[1:]]
        self.slot_of: dict[tuple[Node, Node], int] = {}
        self.moves: list[Move] = []
        self._looks = 0

    # -- asking -------------------------------------------------------------------------------

    def may_sit(self, node: Node, slot: int, *, leaving: int = -9) -> bool:
        """Free and not yet taken; `leaving` is a slot whose meeting is about to go."""
        if not self.free[node][slot] or self.partner[node][slot] >= 0:
            return False
        near = range(
            max(slot - self.problem.gap, 0), min(slot + self.problem.gap + 1, self.n_slots)
        )
        return all(self.partner[node][s] < 0 or s == leaving for s in near)

    def has_room(self, host: Node, team: Node, slot: int) -> bool:
        if self.room[0][slot] < 1:
            return False
        t = team - self.n_hosts
        return all(
            self.room[i][slot] > 0 for i, uses in enumerate(self.special, 1) if uses[host, t]
        )

    def count(self, node: Node) -> int:
        return sum(other >= 0 for other in self.partner[node])

    def meetings(self, node: Node) -> Iterator[tuple[Node, Node, int]]:
        for slot, other in enumerate(self.partner[node]):
            if other >= 0:
                yield (node, other, slot) if node < self.n_hosts else (other, node, slot)

    def triples(self) -> Triples:
        rows = np.array(
            [(h, t - self.n_hosts, s) for (h, t), s in self.slot_of.items()], dtype=np.int64
        ).reshape(-1, 3)
        rows = rows[np.lexsort((rows[:, 1], rows[:, 0], rows[:, 2]))]
        return rows[:, 0], rows[:, 1], rows[:, 2]

    # -- changing -----------------------------------------------------------------------------

    def put(self, host: Node, team: Node, slot: int) -> None:
        self._set(host, team, slot)
        self.moves.append((host, team, -1, slot))

    def lift(self, host: Node, team: Node) -> int:
        slot = self._unset(host, team)
        self.moves.append((host, team, slot, -1))
        return slot

    def undo(self, mark: int) -> None:
        """Back to where the board stood when so many moves had been made."""
        while len(self.moves) > mark:
            host, team, before, after = self.moves.pop()
            if after >= 0:
                self._unset(host, team)
            if before >= 0:
                self._set(host, team, before)

    def _set(self, host: Node, team: Node, slot: int) -> None:
        self.partner[host][slot], self.partner[team][slot] = team, host
        self.slot_of[host, team] = slot
        self._count(host, team, slot, -1)

    def _unset(self, host: Node, team: Node) -> int:
        slot = self.slot_of.pop((host, team))
        self.partner[host][slot] = self.partner[team][slot] = -1
        self._count(host, team, slot, 1)
        return slot

    def _count(self, host: Node, team: Node, slot: int, by: int) -> None:
        self.left[host] += by
        self.left[team] += by
        self.room[0][slot] += by
        for i, uses in enumerate(self.special, 1):
            if uses[host, team - self.n_hosts]:
                self.room[i][slot] += by

    # -- alternating paths --------------------------------------------------------------------

    def insert(self, host: Node, team: Node, *, depth: int = 6) -> bool:
        """Seat this pair, moving other meetings to other slots along alternating paths.

        No meeting is lost. Without success the board is as it was.
        """
        if self.left[host] < 1 or self.left[team] < 1 or (host, team) in self.slot_of:
            return False
        both = [s for s in range(self.n_slots) if self.free[host][s] and self.free[team][s]]
        for slot in sorted(both, key=lambda s: -self.room[0][s]):
            if self._sits(host, team, slot):
                return True
        self._looks = PATIENCE
        seen: set[tuple[Node, int]] = set()
        return any(self._force(host, team, slot, depth, seen) for slot in both)

    def _sits(self, host: Node, team: Node, slot: int) -> bool:
        if not (self.may_sit(host, slot) and self.may_sit(team, slot)):
            return False
        if not self.has_room(host, team, slot):
            return False
        self.put(host, team, slot)
        return True

    def _force(
        self, host: Node, team: Node, slot: int, depth: int, seen: set[tuple[Node, int]]
    ) -> bool:
        """Empty this slot for both (a full room counts as nobody's, and is not emptied)."""
        mark = len(self.moves)
        for node in (host, team):
            if self.partner[node][slot] >= 0 and not self._clear(node, slot, depth, seen):
                self.undo(mark)
                return False
        if self._sits(host, team, slot):
            return True
        if self._make_room(host, team, slot) and self._sits(host, team, slot):
            return True
        self.undo(mark)
        return False

    def _make_room(self, host: Node, team: Node, slot: int) -> bool:
        """Move some other meeting of this slot to where there is room."""
        if self.has_room(host, team, slot):
            return False
        for other in range(self.n_hosts):
            guest = self.partner[other][slot]
            if guest >= 0 and self._goes(other, guest, slot) and self.has_room(host, team, slot):
                return True
        return False

    def _goes(self, one: Node, other: Node, slot: int) -> bool:
        host, team = min(one, other), max(one, other)
        for there in range(self.n_slots):
            if self._may_go(host, team, slot, there) and self.has_room(host, team, there):
                self._move(host, team, there)
                return True
        return False

    def _may_go(self, host: Node, team: Node, slot: int, there: int) -> bool:
        return self.may_sit(host, there, leaving=slot) and self.may_sit(team, there, leaving=slot)

    def _move(self, host: Node, team: Node, there: int) -> None:
        self.lift(host, team)
        self.put(host, team, there)

    def _clear(self, node: Node, slot: int, depth: int, seen: set[tuple[Node, int]]) -> bool:
        """Move this party's meeting out of the slot; if need be its partner's first."""
        other = self.partner[node][slot]
        host, team = min(node, other), max(node, other)
        if (node, slot) in seen or self._looks < 1:
            return False
        seen.add((node, slot))
        self._looks -= 1
        if self._goes(node, other, slot):
            return True
        if depth < 1:
            return False
        for there in range(self.n_slots):
            if there == slot or not self.free[other][there]:
                continue
            if self.partner[other][there] < 0 or not self.may_sit(node, there, leaving=slot):
                continue
            mark = len(self.moves)
            if (
                self._clear(other, there, depth - 1, seen)
                and self.slot_of.get((host, team)) == slot
                and self._may_go(host, team, slot, there)
                and self.has_room(host, team, there)
            ):
                self._move(host, team, there)
                return True
            self.undo(mark)
        return False
