"""A draw is computed in the background, looked at, changed by hand, and then put to work."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from leitai.algorithms.assignment import (
    Fault,
    Plan,
    Repair,
    Shortage,
    Unseatable,
    repair,
    seat,
)
from leitai.algorithms.assignment import Seat as Pair
from leitai.foundation import jobs, journal
from leitai.foundation.refusals import require
from leitai.foundation.states import hold, move
from leitai.rooms.jury import notices, queries, rules
from leitai.rooms.jury.actions.conflicts import derive_conflicts
from leitai.rooms.jury.actions.second_look import Found, Tell, solve_second_look
from leitai.rooms.jury.models import Draw, Juror, Seat, Sheet
from leitai.rooms.jury.rules import DrawState, SheetState
from leitai.rooms.jury.rules.shortages import say_note
from leitai.rooms.stages import actions as stages
from leitai.rooms.stages.models import Stage
from leitai.rooms.stages.rules import State as StageState


def compute_draw(*, draw: Draw, tell: Tell, at: datetime) -> None:
    """The worker's part. The long computing holds no row and no transaction."""
    if draw.state != DrawState.COMPUTING:
        return
    tell(0.01, gettext_noop("looking for conflicts"))
    derive_conflicts(contest=draw.stage.contest, by=None, at=at)
    tell(0.03, gettext_noop("reading entries and jurors"))
    today = queries.seating(draw.stage)
    try:
        found = (solve_second_look if draw.second_look else _solve)(draw, today, tell)
    except Unseatable as unseatable:
        _give_up(draw, unseatable.shortages, at=at)
    else:
        _propose(draw, today, found, at=at)


@transaction.atomic
def swap_seat(*, seat: Seat, juror: Juror, by: Any, at: datetime) -> Seat:
    """Somebody else takes this seat. The checker that proves the solver proves the hand as well."""
    draw = seat.draw
    hold(draw)
    today = queries.seating_of(draw)
    now = today.of_draw(draw)
    old, new = Pair(seat.entry.code, seat.juror_id), Pair(seat.entry.code, juror.pk)
    broken = {str(f): f for f in today.faults([new if s == old else s for s in now])}
    for fault in today.faults(now):
        broken.pop(str(fault), None)
    told = _in_words([broken[key] for key in sorted(broken)])
    require(rules.may_swap(draw.state, faults=told, has_sheet=old in today.fixed))
    seat.juror, seat.is_new = juror, new not in today.before
    seat.reason = {"code": "by_hand", "kind": juror.kind}
    seat.save()
    journal.write(
        "jury.draw_changed", about=draw, by=by, at=at,
        entry=seat.entry_id, before=old.juror, after=juror.pk,
    )  # fmt: skip
    return seat


def _in_words(faults: Iterable[Fault]) -> list[str]:
    """With jurors' names, as the algorithm knows them by number."""
    faults = list(faults)
    names = Juror.objects.in_bulk([f.juror for f in faults if f.juror is not None])
    return [
        say_note({**asdict(f.note), "params": {**f.note.params, "juror": names.get(f.juror, "")}})
        for f in faults
    ]


@transaction.atomic
def deploy_draw(*, draw: Draw, by: Any, at: datetime) -> Draw:
    """Seats become sheets, the stage opens, and each juror with something new gets one letter."""
    stage = draw.stage
    hold(stage)
    hold(draw)
    draw.stage = stage
    today = queries.seating_of(draw)
    faults = today.faults(today.of_draw(draw)) if draw.state == DrawState.PROPOSED else ()
    require(rules.may_deploy(draw.state, stage=stage.state, faults=len(faults)))
    move(draw, DrawState.DEPLOYED, moves=rules.DRAW_MOVES)
    draw.deployed_at = at
    draw.save(update_fields=["deployed_at"])
    recalled = [] if draw.second_look else _recall(draw, at)
    made = _assign(draw, at)
    lines = [journal.compose("jury.sheet_recalled", about=s, by=by, at=at) for s in recalled]
    lines += [journal.compose("jury.sheet_assigned", about=s, by=by, at=at) for s in made]
    lines.append(journal.compose("jury.draw_deployed", about=draw, by=by, at=at, new=len(made)))
    journal.append(journal.book_of(draw), lines)
    _open(stage, by=by, at=at)
    notices.sheets_assigned(stage, made, is_second_look=bool(draw.second_look), at=at)
    notices.jury_moved(stage, at=at)
    return draw


@transaction.atomic
def discard_draw(*, draw: Draw, by: Any, at: datetime) -> Draw:
    hold(draw)
    move(draw, DrawState.DISCARDED, moves=rules.DRAW_MOVES)
    journal.write("jury.draw_discarded", about=draw, by=by, at=at)
    return draw


@transaction.atomic
def cancel_draw(*, draw: Draw, by: Any, at: datetime) -> Draw:
    """While it is being computed; the worker stops when it next says how far it is."""
    if draw.job:
        jobs.cancel(draw.job, at=at)
    return discard_draw(draw=draw, by=by, at=at)


