"""Everything wrong with a timetable, whoever made it.

Written without the solver's board and frame, so that one mistake cannot hide in both.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from leitai.algorithms.notes import Id, Note
from leitai.algorithms.timetable.problem import Array, Limit, Triples
from leitai.algorithms.timetable.values import (
    Host,
    Interpreter,
    Meeting,
    Party,
    Placed,
    Table,
    Team,
)


def broken(
    host: Array,
    team: Array,
    slot: Array,
    *,
    allowed: Array,
    host_free: Array,
    team_free: Array,
    host_max: Array,
    team_max: Array,
    tables: Array,
    limits: Sequence[Limit] = (),
    gap: int = 0,
    fixed: Triples | None = None,
    **_: object,
) -> int:
    """How many rules a timetable of arrays breaks; 0 means it holds. Takes `schedule`'s words."""
    wrong = int((~allowed[host, team]).sum())
    wrong += int((~host_free[host, slot]).sum() + (~team_free[team, slot]).sum())
    wrong += len(host) - len(set(zip(host.tolist(), team.tolist())))
    for who, most in ((host, host_max), (team, team_max)):
        wrong += int(np.maximum(np.bincount(who, minlength=len(most)) - most, 0).sum())
        wrong += sum(
            later - sooner <= gap
            for _, diary in _diaries(who, slot)
            for sooner, later in pairwise(diary)
        )
    for uses, room in ((np.ones_like(allowed), tables), *limits):
        taken = np.bincount(slot[uses[host, team]], minlength=len(room))
        wrong += int(np.maximum(taken - room, 0).sum())
    made = set(zip(host.tolist(), team.tolist(), slot.tolist()))
    asked = zip(*(np.asarray(part).tolist() for part in fixed)) if fixed else ()
    return wrong + len(set(asked) - made)


def _diaries(who: Array, slot: Array) -> Iterator[tuple[int, list[int]]]:
    found: dict[int, list[int]] = defaultdict(list)
    for party, at in zip(who.tolist(), slot.tolist()):
        found[party].append(at)
    for party, at_all in found.items():
        yield party, sorted(at_all)


def faults(
    meetings: Iterable[Placed],
    hosts: Collection[Host],
    teams: Collection[Team],
    *,
    n_slots: int,
    tables: Collection[Table],
    interpreters: Collection[Interpreter] = (),
    excluded: frozenset[tuple[Id, Id]] = frozenset(),
    fixed: Collection[Meeting] = (),
    gap: int = 0,
) -> list[Note]:
    """Every broken rule of a timetable; an empty list means it holds."""
    placed = list(meetings)
    plain = [p.meeting for p in placed]
    found = faults_without_rooms(plain, hosts, teams, n_slots=n_slots, excluded=excluded, gap=gap)
    found += _missing(fixed, plain)
    known = ({h.id: h for h in hosts}, {t.id: t for t in teams})
    here = [p for p in placed if p.meeting.host in known[0] and p.meeting.team in known[1]]
    by_table = {table.id: table for table in tables}
    by_helper = {helper.id: helper for helper in interpreters}
    for p in here:
        host, team = known[0][p.meeting.host], known[1][p.meeting.team]
        found += _room(p, by_table.get(p.table), host.needs | team.needs)
        found += _help(p, by_helper.get(p.interpreter or ""), host, team)
    found += _twice("table", Counter((p.meeting.slot, p.table) for p in here))
    helped = Counter((p.meeting.slot, p.interpreter) for p in here if p.interpreter is not None)
    return found + _twice("interpreter", helped)


