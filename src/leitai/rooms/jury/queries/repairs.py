"""A conflict found late: which sheet falls away, and who takes the seat over."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from leitai.algorithms.assignment import Plan, Shortage, Unseatable, repair
from leitai.algorithms.assignment import Seat as Pair
from leitai.rooms.jury import rules
from leitai.rooms.jury.models import Conflict, Juror, Repair, Sheet
from leitai.rooms.jury.queries.seating import Seating, carried, seating
from leitai.rooms.jury.rules import SheetState
from leitai.rooms.stages.models import Stage
from leitai.rooms.submissions.models import Entry, Viewing
from leitai.values.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """One sheet falls away and one juror takes over; or nobody can, and `shortages` say why."""

    falls: Sheet  # recused already, where the juror or an organiser said so
    takes_over: Juror | None
    reason: Mapping[str, Any]
    shortages: tuple[Shortage, ...]


def fallen(conflict: Conflict, stage: Stage) -> Sheet | None:
    """The tied juror's newest sheet on the entry: standing, or recused."""
    states = (SheetState.ASSIGNED, SheetState.SEALED, SheetState.RECUSED)
    rows = Sheet.objects.filter(stage=stage, entry=conflict.entry_id, juror=conflict.juror_id)
    return rows.filter(state__in=states).select_related("juror", "entry").order_by("-pk").first()


def may_repair_conflict(conflict: Conflict, stage: Stage, sheet: Sheet | None) -> Verdict:
    repaired = Repair.objects.filter(fell=sheet, undone_at=None).exists() if sheet else True
    return rules.may_repair_conflict(
        is_lifted=conflict.lifted_at is not None, stage=stage.state, is_repaired=repaired
    )


def mending(conflict: Conflict, stage: Stage, sheet: Sheet) -> Mending:
    """The smallest change there is: everybody else keeps every sheet, and the same question has
    the same answer as long as nothing changes. Eight queries."""
    hall, tied = seating(stage, entry=sheet.entry_id), Pair(conflict.entry.code, conflict.juror_id)
    try:
        plan, added = _seated(_one_seat(hall, tied, carried(stage)))
    except Unseatable as unseatable:
        return Mending(
            falls=sheet, takes_over=None, reason={}, shortages=tuple(unseatable.shortages)
        )
    juror = Juror.objects.select_related("user", "organisation").get(pk=added.juror)
    reason = asdict(plan.reasons[added])
    return Mending(falls=sheet, takes_over=juror, reason=reason, shortages=())


def is_opened(sheet: Sheet) -> bool:
    """Whether its juror has looked at the entry since the sheet was given, or marked it."""
    if sheet.revision or sheet.state == SheetState.SEALED:
        return True
    seen = Viewing.objects.filter(entry=sheet.entry_id, by=sheet.juror.user_id)
    return seen.filter(at__gte=sheet.assigned_at, as_role="juror").exists()


def may_undo_repair(done: Repair) -> Verdict:
    return rules.may_undo_repair(
        is_undone=done.undone_at is not None, is_opened=is_opened(done.fresh)
    )


def repairs(stage: Stage, *, but: QuerySet[Entry], most: int = 20) -> list[Repair]:
    """The newest first, each with `is_opened`, and without entries somebody may not know of."""
    seen = Viewing.objects.filter(
        entry=OuterRef("fresh__entry"), by=OuterRef("fresh__juror__user"), as_role="juror",
        at__gte=OuterRef("fresh__assigned_at"),
    )  # fmt: skip
    touched = Q(fresh__revision__gt=0) | Q(fresh__state=SheetState.SEALED) | Exists(seen)
    rows = Repair.objects.filter(stage=stage).exclude(fresh__entry__in=but)
    people = ("fell__juror", "fresh__juror", "fresh__entry", "by")
    return list(rows.annotate(is_opened=touched).select_related(*people)[:most])


def _seated(hall: Seating) -> tuple[Plan, Pair]:
    """With the kinds the rules want, else with anybody who may."""
    free = replace(hall, needs=tuple(replace(need, mix={}) for need in hall.needs))
    for n, way in enumerate((hall, free)):
        try:
            found = repair(
                way.before, way.needs, way.offers, rules=way.rules, conflicts=way.conflicts,
                fixed=way.fixed, seed=1,
            )  # fmt: skip
        except Unseatable:
            if n:
                raise
        else:
            return found.plan, found.added[0]
    raise AssertionError("the last way returns or raises")


def _one_seat(hall: Seating, tied: Pair, carries: Mapping[int, int]) -> Seating:
    """The panel's other jurors stay, one seat is free; for whoever carries less than the most."""
    active = {offer.id for offer in hall.offers}
    panel = frozenset(
        seat for seat in hall.before
        if seat.entry == tied.entry and seat != tied and seat.juror in active
    )  # fmt: skip
    sits = {seat.juror for seat in panel}
    return replace(
        hall,
        needs=tuple(
            replace(need, k=len(panel) + 1) for need in hall.needs if need.id == tied.entry
        ),
        offers=tuple(
            replace(offer, load_min=0, load_max=1)
            for offer in hall.offers
            if offer.id in sits or offer.load_max > carries.get(int(offer.id), 0)
        ),
        rules=replace(hall.rules, connect=False),
        conflicts=(hall.conflicts | {tied}) - panel,
        fixed=panel,
        before=panel,
    )
