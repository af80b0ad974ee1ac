"""Why a seating cannot be, in numbers that can be counted by hand.

`first_check` finds what plain counting shows: single entries and jurors, then totals. What only
shows when jurors are shared out is found by `explain`, in `hall.py`.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from leitai.algorithms.assignment.frame import Frame, panel_mix
from leitai.algorithms.assignment.hall import explain, too_even
from leitai.algorithms.assignment.values import Shortage
from leitai.algorithms.notes import Id, Note, named

__all__ = ["explain", "first_check", "too_even"]


def first_check(frame: Frame) -> tuple[Shortage, ...]:
    """Shortages of single entries and jurors; where there are none, those of the totals."""
    single = (*_fixed(frame), *_panels(frame), *_jurors(frame))
    return single or (*_totals(frame), *_kind_totals(frame), *_least_loads(frame))


# -- single entries and jurors ----------------------------------------------------------------


def _fixed(frame: Frame) -> Iterator[Shortage]:
    for e, j in np.argwhere(frame.fixed & frame.conflict).tolist():
        seat = frame.seat(e, j)
        text = "Juror {juror} is fixed on entry {entry} and has a conflict with it."
        params = {"entry": seat.entry, "juror": seat.juror}
        yield Shortage(
            note=Note("fixed_conflict", text, params),
            ways_out=(Note("unfix", "Take the fixed seat away."),),
            entries=(seat.entry,),
            jurors=(seat.juror,),
        )
    for e in np.flatnonzero(frame.fixed.sum(axis=1) > frame.demand).tolist():
        text = "Entry {entry} has {fixed} fixed jurors and asks for {need}."
        params = {"fixed": int(frame.fixed[e].sum()), "need": int(frame.demand[e])}
        yield _about(frame, [e], Note("fixed_panel", text, params), ())
    for j in np.flatnonzero(frame.fixed.sum(axis=0) > frame.problem.load_max).tolist():
        text = "Juror {juror} is fixed on {fixed} entries and carries at most {most}."
        params = {
            "juror": frame.jurors[j].id,
            "fixed": int(frame.fixed[:, j].sum()),
            "most": frame.jurors[j].load_max,
        }
        way = Note("raise_load", "Raise the load to {load}.", {"load": params["fixed"]})
        yield Shortage(
            note=Note("fixed_load", text, params), ways_out=(way,), jurors=(frame.jurors[j].id,)
        )


def _panels(frame: Frame) -> Iterator[Shortage]:
    free = frame.free
    yield from _mix_too_large(frame)
    short = _alike(np.column_stack((free.sum(axis=1), frame.demand)))
    for (have, need), entries in short:
        yield _few_free(frame, entries, have, need, kind=None)
    for g, kind in enumerate(frame.kinds):
        have_kind = (free & frame.groups[:, g]).sum(axis=1)
        for (have, need), entries in _alike(np.column_stack((have_kind, frame.group_min[:, g]))):
            yield _few_free(frame, entries, have, need, kind=kind)
    houses = _houses(frame)
    enough = np.where(free.sum(axis=1) >= frame.demand, frame.demand, 0)
    for (have, need), entries in _alike(np.column_stack((houses, enough))):
        text = "{whose} free jurors of {have} organisations and {need} must sit, each of another."
        params = {"have": have, "need": need}
        ways = (Note("add_houses", "Add jurors of other organisations, or allow two of one."),)
        yield _about(frame, entries, Note("few_organisations", text, params), ways)


def _mix_too_large(frame: Frame) -> Iterator[Shortage]:
    asked = frame.group_min.sum(axis=1)
    for (need, asks), entries in _alike(np.column_stack((frame.demand, asked))):
        mix = panel_mix(frame.entries[entries[0]], frame.rules)
        parts = " + ".join(f"{n} {kind}" for kind, n in sorted(mix.items()) if n)
        text = "{whose} a panel of {need} and kinds that make {asks} ({parts})."
        params = {"need": need, "asks": asks, "parts": parts}
        ways = (Note("larger_panel", "Ask for {asks} jurors, or fewer of a kind.", params),)
        yield _about(frame, entries, Note("mix_too_large", text, params), ways)


def _houses(frame: Frame) -> np.ndarray:
    """How many jurors an entry could have if those of one organisation count once."""
    alone = frame.free[:, frame.same < 0].sum(axis=1)
    for house in range(int(frame.same.max(initial=-1)) + 1):
        alone = alone + frame.free[:, frame.same == house].any(axis=1)
    return alone


def _few_free(
    frame: Frame, entries: list[int], have: int, need: int, *, kind: str | None
) -> Shortage:
    of_kind = slice(None) if kind is None else frame.groups[:, frame.kinds.index(kind)]
    first = entries[0]
    conflict = frame.conflict[first, of_kind]
    params: dict[str, object] = {
        "have": have,
        "need": need,
        "kind": kind or "",
        "conflicts": int(conflict.sum()),
        "unread": int((frame.unread[first, of_kind] & ~conflict).sum()),
        "barred": int((frame.barred[first, of_kind] & ~conflict).sum()),
    }
    of = "{kind} " if kind else ""
    text = f"{{whose}} {{have}} free {of}{_noun(have)} and needs {{need}}"
    if len(entries) == 1:
        why = [words for name, words in _WHY_NOT.items() if params[name]]
        text += f" ({', '.join(why)})." if why else "."
    else:
        text = text.replace("needs", "need") + " each."
    code = "few_free_of_kind" if kind else "few_free"
    lack: dict[str, object] = {"n": need - have, "kind": kind or "", "have": have}
    add = f"Add {{n}} {of}{_noun(need - have)} they have no conflict with"
    ways = [
        Note("add_jurors_of_kind" if kind else "add_jurors", add + ("," if have else "."), lack)
    ]
    if have:
        ways.append(Note("ask_fewer", "or ask for {have}.", lack))
    return _about(frame, entries, Note(code, text, params), tuple(ways))


_WHY_NOT = {
    "conflicts": "{conflicts} in conflict",
    "unread": "{unread} do not read its language",
    "barred": "{barred} ruled out by hand",
}


def _noun(n: int) -> str:
    return "juror" if n == 1 else "jurors"


def _jurors(frame: Frame) -> Iterator[Shortage]:
    reach = frame.free.sum(axis=0)
    for j in np.flatnonzero(reach < frame.problem.load_min).tolist():
        text = "Juror {juror} is to carry at least {least} sheets and may read {reach} entries."
        juror = frame.jurors[j]
        params = {"juror": juror.id, "least": juror.load_min, "reach": int(reach[j])}
        way = Note("lower_least", "Lower the least load to {reach}.", params)
        yield Shortage(note=Note("least_load", text, params), ways_out=(way,), jurors=(juror.id,))


def _alike(have_need: np.ndarray) -> list[tuple[tuple[int, int], list[int]]]:
    """Entries that have less than they need, those with the same numbers together."""
    short = np.flatnonzero(have_need[:, 0] < have_need[:, 1])
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for e in short.tolist():
        groups[int(have_need[e, 0]), int(have_need[e, 1])].append(e)
    return sorted(groups.items())


def _about(frame: Frame, entries: Sequence[int], note: Note, ways: tuple[Note, ...]) -> Shortage:
    ids: tuple[Id, ...] = tuple(frame.entries[e].id for e in entries)
    whose = f"Entry {ids[0]} has" if len(ids) == 1 else f"{len(ids)} entries ({named(ids)}) have"
    about = {"whose": whose, "entry": ids[0], "n_entries": len(ids), "named": named(ids)}
    params = {**note.params, **about}
    return Shortage(note=Note(note.code, note.english, params), ways_out=ways, entries=ids)


# -- totals -----------------------------------------------------------------------------------


def _totals(frame: Frame) -> Iterator[Shortage]:
    need = int(frame.demand.sum())
    carry = np.minimum(frame.problem.load_max, frame.free.sum(axis=0))
    if need <= carry.sum():
        return
    sizes, loads = np.unique(frame.demand), np.unique(carry)
    text = "{entries} entries need {need} seats; {jurors} jurors carry at most {carry}."
    code = "too_few_seats"
    if len(sizes) == 1 and len(loads) == 1:
        code = "too_few_seats_even"
        text = (
            "{entries} entries need {k} jurors each = {need} seats; "
            "{jurors} jurors x at most {load} = {carry}."
        )
    params = {
        "entries": len(frame.entries),
        "jurors": len(frame.jurors),
        "k": int(sizes.max()),
        "load": int(loads.max(initial=0)),
        "need": need,
        "carry": int(carry.sum()),
    }
    yield Shortage(note=Note(code, text, params), ways_out=_ways(frame, need, carry))


def _ways(frame: Frame, need: int, carry: np.ndarray) -> tuple[Note, ...]:
    """Each way alone mends the total: a higher load for all, more jurors, smaller panels."""
    ways = []
    reach = frame.free.sum(axis=0)
    raised = int(carry.max(initial=0)) + 1
    while raised <= reach.max(initial=0) and np.minimum(reach, raised).sum() < need:
        raised += 1
    if np.minimum(reach, raised).sum() >= need:
        ways.append(Note("raise_load", "Raise the load to {load},", {"load": raised}))
    usual = max(int(np.median(carry)) if len(carry) else 1, 1)
    more = -(-(need - int(carry.sum())) // min(usual, max(len(frame.entries), 1)))
    ways.append(Note("add_jurors_to_total", "add {n} jurors", {"n": more}))
    fewer = int(carry.sum()) // max(len(frame.entries), 1)
    if fewer >= 1 and len(np.unique(frame.demand)) == 1:
        ways.append(Note("smaller_panels", "or ask for {k} per entry.", {"k": fewer}))
    return tuple(ways)


def _kind_totals(frame: Frame) -> Iterator[Shortage]:
    for g, kind in enumerate(frame.kinds):
        of_kind = frame.groups[:, g]
        reach = (frame.free[:, of_kind] & (frame.group_min[:, g] > 0)[:, None]).sum(axis=0)
        carry = np.minimum(frame.problem.load_max[of_kind], reach)
        need = int(frame.group_min[:, g].sum())
        if need > carry.sum():
            params = {
                "entries": int((frame.group_min[:, g] > 0).sum()),
                "need": need,
                "kind": kind,
                "jurors": int(of_kind.sum()),
                "carry": int(carry.sum()),
            }
            text = (
                "{entries} entries need {need} {kind} seats; {jurors} {kind} jurors carry at "
                "most {carry}."
            )
            usual = max(int(np.median(carry)) if len(carry) else 1, 1)
            more = {"n": -(-(need - int(carry.sum())) // usual), "kind": kind}
            way = Note(
                "add_kind", "Add {n} {kind} jurors, raise their load or ask for fewer.", more
            )
            yield Shortage(note=Note("too_few_of_kind", text, params), ways_out=(way,))


def _least_loads(frame: Frame) -> Iterator[Shortage]:
    least, seats = int(frame.problem.load_min.sum()), int(frame.demand.sum())
    if least > seats:
        even = seats // max(len(frame.jurors), 1)
        params = {"jurors": len(frame.jurors), "least": least, "seats": seats, "even": even}
        text = "{jurors} jurors are to carry at least {least} sheets together; there are {seats}."
        way = Note("lower_least_all", "Lower the least load to {even}.", params)
        yield Shortage(note=Note("least_loads", text, params), ways_out=(way,))
