"""The adaptive second round, for sheets with ids."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from leitai.algorithms.calibration.choosing import spend
from leitai.algorithms.calibration.cut import chances_of
from leitai.algorithms.calibration.sheets import Table, table
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
    places: int | Mapping[str, int],
    groups: Mapping[Id, str] | None = None,
    budget: int,
    room: Mapping[Id, int],
    barred: Collection[tuple[Id, Id]] = (),
    kinds: Mapping[Id, str] | None = None,
    most: Mapping[str, int] | None = None,
    houses: Mapping[Id, str] | None = None,
    entries: Collection[Id] = (),
    better: Direction = "up",
    seed: int,
) -> tuple[ExtraReview, ...]:
    """The reviews worth asking for, the most valuable first.

    `places` and `groups` are as for `cut`. `room` says how many more sheets each juror can take,
    new jurors included; who is not named takes none. `barred` are (entry, juror) pairs that must
    not meet, such as conflicts. Jurors of one of the `kinds` give at `most` so many reviews
    together; of jurors who share one of the `houses` an entry gets at most one.
    """
    made = table(sheets, better=better, entries=entries, jurors=room)
    calibration = made.calibrated(cuts=[], seed=seed)
    p_in = chances_of(calibration, made, places=places, groups=groups)
    calibration = replace(calibration, p_in=p_in[:, None])
    load_left = np.array([room.get(j, 0) for j in made.jurors], dtype=np.int64)
    chosen = spend(
        calibration,
        cut=0,
        budget=budget,
        load_left=load_left,
        free=_free(made, barred),
        house=_numbered(made.jurors, houses),
        **_kinds(made.jurors, kinds, most, budget),
    )
    return tuple(
        _extra(made.entries[e], made.jurors[j], float(p_in[e]))
        for e, j in zip(*(x.tolist() for x in chosen), strict=True)
    )


def _free(made: Table, barred: Collection[tuple[Id, Id]]) -> np.ndarray:
    at_entry = {e: n for n, e in enumerate(made.entries)}
    at_juror = {j: n for n, j in enumerate(made.jurors)}
    free = np.ones((len(made.entries), len(made.jurors)), bool)
    free[made.entry, made.juror] = False
    for entry, juror in barred:
        if entry in at_entry and juror in at_juror:
            free[at_entry[entry], at_juror[juror]] = False
    return free


def _kinds(
    jurors: Sequence[Id],
    kinds: Mapping[Id, str] | None,
    most: Mapping[str, int] | None,
    budget: int,
) -> dict[str, Any]:
    if kinds is None or most is None:
        return {}
    named = sorted({kinds.get(j, "") for j in jurors})
    return {
        "kind": np.array([named.index(kinds.get(j, "")) for j in jurors], dtype=np.int64),
        "kind_left": [most.get(kind, budget) for kind in named],
    }


def _numbered(jurors: Sequence[Id], houses: Mapping[Id, str] | None) -> np.ndarray | None:
    if not houses:
        return None
    number = {house: n for n, house in enumerate(sorted(set(houses.values())))}
    return np.array([number[houses[j]] if j in houses else -1 for j in jurors], dtype=np.int64)


def _extra(entry: Id, juror: Id, p_in: float) -> ExtraReview:
    why = Note(
        "extra_review",
        "Entry {entry} belongs in with a chance of {chance} %: near the line, so one more mark "
        "tells most, and juror {juror} has not seen it.",
        {"entry": entry, "juror": juror, "chance": round(100 * p_in)},
    )
    return ExtraReview(entry=entry, juror=juror, p_in=p_in, why=why)
