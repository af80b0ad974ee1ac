"""Previews: which entry would pitch in which heat, and who would sit on the juries."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from leitai.algorithms.assignment import EntryNeed, Rules, Seat, Unseatable
from leitai.algorithms.assignment import seat as seat_panels
from leitai.rooms.finals.models import Heat, Slot
from leitai.rooms.finals.rules import PITCHING, HeatState, hours, planning
from leitai.rooms.finals.rules.planning import Candidate, Plan, Wish
from leitai.rooms.jury import queries as jury
from leitai.rooms.jury.models import Conflict
from leitai.rooms.stages.models import Stage
from leitai.rooms.submissions.models import Entry

HOME_COUNTRIES = ("", "CN")


def candidates(stage: Stage) -> list[Candidate]:
    """Everybody who takes part; where they come from, and the clock there. One query."""
    inside = stage.participations.filter(taken_out_at=None).values("entry_id")
    rows = Entry.objects.filter(pk__in=inside).order_by("code")
    columns = ("pk", "code", "scenario__code", "country", "region")
    return [
        Candidate(
            entry=pk, code=code, scenario=scenario or "",
            place=country if country not in HOME_COUNTRIES else region or "CN",
            time_zone=hours.zone_of(country),
        )
        for pk, code, scenario, country, region in rows.values_list(*columns)
    ]  # fmt: skip


def plan(stage: Stage, wish: Wish) -> Plan:
    """What `actions.plan_heats` would put to work, if `planning.may_plan` allows it."""
    return planning.plan(candidates(stage), wish)


def plan_faults(stage: Stage, wish: Wish) -> list[Any]:
    """What is wrong with the heats as they stand, also after entries were moved by hand."""
    heats = stage.heats.prefetch_related("slots")
    made = Plan(
        heats=tuple(
            planning.HeatPlan(
                number=h.number, groups=(),
                entries=tuple(s.entry_id for s in h.slots.all() if s.state in PITCHING),
            )
            for h in heats
        )
    )  # fmt: skip
    return planning.faults(made, candidates(stage), wish)


@dataclass(frozen=True, slots=True, kw_only=True)
class JuryWish:
    """`strict`: nobody sits where there is a tie to any entry of the heat; otherwise they stand
    down for that entry, if at most `most_ties` entries ask for it. `each`: most heats a juror."""

    strict: bool = True
    most_ties: int = 1
    each: int = 1
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class JuryPlan:
    """Seats by heat with their reasons; or why there are none, as kept notes."""

    seats: Mapping[int, Sequence[tuple[int, dict[str, Any]]]]  # heat: (juror, reason), in order
    shortages: Sequence[dict[str, Any]] = ()

    @property
    def digest(self) -> str:
        rows = [
            [heat, [juror for juror, _why in rows]] for heat, rows in sorted(self.seats.items())
        ]
        return hashlib.sha256(json.dumps(sorted(rows)).encode()).hexdigest()


def jury_plan(stage: Stage, wish: JuryWish) -> JuryPlan:
    """Juries for the heats that have not begun, of the size and kinds the rules ask for and one a
    house; by the same method that seats panels on paper."""
    heats = list(stage.heats.exclude(state__in=[HeatState.LIVE, HeatState.CLOSED]))
    entries = _entries(heats)
    panel = stage.rule.panel
    try:
        made = seat_panels(
            [_need(heat, entries[heat.pk]) for heat in heats],
            [replace(o, load_max=wish.each, load_min=0) for o in jury.seating(stage).offers],
            rules=Rules(
                k=panel.per_entry, mix=dict(panel.mix), match_language=False, connect=False,
                one_per_organisation=panel.one_per_organisation,
            ),
            conflicts=_kept_apart(heats, entries, wish), seed=wish.seed,
        )  # fmt: skip
    except Unseatable as failure:
        return JuryPlan(seats={}, shortages=[asdict(s) for s in failure.shortages])
    by_name = {_name(heat): heat.pk for heat in heats}
    found: dict[int, list[tuple[int, dict[str, Any]]]] = {heat.pk: [] for heat in heats}
    for pair in sorted(made.seats):
        found[by_name[str(pair.entry)]].append((int(pair.juror), asdict(made.reasons[pair])))
    return JuryPlan(seats=found)


def _entries(heats: Sequence[Heat]) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    slots = Slot.objects.filter(heat__in=heats, state__in=PITCHING).select_related(
        "entry__scenario"
    )
    for slot in slots:
        found[slot.heat_id].append(slot.entry)
    return found


def _name(heat: Heat) -> str:
    return f"H{heat.number:02d}"


def _need(heat: Heat, entries: Sequence[Entry]) -> EntryNeed:
    tags = {tag.casefold() for entry in entries for tag in entry.tags}
    tags |= {entry.scenario.code.casefold() for entry in entries if entry.scenario}
    return EntryNeed(id=_name(heat), tags=frozenset(tags))


def _kept_apart(
    heats: Sequence[Heat], entries: Mapping[int, Sequence[Entry]], wish: JuryWish
) -> frozenset[Seat]:
    at = {entry.pk: heat for heat in heats for entry in entries[heat.pk]}
    ties: dict[tuple[str, int], set[int]] = defaultdict(set)
    rows = Conflict.objects.in_force().filter(entry__in=at).order_by()
    for entry, juror in rows.values_list("entry_id", "juror_id"):
        ties[_name(at[entry]), juror].add(entry)
    most = 0 if wish.strict else wish.most_ties
    return frozenset(Seat(h, juror) for (h, juror), tied in ties.items() if len(tied) > most)
