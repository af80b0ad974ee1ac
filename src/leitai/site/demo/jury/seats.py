"""A seating for the fiction: three jurors an entry, both kinds, nobody in conflict, loads alike.

Rooms have a solver for this; the demo may use it instead and ask `marks` for the sheets.
"""

from collections.abc import Callable, Sequence

from leitai.site.demo.plan import Plan
from leitai.site.demo.shapes import Conflict, Entry, Juror
from leitai.site.demo.words import child

PANEL = 3
Seater = Callable[..., dict[int, tuple[int, ...]]]  # called like `seat` below
EXPERT_BONUS = 2.0  # sheets of load an expert may carry more before another is preferred


def seat(
    plan: Plan,
    *,
    jurors: Sequence[Juror],
    entries: Sequence[Entry],
    conflicts: Sequence[Conflict],
    together: tuple[int, int],
) -> dict[int, tuple[int, ...]]:
    """`together` are two entries given the same three jurors. A late conflict keeps its seat."""
    rng = child(plan.seed, "seats")
    barred = {(c.juror, c.entry) for c in conflicts}
    late = {c.entry: c.juror for c in conflicts if c.is_late}
    active = [juror for juror in jurors if juror.state == "active"]
    load = {juror.number: rng.random() for juror in active}
    order = [entry for entry in entries if entry.status == "valid" and entry.number != together[1]]
    rng.shuffle(order)
    seats: dict[int, tuple[int, ...]] = {}
    for entry in order:
        pair = together if entry.number == together[0] else (entry.number,)
        free = [j for j in active if not any((j.number, e) in barred for e in pair)]
        panel = _panel(entry, free, load, late.get(entry.number))
        for number in pair:
            seats[number] = panel
        for juror in panel:
            load[juror] += len(pair)
    return seats


def _panel(
    entry: Entry, free: Sequence[Juror], load: dict[int, float], fixed: int | None
) -> tuple[int, ...]:
    """The lightest of each kind, then the lightest of all; experts of the scenario go first."""

    def weight(juror: Juror) -> float:
        return load[juror.number] - EXPERT_BONUS * (entry.scenario in juror.expertise)

    panel = [] if fixed is None else [fixed]
    for kind in ("technical", "investor", ""):
        fitting = [j for j in free if j.number not in panel and kind in (j.kind, "")]
        if len(panel) < PANEL:
            panel.append(min(fitting, key=weight).number)
    return tuple(panel)
