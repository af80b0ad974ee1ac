"""Seats on top of the usual ones, computed: for a whole band, or where a budget tells most."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_noop

from leitai.algorithms.assignment import Plan, Unseatable, seat
from leitai.algorithms.assignment import Seat as Pair
from leitai.rooms.jury import queries, rules
from leitai.rooms.jury.models import Draw
from leitai.rooms.jury.rules import SecondLook

Tell = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Found:
    """What a draw came to: each seat with its reason, and the figures of the whole."""

    seats: Mapping[Pair, dict[str, Any]]
    figures: dict[str, Any]


def solve_second_look(draw: Draw, today: queries.Seating, tell: Tell) -> Found:
    """Raises `Unseatable` where the jurors who are left cannot give these reviews."""
    if draw.second_look == SecondLook.BAND:
        return _of_band(draw, today, tell)
    return _telling(draw, today, tell)


def _of_band(draw: Draw, today: queries.Seating, tell: Tell) -> Found:
    """Kinds in their shares and loads even, as far as both can be had."""
    ranks = {int(entry): rank for entry, rank in draw.asked["ranks"].items()}
    band = [e for e in sorted(today.entry_ids, key=lambda c: ranks.get(today.entry_ids[c], 0))
            if today.entry_ids[e] in ranks]  # fmt: skip
    each, panel = draw.asked["each"], draw.stage.rule.panel
    kinds = rules.kinds_of_band(len(band), each=each, mix=panel.mix, per_entry=panel.per_entry)
    sizes = dict.fromkeys(band, each)
    mixed = queries.fresh(today, sizes=sizes, mixes=dict(zip(band, kinds, strict=True)))
    plain = queries.fresh(today, sizes=sizes, mixes={})
    plan = _first_that_holds(
        [mixed.evened(floor=False), mixed, plain.evened(floor=False), plain], draw.seed, tell
    )
    reasons = {
        pair: asdict(plan.reasons[pair]) | {"rank": ranks[today.entry_ids[str(pair.entry)]]}
        for pair in plan.seats
    }
    fit = {
        "total": round(plan.figures.total, 4),
        "bound": round(plan.figures.bound, 4),
        "worst_off": round(plan.figures.worst_off, 4),
    }
    return Found(reasons, _figures(today, reasons) | fit)


def _first_that_holds(ways: list[queries.Seating], seed: int, tell: Tell) -> Plan:
    def told(share: float, doing: str) -> None:
        tell(0.05 + 0.9 * share, doing)

    for n, hall in enumerate(ways, 1):
        try:
            return seat(
                hall.needs, hall.offers, rules=hall.rules, conflicts=hall.conflicts,
                objective="fair", seed=seed, report=told,
            )  # fmt: skip
        except Unseatable:
            if n == len(ways):
                raise
    raise AssertionError("the last way returns or raises")


def _telling(draw: Draw, today: queries.Seating, tell: Tell) -> Found:
    tell(0.2, gettext_noop("finding where one more review tells most"))
    kinds = {offer.id: offer.kind for offer in today.offers}
    reasons = {
        Pair(extra.entry, extra.juror): {
            "code": "telling", "kind": kinds[extra.juror], "chance": round(100 * extra.p_in),
        }
        for extra in queries.telling(draw.stage, today, asked=draw.asked, seed=draw.seed)
    }  # fmt: skip
    return Found(reasons, _figures(today, reasons))


def _figures(today: queries.Seating, seats: Mapping[Pair, Any]) -> dict[str, Any]:
    """Loads are of the new sheets alone."""
    loads: dict[Any, int] = {}
    for pair in seats:
        loads[pair.juror] = loads.get(pair.juror, 0) + 1
    carried = sorted(loads.values())
    return {
        "entries": len({pair.entry for pair in seats}),
        "jurors": len(loads),
        "seats": len(seats),
        "loads": {str(load): carried.count(load) for load in dict.fromkeys(carried)},
        "before": len(today.before),
    }
