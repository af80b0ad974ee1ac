"""Shortages that only show when jurors are shared out.

Entries that share too few jurors (Hall's theorem) are read off the prices of a linear programme
that counts empty seats: the entries whose price is 1 compete for the jurors whose price is 1.
Each claim is counted again by hand before it is made. Where several kinds of rules are in it
together, rules are left out one kind after the other until no kind can be spared: then each
kind that remains would, left out alone, make room for all.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from leitai.algorithms.assignment.frame import Frame
from leitai.algorithms.assignment.outcome import NoSeating
from leitai.algorithms.assignment.problem import Array, Problem
from leitai.algorithms.assignment.solver import missing_seats
from leitai.algorithms.assignment.values import Shortage
from leitai.algorithms.notes import Id, Note, named


def explain(frame: Frame, nobody: NoSeating) -> tuple[Shortage, ...]:
    """The smallest set of rules that cannot hold together, named in numbers."""
    if nobody.missing <= 0:
        text = "Shares of seats would fit, but no whole seats were found in the time allowed."
        ways = (Note("loosen", "Raise a load by 1 or leave out a wish, or allow more time."),)
        return (Shortage(note=Note("no_whole_seats", text), ways_out=ways),)
    found = tuple(_competing(frame, nobody))
    return found or (_together(frame, nobody.missing),)


def too_even(frame: Frame, nobody: NoSeating, pair_cap: float) -> Shortage:
    """All seats can be filled, but not with every pair as unlikely as that."""
    params: dict[str, object] = {
        "cap": f"{pair_cap:g}",
        "missing": max(1, round(nobody.missing)),
        "seats": int(frame.demand.sum()),
    }
    text = "With no pair likelier than {cap}, {missing} of {seats} seats stay empty."
    way = Note("raise_cap", "Raise the highest probability, or add jurors.", params)
    return Shortage(note=Note("too_even", text, params), ways_out=(way,))


# -- entries that compete for the same jurors -------------------------------------------------


def _competing(frame: Frame, nobody: NoSeating) -> Iterator[Shortage]:
    prices = nobody.prices
    if prices is None:
        return
    everyone = np.ones(len(frame.jurors), bool)
    short = np.flatnonzero(prices.entry > 0.5)
    yield from _crowd(frame, short, frame.demand[short], everyone, kind=None)
    for g, kind in enumerate(frame.kinds):
        short = np.flatnonzero(prices.group[:, g] > 0.5)
        of_kind = frame.groups[:, g]
        yield from _crowd(frame, short, frame.group_min[short, g], of_kind, kind=kind)
    yield from _idle(frame, np.flatnonzero(prices.juror < -0.5))


def _crowd(
    frame: Frame, entries: Array, need: Array, among: Array, *, kind: str | None
) -> Iterator[Shortage]:
    reach = frame.free[entries].sum(axis=0) * among
    load = frame.problem.load_max
    carry = int(np.minimum(reach, load).sum())
    lack = int(need.sum()) - carry
    if lack <= 0:
        return
    able = reach > 0
    ids: tuple[Id, ...] = tuple(frame.entries[e].id for e in entries.tolist())
    params: dict[str, object] = {
        "entries": len(entries),
        "named": named(ids),
        "groups": _groups(frame, entries),
        "need": int(need.sum()),
        "jurors": int(able.sum()),
        "carry": carry,
        "kind": kind or "",
    }
    text = (
        "{entries} entries ({named}{groups}) need {need} {kind} seats; the {jurors} {kind} "
        "jurors who may take them carry at most {carry}."
        if kind
        else "{entries} entries ({named}{groups}) need {need} seats; the {jurors} jurors who "
        "may take them carry at most {carry}."
    )
    jurors = tuple(frame.jurors[j].id for j in np.flatnonzero(able).tolist())
    yield Shortage(
        note=Note("crowd_of_kind" if kind else "crowd", text, params),
        ways_out=_crowd_ways(reach, load, int(need.sum()), lack, kind),
        entries=ids,
        jurors=jurors,
    )


def _crowd_ways(
    reach: Array, load: Array, need: int, lack: int, kind: str | None
) -> tuple[Note, ...]:
    by = 1
    while by <= reach.max(initial=0) and np.minimum(reach, load + by).sum() < need:
        by += 1
    ways = []
    if np.minimum(reach, load + by).sum() >= need:
        ways.append(Note("raise_load_by", "Raise the load of these jurors by {by},", {"by": by}))
    full = load[reach >= load]
    usual = max(int(np.median(full)) if len(full) else 1, 1)
    more: dict[str, object] = {"n": -(-lack // usual), "kind": kind or ""}
    if kind:
        ways.append(Note("add_fitting_of_kind", "add {n} {kind} jurors who may read them", more))
    else:
        ways.append(Note("add_fitting", "add {n} jurors who may read them", more))
    ways.append(Note("ask_fewer_there", "or ask for fewer jurors there."))
    return tuple(ways)


def _groups(frame: Frame, entries: Array) -> str:
    names = Counter(frame.entries[e].group for e in entries.tolist())
    if set(names) == {None}:
        return ""
    return "; " + ", ".join(f"{name or '-'} {n}" for name, n in names.most_common(4))


def _idle(frame: Frame, jurors: Array) -> Iterator[Shortage]:
    """Jurors who are to carry more than their entries have seats for."""
    least = int(frame.problem.load_min[jurors].sum())
    seats = int(np.minimum(frame.free[:, jurors].sum(axis=1), frame.demand).sum())
    if least <= seats:
        return
    ids: tuple[Id, ...] = tuple(frame.jurors[j].id for j in jurors.tolist())
    params = {"jurors": len(ids), "named": named(ids), "least": least, "seats": seats}
    text = (
        "{jurors} jurors ({named}) are to carry at least {least} sheets together; the entries "
        "they may read have {seats} seats for them."
    )
    ways = (Note("lower_these_least", "Lower their least load, or widen what they may read."),)
    yield Shortage(note=Note("idle", text, params), ways_out=ways, jurors=ids)


# -- kinds of rules that cannot hold together -------------------------------------------------

Loosen = Callable[[Frame, Problem], Problem]


def _together(frame: Frame, missing: float) -> Shortage:
    needed = dict(_RULES)
    for name in _RULES:
        rest = {other: rule for other, rule in needed.items() if other != name}
        without = [rule for other, rule in _RULES.items() if other not in rest]
        if missing_seats(_loosened(frame, without)) > 1e-6:
            needed = rest
    params: dict[str, object] = {
        "codes": tuple(needed),
        "rules": ", ".join(_WORDS[code] for code in needed),
        "missing": max(1, round(missing)),
        "seats": int(frame.demand.sum()),
    }
    text = "Together these cannot hold: {rules}. At least {missing} of {seats} seats stay empty."
    way = Note("leave_one", "Loosen any one of them: {rules}.", params)
    return Shortage(note=Note("together", text, params), ways_out=(way,))


def _loosened(frame: Frame, without: list[Loosen]) -> Problem:
    problem = frame.problem
    for loosen in without:
        problem = loosen(frame, problem)
    return problem


def _any_pair(frame: Frame, problem: Problem, allowed: Array) -> Problem:
    now = np.zeros(allowed.shape, bool)
    now[problem.entry, problem.juror] = True
    entry, juror = np.nonzero(now | allowed)
    fixed = (frame.fixed & frame.free)[entry, juror] & bool(problem.fixed.any())
    return replace(
        problem,
        entry=entry.astype(np.int32),
        juror=juror.astype(np.int32),
        value=np.zeros(len(entry)),
        fixed=fixed,
    )


_WORDS = {
    "fixed": "fixed seats",
    "barred": "seats ruled out by hand",
    "languages": "languages",
    "least_loads": "least loads",
    "organisations": "one juror per organisation",
    "mix": "kinds on each panel",
    "conflicts": "conflicts",
    "highest_loads": "highest loads",
}
_RULES: dict[str, Loosen] = {
    "fixed": lambda f, p: replace(p, fixed=np.zeros(p.n_pairs, bool)),
    "barred": lambda f, p: _any_pair(f, p, f.barred & ~f.unread & ~f.conflict),
    "languages": lambda f, p: _any_pair(f, p, f.unread & ~f.barred & ~f.conflict),
    "least_loads": lambda f, p: replace(p, load_min=np.zeros_like(p.load_min)),
    "organisations": lambda f, p: replace(p, same=np.full_like(p.same, -1)),
    "mix": lambda f, p: replace(p, group_min=np.zeros_like(p.group_min)),
    "conflicts": lambda f, p: _any_pair(f, p, f.conflict),
    "highest_loads": lambda f, p: replace(p, load_max=np.full_like(p.load_max, p.n_entries)),
}
"""The first is left out first, so that what remains is what an organiser can change best."""
