"""From hosts, teams and rooms to arrays: the order of ids decides every number."""

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TypeVar

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from leitai.algorithms.notes import Id, in_order
from leitai.algorithms.timetable.problem import Array, Limit, Problem, problem_from
from leitai.algorithms.timetable.values import (
    MOST_WISHED,
    Host,
    Interpreter,
    Meeting,
    Party,
    Table,
    Team,
)

KINDS = 6
"""Up to so many kinds of needs are counted in every combination (Hall), so that a slot's tables
always suffice; beyond, a meeting without a table would be taken out again."""

Kind = frozenset[int]
"""Which of the tables, or of the interpreters, would do."""
P = TypeVar("P", bound=Party)


@dataclass(frozen=True, eq=False, kw_only=True)
class Frame:
    hosts: tuple[Host, ...]
    teams: tuple[Team, ...]
    n_slots: int
    tables: tuple[Table, ...]
    interpreters: tuple[Interpreter, ...]
    excluded: frozenset[tuple[Id, Id]]
    gap: int
    floor: bool

    @cached_property
    def at_host(self) -> dict[Id, int]:
        return {host.id: i for i, host in enumerate(self.hosts)}

    @cached_property
    def at_team(self) -> dict[Id, int]:
        return {team.id: i for i, team in enumerate(self.teams)}

    @cached_property
    def host_wish(self) -> Array:
        return _wishes(self.hosts, self.at_team)

    @cached_property
    def team_wish(self) -> Array:
        return _wishes(self.teams, self.at_host).T

    @cached_property
    def refused(self) -> Array:
        """bool [H, T]: a no from one of them, bound to others, or ruled out by hand."""
        found = (self.host_wish == 0) | (self.team_wish == 0)
        for h, host in enumerate(self.hosts):
            if host.only is not None:
                found[h] |= np.array([team.id not in host.only for team in self.teams], dtype=bool)
        for t, team in enumerate(self.teams):
            if team.only is not None:
                found[:, t] |= np.array(
                    [host.id not in team.only for host in self.hosts], dtype=bool
                )
        for host_id, team_id in self.excluded:
            if host_id in self.at_host and team_id in self.at_team:
                found[self.at_host[host_id], self.at_team[team_id]] = True
        return found

    @cached_property
    def table_kind(self) -> list[list[Kind]]:
        return [
            [
                frozenset(
                    i for i, x in enumerate(self.tables) if host.needs | team.needs <= x.features
                )
                for team in self.teams
            ]
            for host in self.hosts
        ]

    @cached_property
    def interpreter_kind(self) -> list[list[Kind | None]]:
        """None where two parties understand each other, or do not say what they speak."""
        return [[self._bridging(host, team) for team in self.teams] for host in self.hosts]

    def _bridging(self, host: Host, team: Team) -> Kind | None:
        silent = not host.languages or not team.languages
        if silent or host.languages & team.languages:
            return None
        return frozenset(
            i
            for i, x in enumerate(self.interpreters)
            if x.languages & host.languages and x.languages & team.languages
        )

    @cached_property
    def problem(self) -> Problem:
        tables = _present(self.tables, self.n_slots)
        interpreters = _present(self.interpreters, self.n_slots)
        no_opinion = np.isnan(self.host_wish) & np.isnan(self.team_wish)
        diaries = self.n_slots
        return problem_from(
            host_wish=np.nan_to_num(self.host_wish),
            team_wish=np.nan_to_num(self.team_wish),
            allowed=~self.refused & ~no_opinion,
            host_free=_present(self.hosts, self.n_slots),
            team_free=_present(self.teams, self.n_slots),
            host_max=np.array([diaries if x.most is None else x.most for x in self.hosts], int),
            team_max=np.array([diaries if x.most is None else x.most for x in self.teams], int),
            tables=tables.sum(axis=0),
            limits=[
                *_limits(self.table_kind, tables, whole=True),
                *_limits(self.interpreter_kind, interpreters, whole=False),
            ],
            gap=self.gap,
            floor=self.floor,
        )

    def seats(
        self, meetings: Sequence[tuple[int, int, int]]
    ) -> list[tuple[int, int | None] | None]:
        """A table and an interpreter for each meeting, None where there is none left."""
        found: list[tuple[int, int | None] | None] = [None] * len(meetings)
        for slot in sorted({s for _, _, s in meetings}):
            here = [i for i, (_, _, s) in enumerate(meetings) if s == slot]
            pairs = [(meetings[i][0], meetings[i][1]) for i in here]
            tables = _given(
                [self.table_kind[h][t] for h, t in pairs],
                _present(self.tables, self.n_slots)[:, slot],
            )
            helpers = _given(
                [self.interpreter_kind[h][t] or frozenset() for h, t in pairs],
                _present(self.interpreters, self.n_slots)[:, slot],
            )
            for i, (h, t), table, helper in zip(here, pairs, tables, helpers):
                is_helped = self.interpreter_kind[h][t] is None or helper is not None
                found[i] = (table, helper) if table is not None and is_helped else None
        return found


