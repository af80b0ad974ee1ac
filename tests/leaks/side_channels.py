"""A second world that differs from the first in nothing that somebody may see."""

import json
from typing import Any

from django.apps import apps

from leitai.foundation.models import Letter
from leitai.rooms.contests.testing import NOON
from leitai.rooms.jury.models import Discussion, Remark, Sheet
from leitai.rooms.messages.models import Mailing
from leitai.rooms.people.testing import a_person
from leitai.rooms.standings.models import Place
from leitai.rooms.submissions.actions import vector_of
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import State
from leitai.rooms.submissions.testing import an_entry
from tests.leaks.canaries import Canary
from tests.leaks.crawl import is_allowed

FAR = 10**6  # a number that no walk tries
TURNED = str.maketrans("abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba")


def turned(word: str) -> str:
    """Another word of the same length; those that came first in order come last."""
    return f"qxz{word[3:7].translate(TURNED)}q"


def change_what_is_hidden(world: Any, role: str) -> int:
    """Each word this person may not read becomes another one; how many they were."""
    hidden = [c for c in world.canaries.values() if c.pk and not is_allowed(world, role, c)]
    for canary in hidden:
        if canary.word.startswith("qxz"):
            _turn(canary)
    kinds = {canary.kind for canary in hidden}
    if "standing" in kinds:
        _swap_places(world)
    if "mark" in kinds:
        _move_marks(world, role)
    for entry in Entry.objects.all():
        Entry.objects.filter(pk=entry.pk).update(search=vector_of(entry))
    return len(hidden)


def _turn(canary: Canary) -> None:
    label, _, name = canary.where.rpartition(".")
    rows = apps.get_model(label)._base_manager.filter(pk=canary.pk)
    value = json.dumps(rows.values_list(name, flat=True).get())
    rows.update(**{name: json.loads(value.replace(canary.word, turned(canary.word)))})


def _swap_places(world: Any) -> None:
    """Of the draft standing: the last is first."""
    one, other = Place.objects.filter(score__in=("8.4375", "6.0625")).order_by("pk")
    for place, like in ((one, other), (other, one)):
        Place.objects.filter(pk=place.pk).update(score=like.score, raw=like.raw, rank=like.rank)


def _move_marks(world: Any, role: str) -> None:
    """What others gave; the person's own marks stand."""
    person = world.roles[role]
    sheets = Sheet.objects.filter(entry=world.entries["A"])
    for sheet in sheets.exclude(juror__user=person) if person else sheets:
        sheet.marks.update(value="4.5")
        sheet.seals.update(total="9.0", marks={})


def add_what_is_hidden(world: Any) -> None:
    """Rows that only those who work for the contest may know of, or their own people."""
    other = a_person("Somebody new")
    an_entry(
        world.contest, pk=FAR, captain=other, state=State.DRAFT, code="MED-9999", region="South"
    )
    Letter.objects.create(
        pk=FAR,
        to=other.email,
        subject="Hello",
        text="Dear",
        written_at=NOON,
        state="sent",
        sent_at=NOON,
    )
    Mailing.objects.create(
        pk=FAR, contest=world.contest, sender="organiser", audience="accepted", made_at=NOON
    )
    for discussion in Discussion.objects.filter(entry=world.entries["A"]):
        juror = discussion.remarks.first().juror
        Remark.objects.create(pk=FAR, discussion=discussion, juror=juror, text="One more", at=NOON)
