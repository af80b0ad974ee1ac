"""The jury is drawn by the same solver that organisers use; the fiction only asks for marks."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from leitai.algorithms.assignment import EntryNeed, JurorOffer, Rules, Seat, Unseatable
from leitai.algorithms.assignment import seat as solve
from leitai.algorithms.assignment.frame import Frame, frame
from leitai.algorithms.assignment.reasons import figures, reasons
from leitai.rooms.jury.rules import Group, even_loads
from leitai.site.demo.jury import seats as fiction
from leitai.site.demo.jury.people import technique_tags
from leitai.site.demo.load import forms
from leitai.site.demo.plan import Plan
from leitai.site.demo.shapes import Conflict, Entry, Juror

MIX = {"technical": 1, "investor": 1}
RULES = Rules(k=3, mix=MIX)
SPARE = 3  # sheets above or below the even load; two entries share a panel


def juror_tags(juror: Juror) -> list[str]:
    words = [word for text in technique_tags(juror) for word in text]
    return [*juror.expertise, *(word for word in words if len(word) <= 40)]


@dataclass
class Drawn:
    """Called like the fiction's own `seat`, and keeps what a draw's page tells."""

    seed: int = 0
    bound: float = 0.0
    figures: dict[str, Any] = field(default_factory=dict)
    reasons: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)

    def __call__(
        self,
        plan: Plan,
        *,
        jurors: Sequence[Juror],
        entries: Sequence[Entry],
        conflicts: Sequence[Conflict],
        together: tuple[int, int],
    ) -> dict[int, tuple[int, ...]]:
        """`together` are two entries given the same panel; a late conflict keeps its seat."""
        self.seed = plan.seed
        active = [j for j in jurors if j.state == "active"]
        valid = [e for e in entries if e.status == "valid"]
        ties = [(c.entry, c.juror) for c in conflicts if not c.is_late]
        shared = [(together[0], juror) for entry, juror in ties if entry == together[1]]
        settled: dict[str, Any] = {
            "rules": RULES,
            "conflicts": frozenset(Seat(*tie) for tie in (*ties, *shared)),
            "fixed": frozenset(Seat(c.entry, c.juror) for c in conflicts if c.is_late),
        }
        needs = [_need(e) for e in valid if e.number != together[1]]
        for floor in (True, False):
            offers = _offers(active, seats=RULES.k * len(valid), floor=floor)
            try:
                found = solve(needs, offers, objective="fair", seed=plan.seed, **settled)
                break
            except Unseatable:
                continue
        else:  # a jury of a few, where only the fiction's looser way fits
            return self._told(plan, jurors, entries, conflicts, together)
        panels: dict[int, list[int]] = {}
        for one in sorted(found.seats):
            panels.setdefault(int(one.entry), []).append(int(one.juror))
        panels[together[1]] = panels[together[0]]
        seats = {number: tuple(panel) for number, panel in panels.items()}
        self._keep(valid, active, ties, seats, bound=found.figures.bound)
        return seats

    def _told(
        self, plan: Plan, jurors: Any, entries: Any, conflicts: Any, together: tuple[int, int]
    ) -> dict[int, tuple[int, ...]]:
        seats = fiction.seat(
            plan, jurors=jurors, entries=entries, conflicts=conflicts, together=together
        )
        active = [j for j in jurors if j.state == "active"]
        valid = [e for e in entries if e.status == "valid"]
        ties = [(c.entry, c.juror) for c in conflicts if not c.is_late]
        self._keep(valid, active, ties, seats, bound=0.0)
        return seats

    def _keep(
        self,
        valid: list[Entry],
        active: list[Juror],
        ties: list[tuple[int, int]],
        seats: dict[int, tuple[int, ...]],
        *,
        bound: float,
    ) -> None:
        """Reasons and figures for the seats as they are in the end."""
        offers = _offers(active, seats=RULES.k * len(valid), floor=False)
        barred = frozenset(Seat(*tie) for tie in ties)
        framed = frame([_need(e) for e in valid], offers, rules=RULES, conflicts=barred)
        places = _places(framed, seats)
        drawn = np.zeros(len(places), bool)  # afresh: nobody sat here before
        told = reasons(framed, places, kept=drawn, joined=drawn)
        self.reasons = {(int(s.entry), int(s.juror)): asdict(r) for s, r in told.items()}
        made = figures(framed, places, bound=bound)
        self.figures = {
            "entries": len(valid), "jurors": len(active), "seats": len(places),
            "total": round(made.total, 4), "bound": round(max(bound, made.total), 4),
            "worst_off": round(made.worst_off, 4),
            "loads": {str(load): n for load, n in sorted(made.loads.items())},
            "components": list(made.components),
        }  # fmt: skip


def _places(framed: Frame, seats: dict[int, tuple[int, ...]]) -> Any:
    """Where the seats stand among the problem's pairs."""
    wanted = np.array(
        sorted(
            framed.at_entry[entry] * len(framed.jurors) + framed.at_juror[juror]
            for entry, panel in seats.items()
            for juror in panel
        )
    )
    return np.searchsorted(framed.problem.pair_key, wanted)


def _need(entry: Entry) -> EntryNeed:
    words = [entry.scenario, *forms.tags(entry)]
    return EntryNeed(id=entry.number, tags=frozenset(word.casefold() for word in words))


def _offers(active: list[Juror], *, seats: int, floor: bool) -> list[JurorOffer]:
    """Everybody carries alike, as far as kinds allow."""
    kinds = [juror.kind for juror in active]
    groups = {kind: Group(kinds.count(kind), seats // RULES.k) for kind in MIX}
    even = even_loads(seats, groups)
    return [
        JurorOffer(
            id=juror.number,
            kind=juror.kind,
            load_max=even[juror.kind][1] + SPARE,
            load_min=max(even[juror.kind][0] - SPARE, 0) if floor else 0,
            tags=frozenset(word.casefold() for word in juror_tags(juror)),
            organisation=juror.organisation.zh,
        )
        for juror in active
    ]  # fmt: skip
