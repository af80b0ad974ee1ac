"""Seats on top of the usual ones: how many there are, who may take them, where they tell most."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from django.db.models import Count

from leitai.algorithms.assignment import Seat as Pair
from leitai.algorithms.calibration import ExtraReview, second_round
from leitai.algorithms.formulas import Sheet as Total
from leitai.rooms.contests.rules.reckoning import total
from leitai.rooms.jury import rules
from leitai.rooms.jury.models import Draw, Juror, Sheet
from leitai.rooms.jury.queries.jurors import may_draw
from leitai.rooms.jury.queries.marks import marks
from leitai.rooms.jury.queries.seating import Seating, seating
from leitai.rooms.jury.rules import JurorState
from leitai.rooms.stages.models import Stage
from leitai.values.verdict import Verdict


def may_look_again(stage: Stage, *, entries: int = 0, each: int = 0, budget: int = 0) -> Verdict:
    """Whether so many more reviews may be asked for now; three queries and `may_draw`'s."""
    if not (may := may_draw(stage)):
        return may
    sealed = Sheet.objects.sealed().filter(stage=stage).count()
    return rules.may_look_again(
        sealed=sealed, entries=entries, each=each, budget=budget, room=sum(room(stage).values())
    )


def room(stage: Stage) -> dict[int, int]:
    """How many more sheets each active juror can take; two queries."""
    panel = stage.rule.panel
    standing = Sheet.objects.standing().filter(stage=stage).order_by().values("juror")
    carries = dict(standing.annotate(n=Count("pk")).values_list("juror", "n"))
    active = Juror.objects.filter(contest=stage.contest_id, state=JurorState.ACTIVE)
    return {
        juror: max((panel.load_max if most is None else most) - carries.get(juror, 0), 0)
        for juror, most in active.values_list("pk", "load_max")
    }


def seating_of(draw: Draw) -> Seating:
    """The hall as this draw finds it; a second look sees only the seats that are new."""
    today = seating(draw.stage)
    if not draw.second_look:
        return today
    sizes = Counter(draw.seats.values_list("entry__code", flat=True))
    return fresh(today, sizes=sizes, mixes={})


def fresh(
    today: Seating, *, sizes: Mapping[str, int], mixes: Mapping[str, Mapping[str, int]]
) -> Seating:
    """Only seats on top of those there are: nobody who has the sheet already, nor a colleague of
    theirs where the rule forbids it, and nobody beyond the load they have left."""
    carries = Counter(seat.juror for seat in today.before)
    return replace(
        today,
        needs=tuple(
            replace(need, k=sizes[str(need.id)], mix=dict(mixes.get(str(need.id), {})))
            for need in today.needs
            if need.id in sizes
        ),
        offers=tuple(
            replace(offer, load_min=0, load_max=max(offer.load_max - carries[offer.id], 0))
            for offer in today.offers
        ),
        rules=replace(today.rules, mix={}, connect=False),
        conflicts=today.conflicts | today.before | frozenset(_colleagues(today, sizes)),
        fixed=frozenset(),
        before=frozenset(),
    )


def telling(stage: Stage, today: Seating, *, asked: Mapping[str, Any], seed: int) -> Any:
    """Where a budget of reviews tells most, and who should give them."""
    rule, codes = stage.rule, {pk: code for code, pk in today.entry_ids.items()}
    given = [
        Total(entry=codes[s.entry], juror=s.juror, score=total(rule, s.marks))
        for s in marks(stage)
        if s.entry in codes
    ]
    hall = fresh(today, sizes=dict.fromkeys(today.entry_ids, 1), mixes={})
    shares, by_group = asked["places"], asked["by_group"]
    found: tuple[ExtraReview, ...] = second_round(
        given,
        places=shares if by_group else sum(shares.values()),
        groups={n.id: n.group or "" for n in hall.needs} if by_group else None,
        budget=asked["budget"],
        room={offer.id: offer.load_max for offer in hall.offers},
        barred={(seat.entry, seat.juror) for seat in hall.conflicts} | set(_unread(hall)),
        kinds={offer.id: offer.kind for offer in hall.offers},
        most=rules.most_of_kinds(
            asked["budget"], mix=dict(rule.panel.mix), per_entry=today.rules.k
        ),
        houses=_houses(hall) if today.rules.one_per_organisation else None,
        entries=[need.id for need in hall.needs],
        better=rule.direction,
        seed=seed,
    )
    return found


def _colleagues(today: Seating, sizes: Mapping[str, int]) -> Iterator[Pair]:
    """Jurors of a house that has somebody on the panel."""
    if not today.rules.one_per_organisation:
        return
    house = _houses(today)
    members: dict[str, list[int]] = {}
    for juror, name in house.items():
        members.setdefault(name, []).append(juror)
    for seat in today.before:
        if seat.entry in sizes and seat.juror in house:
            yield from (Pair(seat.entry, juror) for juror in members[house[int(seat.juror)]])


def _houses(today: Seating) -> dict[Any, str]:
    return {int(o.id): o.organisation for o in today.offers if o.organisation}


def _unread(hall: Seating) -> Iterator[tuple[Any, Any]]:
    """Entries in languages a juror does not read."""
    speak = [offer for offer in hall.offers if offer.languages]
    for need, offer in product(hall.needs, speak):
        if need.languages and not need.languages & offer.languages:
            yield need.id, offer.id
