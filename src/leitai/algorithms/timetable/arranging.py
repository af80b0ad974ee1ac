"""The friendly level: hosts, teams and rooms in, a timetable with reasons out."""

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from leitai.algorithms.notes import Id, Note
from leitai.algorithms.timetable.arrays import silent, solve
from leitai.algorithms.timetable.checking import faults_without_rooms
from leitai.algorithms.timetable.frame import Frame, frame, triples
from leitai.algorithms.timetable.placing import Report
from leitai.algorithms.timetable.problem import Triples
from leitai.algorithms.timetable.reasons import figures, unmet
from leitai.algorithms.timetable.values import (
    Host,
    Interpreter,
    Meeting,
    Placed,
    Table,
    Team,
    Timetable,
    Unschedulable,
)


def arrange(
    hosts: Collection[Host],
    teams: Collection[Team],
    *,
    n_slots: int,
    tables: Collection[Table],
    interpreters: Collection[Interpreter] = (),
    excluded: frozenset[tuple[Id, Id]] = frozenset(),
    fixed: Collection[Meeting] = (),
    gap: int = 0,
    floor: bool = True,
    seed: int,
    time_limit: float = 10.0,
    report: Report | None = None,
) -> Timetable:
    """The one-to-one meetings most wished for that diaries, tables and interpreters hold.

    Every rule is kept, whoever can have a meeting has one (`floor`), fixed meetings stay where
    they are. The value lies within about 0.1 % of `figures.bound`, which is proven. Two meet
    only if one of them wished for it and neither said no. The order of hosts and teams does not
    matter. Raises `Unschedulable` when fixed meetings break the rules themselves.
    """
    framed = frame(
        hosts,
        teams,
        n_slots=n_slots,
        tables=tables,
        interpreters=interpreters,
        excluded=excluded,
        gap=gap,
        floor=floor,
    )
    if notes := [*_wrong(framed, sorted(set(fixed), key=str))]:
        raise Unschedulable(tuple(notes))
    kept = _arrays(triples(framed, sorted(set(fixed), key=str)))
    found = solve(
        framed.problem, fixed=kept, time_limit=time_limit, seed=seed, report=report or silent
    )
    placed = _placed(framed, found.triples)
    apart = float(framed.problem.value[kept[0], kept[1]].sum())
    return Timetable(
        meetings=placed,
        unmet=unmet(framed, placed),
        figures=figures(
            framed,
            placed,
            bound=found.choice.bound + apart,
            floor_bound=found.choice.floor_bound + apart,
            left_out=found.choice.left_out,
        ),
    )


def _arrays(rows: Sequence[tuple[int, int, int]]) -> Triples:
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]


def _wrong(framed: Frame, fixed: Sequence[Meeting]) -> Iterator[Note]:
    """Why these meetings cannot all stand, each with its numbers and a way out."""
    notes = faults_without_rooms(
        fixed,
        framed.hosts,
        framed.teams,
        n_slots=framed.n_slots,
        excluded=framed.excluded,
        gap=framed.gap,
    )
    yield from notes
    if any(note.code == "unknown" for note in notes):
        return
    rows = triples(framed, fixed)
    short = [row for row, seat in zip(rows, framed.seats(rows)) if seat is None]
    for slot in sorted({s for _, _, s in short}):
        there = sum(x.free is None or slot in x.free for x in framed.tables)
        params = {
            "slot": slot + 1,
            "n": sum(s == slot for _, _, s in rows),
            "tables": there,
            "short": sum(s == slot for _, _, s in short),
        }
        text = (
            "Slot {slot} has {n} fixed meetings and {tables} tables: {short} of them find no table "
            "or interpreter that suits. Move some to another slot or add tables or interpreters."
        )
        yield Note("fixed_short", text, params)


def _placed(framed: Frame, found: Triples) -> tuple[Placed, ...]:
    rows = list(zip(*(part.tolist() for part in found)))
    placed = []
    for (h, t, s), seat in zip(rows, framed.seats(rows)):
        if seat is not None:
            helper = None if seat[1] is None else framed.interpreters[seat[1]].id
            meeting = Meeting(s, framed.hosts[h].id, framed.teams[t].id)
            table = framed.tables[seat[0]].id
            placed.append(Placed(meeting=meeting, table=table, interpreter=helper))
    return tuple(placed)
