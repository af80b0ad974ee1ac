"""Results of heats, what was changed on the way, and who goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from leitai.foundation.models import Line
from leitai.rooms.finals.models import Heat, Recount, Result, Slot
from leitai.rooms.finals.rules import going_on
from leitai.rooms.jury.models import Sheet
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import queries as standings
from leitai.rooms.standings.models import Place, Standing
from leitai.rooms.standings.rules import Outcome
from leitai.rooms.standings.rules.amending import special


def ranked(result: Result, slots: Sequence[Slot]) -> list[dict[str, Any]]:
    """The rows of a result with their entries, the best first."""
    by_entry = {slot.entry_id: slot for slot in slots}
    rows = [{**row, "slot": by_entry.get(row["entry"])} for row in result.rows]
    return sorted(rows, key=lambda r: (r["place"] is None, r["place"] or 0, r["code"]))


def beside(result: Result, recount: Recount, slots: Sequence[Slot]) -> list[dict[str, Any]]:
    """The result row by row, with what the recount found."""
    again = {row["entry"]: row for row in recount.rows}
    wrong = set(recount.faults)
    return [
        {**row, "again": again.get(row["entry"]), "differs": row["entry"] in wrong}
        for row in ranked(result, slots)
    ]


def changes(heat: Heat) -> QuerySet[Line]:
    """Everything the journal holds about a heat, the newest first: sessions, order, seats, marks
    that were opened again, results."""
    entries = heat.slots.values("entry")
    of = {
        "finals.session": heat.sessions.all(), "finals.slot": heat.slots.all(),
        "finals.order": heat.orders.all(), "finals.lot": heat.lots.all(),
        "finals.second": heat.seconds.all(), "finals.tietalk": heat.tie_talks.all(),
        "finals.result": heat.results.all(), "finals.hallseat": heat.seats.all(),
        "finals.recount": Recount.objects.filter(result__heat=heat),
        "jury.sheet": Sheet.objects.filter(stage=heat.stage_id, entry__in=entries),
    }  # fmt: skip
    about = Q(about_type="finals.heat", about_id=heat.pk)
    for kind, rows in of.items():
        about |= Q(about_type=kind, about_id__in=rows.order_by().values("pk"))
    book = f"contest:{heat.book_contest_id}"
    return Line.objects.filter(about, book=book).select_related("by").order_by("-number")


def sealed_sheets(heat: Heat) -> list[Sheet]:
    """Of this heat's entries, in the order of their turns."""
    place = dict(heat.slots.values_list("entry_id", "position"))
    sheets = Sheet.objects.standing().filter(
        stage=heat.stage_id, entry__in=place, sealed_at__isnull=False
    )
    found = list(sheets.select_related("entry", "juror"))
    return sorted(found, key=lambda s: (place[s.entry_id], s.juror.name, s.pk))


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """Who goes on, told apart by the way they came."""

    standing: Standing
    direct: Sequence[tuple[Heat, Sequence[Place]]]
    wild: Sequence[Place]
    special: Sequence[Place]
    reserves: Sequence[Place]


def going_on_from(stage: Stage) -> Doors | None:
    """From the newest standing; none before there is one. Constant queries."""
    standing = standings.newest(stage)
    if standing is None:
        return None
    heats = {heat.number: heat for heat in stage.heats.all()}
    number_of = dict(stage.slots.values_list("entry_id", "heat__number"))
    places = list(
        standing.places.filter(outcome__in=[Outcome.IN, Outcome.RESERVE])
        .select_related("entry__scenario")
        .order_by("rank", "pk")
    )
    beside_quota = special(standing.amendments)
    found = going_on.split(
        [
            going_on.Stand(
                entry=p.entry_id, heat=number_of.get(p.entry_id, 0), heat_place=p.group_rank,
                outcome=p.outcome, is_special=p.entry_id in beside_quota,
            )
            for p in places
        ],
        floor=stage.rule.quota.floor,
    )  # fmt: skip
    by_entry = {p.entry_id: p for p in places}

    def rows(entries: Sequence[int]) -> list[Place]:
        return [by_entry[entry] for entry in entries]

    return Doors(
        standing=standing, wild=rows(found.wild), special=rows(found.special),
        reserves=rows(found.reserves),
        direct=[(heat, rows(found.direct.get(n, []))) for n, heat in sorted(heats.items())],
    )  # fmt: skip