def faults_without_rooms(
    meetings: Sequence[Meeting],
    hosts: Collection[Host],
    teams: Collection[Team],
    *,
    n_slots: int,
    excluded: frozenset[tuple[Id, Id]],
    gap: int,
) -> list[Note]:
    """What the parties themselves stand in the way of."""
    by_host, by_team = {h.id: h for h in hosts}, {t.id: t for t in teams}
    found: list[Note] = []
    for m in meetings:
        host, team = by_host.get(m.host), by_team.get(m.team)
        if host is None or team is None or not 0 <= m.slot < n_slots:
            found.append(_of(m, "unknown", "There is no {host}, no {team} or no slot {slot}."))
            continue
        found += _pair(m, host, team, excluded)
    for pair, n in Counter((m.host, m.team) for m in meetings).items():
        if n > 1:
            params = {"host": pair[0], "team": pair[1], "n": n}
            found.append(Note("again", "{host} and {team} meet {n} times; once is enough.", params))
    for known, side in ((by_host, "host"), (by_team, "team")):
        diary: dict[Id, list[int]] = defaultdict(list)
        for m in meetings:
            diary[getattr(m, side)].append(m.slot)
        for party, slots in diary.items():
            if party in known:
                found += _diary(known[party], sorted(slots), gap)
    return found


def _pair(m: Meeting, host: Host, team: Team, excluded: frozenset[tuple[Id, Id]]) -> Iterator[Note]:
    for party in (host, team):
        if party.free is not None and m.slot not in party.free:
            text = "{party} is not free in slot {slot}: choose another slot or change the diary."
            yield Note("busy", text, {"party": party.id, "slot": m.slot + 1})
    if host.wishes.get(team.id) == 0 or team.wishes.get(host.id) == 0:
        yield _of(m, "refused", "{host} and {team}: one of them said no to the other.")
    if (host.id, team.id) in excluded:
        yield _of(m, "excluded", "{host} and {team} are ruled out by hand.")
    for party, other in ((host, team), (team, host)):
        if party.only is not None and other.id not in party.only:
            text = "{party} is bound to others and may not meet {other}."
            yield Note("bound", text, {"party": party.id, "other": other.id})


def _diary(party: Party, slots: list[int], gap: int) -> Iterator[Note]:
    if party.most is not None and len(slots) > party.most:
        params = {"party": party.id, "n": len(slots), "most": party.most}
        text = "{party} has {n} meetings; {most} is the most: take some out or raise the number."
        yield Note("too_many", text, params)
    for sooner, later in pairwise(slots):
        params = {"party": party.id, "slot": sooner + 1, "next": later + 1, "gap": gap}
        if sooner == later:
            text = "{party} has two meetings in slot {slot}: move one of them."
            yield Note("double", text, params)
        elif later - sooner <= gap:
            text = "{party} meets in slots {slot} and {next}, with less than {gap} free between."
            yield Note("gap", text, params)


def _room(p: Placed, table: Table | None, needs: frozenset[str]) -> Iterator[Note]:
    if table is None or (table.free is not None and p.meeting.slot not in table.free):
        yield _of(p.meeting, "no_table", "{host} and {team} have no table in slot {slot}.")
    elif not needs <= table.features:
        params = {"table": table.id, "lacks": ", ".join(sorted(needs - table.features))}
        yield Note("table_lacks", "Table {table} lacks: {lacks}.", params)


def _help(p: Placed, helper: Interpreter | None, host: Host, team: Team) -> Iterator[Note]:
    if not host.languages or not team.languages or host.languages & team.languages:
        return
    there = helper is not None and (helper.free is None or p.meeting.slot in helper.free)
    if not there or not (helper.languages & host.languages and helper.languages & team.languages):  # type: ignore[union-attr]
        text = "{host} and {team} have no interpreter in slot {slot} who speaks for both."
        yield _of(p.meeting, "no_interpreter", text)


def _twice(what: str, uses: Counter[tuple[int, Id]] | Counter[tuple[int, Id | None]]) -> list[Note]:
    text = "{what} {thing} serves {n} meetings in slot {slot}."
    return [
        Note(f"{what}_twice", text, {"what": what, "thing": thing, "n": n, "slot": slot + 1})
        for (slot, thing), n in uses.items()
        if n > 1
    ]


def _missing(fixed: Collection[Meeting], made: Sequence[Meeting]) -> list[Note]:
    text = "{host} and {team} were fixed in slot {slot} and do not meet there."
    return [_of(m, "fixed_missing", text) for m in sorted(set(fixed) - set(made), key=str)]


def _of(m: Meeting, code: str, english: str) -> Note:
    return Note(code, english, {"host": m.host, "team": m.team, "slot": m.slot + 1})
