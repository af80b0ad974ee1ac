"""A reason for every seat, and the figures of a whole seating."""

from collections.abc import Set

import numpy as np

from leitai.algorithms import graph
from leitai.algorithms.assignment.frame import Frame
from leitai.algorithms.assignment.problem import Array
from leitai.algorithms.assignment.values import Code, Figures, Reason, Seat
from leitai.algorithms.text import plain

CHUNK = 4096


def reasons(
    frame: Frame, seats: Array, *, kept: Set[Seat] = frozenset(), joined: Set[Seat] = frozenset()
) -> dict[Seat, Reason]:
    """`seats` are positions in the problem's pairs; the reasons come in the same order."""
    chunks = [seats[at : at + CHUNK] for at in range(0, len(seats), CHUNK)]
    loads = np.bincount(frame.problem.juror[seats], minlength=len(frame.jurors))
    full = loads >= frame.problem.load_max
    known = [{plain(tag) for tag in juror.tags} for juror in frame.jurors]
    asked = [sorted((tag, plain(tag)) for tag in entry.tags) for entry in frame.entries]
    found: dict[Seat, Reason] = {}
    for chunk in chunks:
        places, free, stronger_full = _standing(frame, chunk, full)
        for n, position in enumerate(chunk.tolist()):
            e, j = int(frame.problem.entry[position]), int(frame.problem.juror[position])
            seat = frame.seat(e, j)
            entry, juror = frame.entries[e], frame.jurors[j]
            by_hand = bool(frame.fixed[e, j])
            found[seat] = Reason(
                code=_code(seat, int(places[n]), by_hand=by_hand, kept=kept, joined=joined),
                kind=juror.kind,
                place=int(places[n]),
                free=int(free[n]),
                full=int(stronger_full[n]),
                shared=tuple(tag for tag, simple in asked[e] if simple in known[j]),
                wanted=len(entry.tags),
                affinity=float(frame.affinity[e, j]),
            )
    return found


def _standing(frame: Frame, seats: Array, full: Array) -> tuple[Array, Array, Array]:
    """Among the free jurors of the same kind: the juror's place, their number, better but full."""
    entry, juror = frame.problem.entry[seats], frame.problem.juror[seats]
    kind = frame.groups.argmax(axis=1)
    peers = frame.free[entry] & (kind[juror][:, None] == kind)
    better = peers & (frame.affinity[entry] > frame.affinity[entry, juror][:, None] + 1e-9)
    return 1 + better.sum(axis=1), peers.sum(axis=1), (better & full).sum(axis=1)


def _code(seat: Seat, place: int, *, by_hand: bool, kept: Set[Seat], joined: Set[Seat]) -> Code:
    if by_hand:
        return "fixed"
    if seat in kept:
        return "kept"
    if seat in joined:
        return "joined"
    return "strongest" if place == 1 else "next"


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