def _solve(draw: Draw, today: queries.Seating, tell: Tell) -> Found:
    """With even loads where the rules leave room for them, else within everybody's limits."""
    ways = [today.evened(floor=False), today]
    for even in ways if draw.keeps_seats else [today.evened(floor=True), *ways]:
        try:
            plan, moved = _seat(draw, even, tell)
        except Unseatable:
            if even is today:
                raise
        else:
            reasons = {pair: asdict(plan.reasons[pair]) for pair in plan.seats}
            return Found(reasons, _figures(today, plan, moved))
    raise AssertionError("the last way returns or raises")


def _seat(draw: Draw, today: queries.Seating, tell: Tell) -> tuple[Plan, Repair | None]:
    def told(share: float, doing: str) -> None:
        tell(0.05 + 0.9 * share, doing)

    needs, offers = today.needs, today.offers
    settled = {"rules": today.rules, "conflicts": today.conflicts, "fixed": today.fixed}
    if draw.keeps_seats:
        found = repair(today.before, needs, offers, seed=draw.seed, report=told, **settled)
        return found.plan, found
    return seat(needs, offers, objective="fair", seed=draw.seed, report=told, **settled), None


@transaction.atomic
def _propose(draw: Draw, today: queries.Seating, found: Found, *, at: datetime) -> None:
    """A proposal that was cancelled meanwhile is thrown away."""
    hold(draw)
    if draw.state != DrawState.COMPUTING:
        return
    move(draw, DrawState.PROPOSED, moves=rules.DRAW_MOVES)
    Seat.objects.bulk_create(
        [
            Seat(
                draw=draw, entry_id=today.entry_ids[str(pair.entry)], juror_id=pair.juror,
                reason=reason, is_new=pair not in today.before,
            )
            for pair, reason in found.seats.items()
        ],
        batch_size=2000,
    )  # fmt: skip
    draw.figures = found.figures
    draw.save(update_fields=["figures"])
    journal.write("jury.draw_proposed", about=draw, by=None, at=at, seats=len(found.seats))


def _figures(today: queries.Seating, plan: Plan, moved: Repair | None) -> dict[str, Any]:
    figures = plan.figures
    found = {
        "entries": len(today.needs),
        "jurors": len(today.offers),
        "seats": len(plan.seats),
        "total": round(figures.total, 4),
        "bound": round(figures.bound, 4),
        "worst_off": round(figures.worst_off, 4),
        "loads": {str(load): n for load, n in sorted(figures.loads.items())},
        "components": list(figures.components),
    }
    if moved is not None:
        kept = len(set(plan.seats) & today.before)
        found |= {
            "kept": kept, "added": len(moved.added), "moved": len(moved.moved),
            "orphaned": len(moved.orphaned), "loss": round(moved.loss, 4),
        }  # fmt: skip
    return found


@transaction.atomic
def _give_up(draw: Draw, shortages: Iterable[Shortage], *, at: datetime) -> None:
    hold(draw)
    if draw.state != DrawState.COMPUTING:
        return
    move(draw, DrawState.FAILED, moves=rules.DRAW_MOVES)
    draw.shortages = [asdict(shortage) for shortage in shortages]
    draw.save(update_fields=["shortages"])
    journal.write("jury.draw_failed", about=draw, by=None, at=at, n=len(draw.shortages))


def _recall(draw: Draw, at: datetime) -> list[Sheet]:
    """Open sheets that the draw does not seat are taken back; sealed ones never are."""
    seats = set(draw.seats.values_list("entry_id", "juror_id"))
    here = Sheet.objects.open().filter(stage=draw.stage).select_for_update(no_key=True)
    gone = [sheet for sheet in here if (sheet.entry_id, sheet.juror_id) not in seats]
    Sheet.objects.filter(pk__in=[sheet.pk for sheet in gone]).update(
        state=SheetState.RECALLED, changed_at=at
    )
    return gone


def _assign(draw: Draw, at: datetime) -> list[Sheet]:
    standing = Sheet.objects.standing().filter(stage=draw.stage)
    have = set(standing.values_list("entry_id", "juror_id"))
    return Sheet.objects.bulk_create(
        [
            Sheet(
                stage=draw.stage, entry_id=seat.entry_id, juror_id=seat.juror_id,
                reason=rules.reason_of_sheet(seat.reason), assigned_at=at, changed_at=at,
            )
            for seat in draw.seats.order_by("pk")
            if (seat.entry_id, seat.juror_id) not in have
        ],
        batch_size=2000,
    )  # fmt: skip


def _open(stage: Stage, *, by: Any, at: datetime) -> None:
    """The first draw opens the stage; a repair finds it open."""
    if stage.state == StageState.PLANNED:
        stages.open_stage(stage=stage, by=by, at=at)
