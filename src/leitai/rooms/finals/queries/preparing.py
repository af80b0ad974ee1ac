"""What is known of heats before their day: lists, what is missing, who is on stage when."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from leitai.rooms.contests.models import Contest, Edition
from leitai.rooms.finals.models import Cue, HallSeat, Heat, Lot, Order, Session, Slot
from leitai.rooms.finals.queries.hall import Hall, heat_hall, newest_order
from leitai.rooms.finals.rules import PITCHING, HeatState, SessionState, readiness, timetable
from leitai.rooms.jury.models import Conflict, Juror
from leitai.rooms.jury.rules import JurorKind, JurorState
from leitai.rooms.stages.models import Stage
from leitai.rooms.stages.rules import State as StageState
from leitai.rooms.submissions.models import Entry


def live_stages(contest: Contest) -> list[Stage]:
    """In order; on paper there are no heats."""
    return [stage for stage in contest.stages.order_by("order") if stage.rule.kind == "live"]


def listed(heats: QuerySet[Heat]) -> QuerySet[Heat]:
    """With what lists tell of a heat: `inside`, `seated`, `has_order`."""
    inside = Count("slots", filter=Q(slots__state__in=PITCHING), distinct=True)
    seated = Count("seats", filter=Q(seats__stood_down_at=None), distinct=True)
    ordered = Exists(Order.objects.filter(heat=OuterRef("pk")))
    return heats.annotate(inside=inside, seated=seated, has_order=ordered).order_by(
        "stage__order", "number"
    )


def heats_of(stages: Iterable[Stage]) -> dict[int, list[Heat]]:
    """By stage. One query."""
    found: dict[int, list[Heat]] = {stage.pk: [] for stage in stages}
    for heat in listed(Heat.objects.filter(stage__in=found).select_related("scenario")):
        found[heat.stage_id].append(heat)
    return found


def public_heats(edition: Edition) -> QuerySet[Heat]:
    """Of all contests of an edition, the earliest first."""
    heats = Heat.objects.filter(stage__contest__edition=edition).select_related(
        "stage__contest__edition", "scenario"
    )
    return listed(heats).order_by("stage__contest", "stage__order", "starts_at", "number")


def announced(contest: Contest) -> QuerySet[Heat]:
    """Heats of which the public may read."""
    return Heat.objects.filter(stage__contest=contest).exclude(state=HeatState.PLANNED)


def turns_ahead(user: Any) -> list[Slot]:
    """Announced heats in which somebody's own entries pitch and that are not over, the next
    first."""
    slots = Slot.objects.filter(
        entry__members__user=user, heat__state__in=[HeatState.READY, HeatState.LIVE],
        state__in=PITCHING,
    )  # fmt: skip
    return list(slots.select_related("heat", "entry").order_by("heat__starts_at", "pk").distinct())


def waiting(stage: Stage) -> QuerySet[Entry]:
    """Entries of the stage that stand in no heat."""
    inside = stage.participations.filter(taken_out_at=None).values("entry_id")
    placed = stage.slots.values("entry_id")
    return Entry.objects.filter(pk__in=inside).exclude(pk__in=placed).order_by("code")


def readiness_of(heat: Heat, at: datetime, *, hall: Hall | None = None) -> list[readiness.Point]:
    return readiness.points(facts(heat, at, hall or heat_hall(heat)))


def facts(heat: Heat, at: datetime, hall: Hall) -> readiness.Facts:
    stage, rule = heat.stage, heat.stage.rule
    pitching = list(hall.pitching)
    cues = list(heat.cues.values_list("slot__entry_id", flat=True))
    rows = [turn.row for turn in pitching]
    return readiness.Facts(
        has_hall=bool(heat.hall_zh or heat.hall_en), has_time=heat.starts_at is not None,
        is_in_stage=heat.starts_at is not None and heat.starts_at in stage.window,
        is_stage_open=stage.state == StageState.OPEN, entries=len(pitching),
        capacity=heat.capacity, seats=len(hall.seats), wanted=rule.panel.per_entry,
        kinds_missing=_kinds_missing(rule.panel.mix, hall), ties=len(hall.tied),
        has_chair=any(seat.is_chair for seat in hall.seats), has_order=hall.order > 0,
        asks_for_lot=bool(rule.live and rule.live.order == "lot"),
        has_lot=heat.lots.exclude(revealed_at=None).exists(),
        out_of_hours=sum(isinstance(r, Slot) and r.is_out_of_hours for r in rows),
        pictures_missing=sum(isinstance(r, Slot) and r.picture_id is None for r in rows),
        cues=len(cues), pitches_missing=len({turn.id for turn in pitching} - set(cues)),
        rehearsals=heat.sessions.filter(is_rehearsal=True).count(),
    )  # fmt: skip


def _kinds_missing(mix: Mapping[str, int], hall: Hall) -> dict[str, int]:
    there = Counter(seat.juror.kind for seat in hall.seats)
    lacking = {kind: n - there[kind] for kind, n in mix.items() if n > there[kind]}
    return {str(JurorKind(kind).label): n for kind, n in lacking.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """The run of show with its clock times."""

    rows: Sequence[tuple[Cue, datetime | None]]
    ends_at: datetime | None
    minutes: int


def show(heat: Heat) -> Show:
    cues = list(heat.cues.select_related("slot__entry", "file"))
    parts = _parts(cues)
    return Show(
        rows=list(zip(cues, timetable.due(parts, starts_at=heat.starts_at))),
        ends_at=timetable.ends(parts, starts_at=heat.starts_at),
        minutes=sum(part.minutes for part in parts),
    )  # fmt: skip


def turns(heat: Heat) -> dict[int, datetime]:
    """When each entry goes on stage, as far as one can say; empty before there is an order."""
    order = newest_order(heat)
    if order is None:
        return {}
    gone = set(heat.slots.exclude(state__in=PITCHING).values_list("entry_id", flat=True))
    return timetable.turns(
        [entry for entry in order.entries if entry not in gone],
        _parts(heat.cues.select_related("slot")), starts_at=heat.starts_at,
        turn_minutes=turn_minutes(heat.stage),
    )  # fmt: skip


def turn_minutes(stage: Stage) -> int:
    live = stage.rule.live
    return live.pitch_minutes + live.questions_minutes if live else 15


def _parts(cues: Iterable[Cue]) -> list[timetable.Part]:
    return [
        timetable.Part(minutes=cue.minutes, entry=cue.slot.entry_id if cue.slot else None)
        for cue in cues
    ]


def slots_of(entry: Entry) -> list[Slot]:
    """Where the entry pitches, the newest stage first."""
    related = ("heat__stage__contest__edition", "entry")
    return list(entry.slots.select_related(*related).order_by("-stage__order"))


def newest_lot(heat: Heat) -> Lot | None:
    return heat.lots.order_by("-number").first()


def open_rehearsal(heat: Heat) -> Session | None:
    return heat.sessions.filter(is_rehearsal=True, state=SessionState.OPEN).first()


def real_session(heat: Heat) -> Session | None:
    return heat.sessions.filter(is_rehearsal=False).first()


def turn_length(heat: Heat) -> timedelta:
    return timedelta(minutes=turn_minutes(heat.stage))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """A seat, and the entries of this heat that its juror does not mark."""

    seat: HallSeat
    stands_down_for: Sequence[str]


def seats_with_ties(hall: Hall) -> list[Seated]:
    codes = {turn.id: turn.code for turn in hall.turns}
    return [
        Seated(seat=seat, stands_down_for=sorted(
            codes[entry] for juror, entry in hall.tied if juror == seat.juror_id
        ))
        for seat in hall.all_seats
    ]  # fmt: skip


def seats_bare(hall: Hall) -> list[Seated]:
    """For those who do not read conflicts."""
    return [Seated(seat=seat, stands_down_for=()) for seat in hall.all_seats]


def free_jurors(heat: Heat) -> list[Juror]:
    """Active jurors who do not sit here, each with `tied_here`, to how many entries of this heat.
    Who has a tie to all of them is not in the list."""
    here = heat.seats.filter(stood_down_at=None).values("juror")
    entries = list(heat.slots.filter(state__in=PITCHING).values_list("entry_id", flat=True))
    tied = Conflict.objects.in_force().filter(entry__in=entries).order_by()
    ties = Counter(juror for juror, _e in set(tied.values_list("juror_id", "entry_id")))
    jurors = Juror.objects.filter(contest=heat.stage.contest_id, state=JurorState.ACTIVE)
    known = jurors.exclude(pk__in=here).select_related("organisation")
    found = list(known.order_by("kind", "name"))
    for juror in found:
        juror.tied_here = ties[juror.pk]  # type: ignore[attr-defined]
    return [j for j in found if not entries or ties[j.pk] < len(entries)]
