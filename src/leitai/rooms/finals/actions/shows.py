"""The run of show."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible
from leitai.foundation.states import hold
from leitai.rooms.finals.models import Cue, Heat
from leitai.rooms.finals.rules import PITCHING, CueKind, shows
from leitai.rooms.people.models import User
from leitai.values.verdict import no

FIELDS = frozenset({"kind", "title_zh", "title_en", "minutes", "slot", "file"})


@transaction.atomic
def write_show(*, heat: Heat, by: User, at: datetime) -> list[Cue]:
    """A run of show to begin with, from the order; one that was there before makes room."""
    hold(heat)
    slots = heat.slots.filter(state__in=PITCHING).values_list("pk", "entry__code")
    live = heat.stage.rule.live
    turn = live.pitch_minutes + live.questions_minutes if live else 15
    heat.cues.all().delete()
    made = Cue.objects.bulk_create(
        Cue(heat=heat, position=n, kind=cue.kind, title_zh=cue.zh, title_en=cue.en,
            minutes=cue.minutes, slot_id=cue.slot)
        for n, cue in enumerate(shows.written(list(slots), turn=turn), start=1)
    )  # fmt: skip
    journal.write("finals.show_written", about=heat, by=by, at=at, n=len(made))
    return made


@transaction.atomic
def add_cue(*, heat: Heat, fields: Mapping[str, Any], by: User, at: datetime) -> Cue:
    """At the end."""
    hold(heat)
    cue = Cue(heat=heat, position=heat.cues.count() + 1)
    _set(cue, fields)
    cue.save()
    journal.write("finals.cue_added", about=cue, by=by, at=at, kind=cue.kind)
    return cue


@transaction.atomic
def change_cue(*, cue: Cue, fields: Mapping[str, Any], by: User, at: datetime) -> Cue:
    hold(cue.heat)
    hold(cue)
    _set(cue, fields)
    cue.save()
    journal.write("finals.cue_changed", about=cue, by=by, at=at)
    return cue


def _set(cue: Cue, fields: Mapping[str, Any]) -> None:
    for name in FIELDS & set(fields):
        setattr(cue, name, fields[name])
    if cue.kind not in CueKind.values or (cue.slot and cue.slot.heat_id != cue.heat_id):
        raise NotPossible(no("no_such_cue", _("Please choose a kind, and an entry of this heat.")))


@transaction.atomic
def move_cue(*, cue: Cue, position: int, by: User, at: datetime) -> Cue:
    """To this place of the list, counted from 1; the others close up."""
    heat = cue.heat
    hold(heat)
    cues = [c for c in heat.cues.all() if c.pk != cue.pk]
    cues.insert(max(0, min(position - 1, len(cues))), cue)
    for n, one in enumerate(cues, start=1):
        one.position = n
    Cue.objects.bulk_update(cues, ["position"])
    journal.write("finals.cue_moved", about=cue, by=by, at=at, position=cue.position)
    return cue


@transaction.atomic
def remove_cue(*, cue: Cue, by: User, at: datetime) -> None:
    heat = cue.heat
    hold(heat)
    journal.write("finals.cue_removed", about=cue, by=by, at=at)
    cue.delete()
    for n, one in enumerate(heat.cues.all(), start=1):
        Cue.objects.filter(pk=one.pk).update(position=n)
