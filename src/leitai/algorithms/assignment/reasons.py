"""A reason for every seat, and the figures of a whole seating."""

from collections.abc import Iterator

import numpy as np

from leitai.algorithms import graph
from leitai.algorithms.assignment.frame import Frame
from leitai.algorithms.assignment.problem import Array
from leitai.algorithms.assignment.values import Code, Figures, Reason, Seat
from leitai.algorithms.text import plain

CHUNK = 4096


def reasons(frame: Frame, seats: Array, *, kept: Array, joined: Array) -> dict[Seat, Reason]:
    """`seats` are positions in the problem's pairs; `kept` and `joined` tell which of them were
    there before and which came to join the panels. The reasons come in the same order."""
    entry, juror = frame.problem.entry[seats], frame.problem.juror[seats]
    loads = np.bincount(juror, minlength=len(frame.jurors))
    full = loads >= frame.problem.load_max
    chunks = [seats[at : at + CHUNK] for at in range(0, len(seats), CHUNK)]
    standing = [_standing(frame, chunk, full) for chunk in chunks]
    known = [{plain(tag) for tag in offer.tags} for offer in frame.jurors]
    asked = [sorted((tag, plain(tag)) for tag in need.tags) for need in frame.entries]
    columns = (
        [column.tolist() for column in np.concatenate(standing, axis=1)] if standing else [[]] * 3
    )
    ways = _codes(columns[0], by_hand=frame.fixed[entry, juror], kept=kept, joined=joined)
    fits = frame.affinity[entry, juror].astype(float).tolist()
    found: dict[Seat, Reason] = {}
    for e, j, code, place, free, stronger, fit in zip(
        entry.tolist(), juror.tolist(), ways, *columns, fits, strict=True
    ):
        found[frame.seat(e, j)] = Reason(
            code=code,
            kind=frame.jurors[j].kind,
            place=place,
            free=free,
            full=stronger,
            shared=tuple([tag for tag, simple in asked[e] if simple in known[j]]),
            wanted=len(asked[e]),
            affinity=fit,
        )
    return found


def _standing(frame: Frame, seats: Array, full: Array) -> Array:
    """Among the free jurors of the same kind: the juror's place, their number, better but full."""
    entry, juror = frame.problem.entry[seats], frame.problem.juror[seats]
    kind = frame.groups.argmax(axis=1)
    peers = frame.free[entry] & (kind[juror][:, None] == kind)
    better = peers & (frame.affinity[entry] > frame.affinity[entry, juror][:, None] + 1e-9)
    return np.stack((1 + better.sum(axis=1), peers.sum(axis=1), (better & full).sum(axis=1)))


def _codes(places: list[int], *, by_hand: Array, kept: Array, joined: Array) -> Iterator[Code]:
    for place, fixed, stayed, came in zip(
        places, by_hand.tolist(), kept.tolist(), joined.tolist(), strict=True
    ):
        if fixed:
            yield "fixed"
        elif stayed:
            yield "kept"
        elif came:
            yield "joined"
        else:
            yield "strongest" if place == 1 else "next"


def figures(
    frame: Frame, seats: Array, *, bound: float, worst_bound: float | None = None
) -> Figures:
    problem = frame.problem
    entry, value = problem.entry[seats], frame.affinity[problem.entry[seats], problem.juror[seats]]
    loads = np.bincount(problem.juror[seats], minlength=problem.n_jurors)
    carried, jurors = np.unique(loads, return_counts=True)
    asked = problem.demand > 0
    means = np.bincount(entry, value, problem.n_entries)[asked] / problem.demand[asked]
    of_entry, _ = graph.label(
        entry=entry,
        juror=problem.juror[seats],
        n_entries=problem.n_entries,
        n_jurors=problem.n_jurors,
    )
    sizes = np.unique(of_entry[asked], return_counts=True)[1]
    return Figures(
        total=float(value.sum()),
        bound=bound,
        worst_off=float(means.min(initial=np.inf)) if asked.any() else 0.0,
        worst_bound=worst_bound,
        loads=dict(zip(carried.tolist(), jurors.tolist(), strict=True)),
        components=tuple(sorted(sizes.tolist(), reverse=True)),
    )
