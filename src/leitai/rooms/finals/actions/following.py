"""When the list of who takes part changes after heats were planned, heats follow."""

from collections import Counter
from datetime import datetime

from django.db import transaction

from leitai.foundation import journal
from leitai.foundation.states import hold, move
from leitai.rooms.finals.actions.orders import add_entry
from leitai.rooms.finals.models import Heat, Slot
from leitai.rooms.finals.rules import PITCHING, SLOT_MOVES, HeatState, SlotState
from leitai.rooms.people.models import User
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import queries as standings
from leitai.rooms.submissions.models import Entry


@transaction.atomic
def follow_list(*, stage: Stage, by: User, at: datetime) -> tuple[int, int]:
    """Entries that were taken out of the stage leave their heats; who came in for one of them
    pitches in the same heat, anybody else where there is most room. Says how many left and came.
    Heats that are closed stay as they are; entries that fit nowhere go on waiting."""
    hold(stage)
    gone = _leave(stage, by=by, at=at)
    waiting = list(_waiting(stage))
    came = 0
    for entry in waiting:
        heat = _heat_for(stage, entry)
        if heat is not None:
            add_entry(heat=heat, entry=entry, by=by, at=at)
            came += 1
    return gone, came


def _leave(stage: Stage, *, by: User, at: datetime) -> int:
    out = dict(stage.participations.exclude(taken_out_at=None).values_list("entry_id", "reason"))
    left = Slot.objects.filter(
        stage=stage, entry__in=out, state__in=[SlotState.WAITING, SlotState.ABSENT]
    )
    slots = list(left.exclude(heat__state=HeatState.CLOSED).order_by("pk"))
    for slot in slots:
        hold(slot)
        if slot.state == SlotState.ABSENT:
            move(slot, SlotState.WAITING, moves=SLOT_MOVES)
        move(slot, SlotState.WITHDRAWN, moves=SLOT_MOVES)
        slot.why = out[slot.entry_id][:300]
        slot.save(update_fields=["why"])
        journal.write("finals.entry_left", about=slot, by=by, at=at, entry=slot.entry_id)
    return len(slots)


def _waiting(stage: Stage) -> list[Entry]:
    inside = stage.participations.filter(taken_out_at=None).values("entry_id")
    placed = stage.slots.values("entry_id")
    return list(Entry.objects.filter(pk__in=inside).exclude(pk__in=placed).order_by("code"))


def _heat_for(stage: Stage, entry: Entry) -> Heat | None:
    """That of the entry whose place it has; or the one with most room."""
    heats = [h for h in stage.heats.all() if h.state != HeatState.CLOSED]
    full = Counter(stage.slots.filter(state__in=PITCHING).values_list("heat_id", flat=True))
    room = {h.pk: h.capacity - full[h.pk] for h in heats}
    open_ = [h for h in heats if room[h.pk] > 0]
    before = _replaced(stage, entry)
    same = [h for h in open_ if h.slots.filter(entry=before).exists()] if before else []
    return next(iter(same or sorted(open_, key=lambda h: (-room[h.pk], h.number))), None)


def _replaced(stage: Stage, entry: Entry) -> int | None:
    """Whose place this reserve got, by the published list of the stage before."""
    earlier = stage.contest.stages.filter(order__lt=stage.order).order_by("-order").first()
    published = standings.published(earlier) if earlier else None
    for change in published.amendments if published else ():
        if change["what"] == "promoted" and change["entries"] == [entry.pk]:
            return change["instead_of"]
    return None
