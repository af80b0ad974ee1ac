"""The adaptive second round, for sheets with ids."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from leitai.algorithms.calibration.choosing import spend
from leitai.algorithms.calibration.sheets import table
from leitai.algorithms.formulas import Sheet
from leitai.algorithms.notes import Id, Note
from leitai.values.score import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraReview:
    entry: Id
    juror: Id
    p_in: float
    why: Note


def second_round(
    sheets: Sequence[Sheet],
    *,
    places: int,
    budget: int,
    room: Mapping[Id, int],
    barred: Collection[tuple[Id, Id]] = (),
    entries: Collection[Id] = (),
    better: Direction = "up",
    seed: int,
) -> tuple[ExtraReview, ...]:
    """The reviews worth asking for, the most valuable first.

    `room` says how many more sheets each juror can take, new jurors included; who is not named
    takes none. `barred` are (entry, juror) pairs that must not meet, such as conflicts.
    """
    made = table(sheets, better=better, entries=entries, jurors=room)
    at_entry = {e: n for n, e in enumerate(made.entries)}
    at_juror = {j: n for n, j in enumerate(made.jurors)}
    free = np.ones((len(made.entries), len(made.jurors)), bool)
    free[made.entry, made.juror] = False
    for entry, juror in barred:
        if entry in at_entry and juror in at_juror:
            free[at_entry[entry], at_juror[juror]] = False
    calibration = made.calibrated(cuts=[places], seed=seed)
    load_left = np.array([room.get(j, 0) for j in made.jurors], dtype=np.int64)
    chosen = spend(calibration, cut=0, budget=budget, load_left=load_left, free=free)
    return tuple(
        _extra(made.entries[e], made.jurors[j], float(calibration.p_in[e, 0]))
        for e, j in zip(*(x.tolist() for x in chosen), strict=True)
    )


def _extra(entry: Id, juror: Id, p_in: float) -> ExtraReview:
    why = Note(
        "extra_review",
        "Entry {entry} belongs in with a chance of {chance} %: near the line, so one more mark "
        "tells most, and juror {juror} has not seen it.",
        {"entry": entry, "juror": juror, "chance": round(100 * p_in)},
    )
    return ExtraReview(entry=entry, juror=juror, p_in=p_in, why=why)