def _wishes(parties: Sequence[Party], at: dict[Id, int]) -> Array:
    """float [parties, others], nan where nothing was said."""
    found = np.full((len(parties), len(at)), np.nan)
    for i, party in enumerate(parties):
        for other, wish in party.wishes.items():
            if other in at:
                found[i, at[other]] = wish
    return found


def _present(things: Sequence[Party] | Sequence[Table] | Sequence[Interpreter], n: int) -> Array:
    """bool [things, slots]"""
    rows = [[x.free is None or s in x.free for s in range(n)] for x in things]
    return np.array(rows, dtype=bool).reshape(len(rows), n)


def _limits(kinds: Sequence[Sequence[Kind | None]], present: Array, *, whole: bool) -> list[Limit]:
    """For each union of needs: no more meetings at once than there are things that serve them.

    The union of everything is left out with `whole`, where it is the number of tables.
    """
    everything = frozenset(range(len(present)))
    distinct = sorted({k for row in kinds for k in row if k is not None}, key=sorted)
    several = [k for k in distinct if not (whole and k == everything)]
    sizes = range(1, len(several) + 1) if len(several) <= KINDS else (1,)
    found = []
    for size in sizes:
        for some in combinations(several, size):
            union = frozenset().union(*some)
            inside = np.array(
                [[k is not None and k <= union for k in row] for row in kinds], dtype=bool
            ).reshape(len(kinds), len(kinds[0]) if len(kinds) else 0)
            found.append((inside, present[sorted(union)].sum(axis=0).astype(int)))
    return found


def _given(kinds: Sequence[Kind], present: Array) -> list[int | None]:
    """One thing for each, nobody's twice."""
    can = np.array([[i in k and bool(present[i]) for i in range(len(present))] for k in kinds])
    if not can.size:
        return [None] * len(kinds)
    found = maximum_bipartite_matching(csr_array(can.astype(np.int8)), perm_type="column")
    return [int(i) if i >= 0 else None for i in found]


def frame(
    hosts: Collection[Host],
    teams: Collection[Team],
    *,
    n_slots: int,
    tables: Collection[Table],
    interpreters: Collection[Interpreter],
    excluded: frozenset[tuple[Id, Id]],
    gap: int,
    floor: bool,
) -> Frame:
    for party in (*hosts, *teams):
        for other, wish in party.wishes.items():
            if wish not in range(MOST_WISHED + 1):
                raise ValueError(
                    f"{party.id} wishes for {other} with {wish}; use 0 (no), 1, 2 or 3."
                )
    return Frame(
        hosts=_ordered(hosts),
        teams=_ordered(teams),
        n_slots=n_slots,
        tables=tuple(sorted(tables, key=lambda x: (len(x.features), isinstance(x.id, str), x.id))),
        interpreters=tuple(sorted(interpreters, key=lambda x: (isinstance(x.id, str), x.id))),
        excluded=excluded,
        gap=gap,
        floor=floor,
    )


def _ordered(parties: Collection[P]) -> tuple[P, ...]:
    by_id = {party.id: party for party in parties}
    if len(by_id) != len(parties):
        twice = twins(party.id for party in parties)
        raise ValueError(f"Several hosts or teams have the same id: {', '.join(map(str, twice))}.")
    return tuple(by_id[i] for i in in_order(set(by_id)))


def twins(ids: Iterable[Hashable]) -> list[Hashable]:
    seen: set[Hashable] = set()
    return [i for i in ids if i in seen or seen.add(i)]  # type: ignore[func-returns-value]


def triples(framed: Frame, meetings: Iterable[Meeting]) -> list[tuple[int, int, int]]:
    return [(framed.at_host[m.host], framed.at_team[m.team], m.slot) for m in meetings]
