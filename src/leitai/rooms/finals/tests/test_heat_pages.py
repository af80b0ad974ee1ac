"""Pages on which heats are prepared: what they show, and who comes in."""

import pytest
from django.urls import reverse

from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, appointed
from leitai.rooms.finals import actions
from leitai.rooms.finals.models import Cue, Heat
from leitai.rooms.finals.testing import a_heat, a_live_stage
from leitai.rooms.stages.testing import takes_part
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db


def signed_in(client, contest: Contest, role: Role = Role.ORGANISER):
    client.force_login(appointed(contest, role=role, name=f"the {role}"))
    return client


def a_full_stage(entries: int = 6):
    stage = a_live_stage()
    for _n in range(entries):
        takes_part(stage, an_entry(stage.contest))
    return stage


def pages_of(heat: Heat) -> list[str]:
    return [
        reverse("finals:heats", args=[heat.stage.contest_id]),
        *(reverse(f"finals:{name}", args=[heat.pk])
          for name in ("heat", "roster", "jury", "lot", "show")),
    ]  # fmt: skip


def test_every_page_of_a_heat_opens(client):
    heat = a_heat()
    actions.commit_lot(heat=heat, by=appointed(heat.stage.contest), at=NOON)
    actions.write_show(heat=heat, by=appointed(heat.stage.contest), at=NOON)
    signed_in(client, heat.stage.contest)

    answers = {page: client.get(page).status_code for page in pages_of(heat)}

    assert set(answers.values()) == {200}, answers
    slot, cue = heat.slots.first(), Cue.objects.first()
    for name, pk in (("slot", slot.pk), ("cue", cue.pk), ("place", heat.pk)):
        assert client.get(reverse(f"finals:{name}", args=[pk])).status_code == 200
    printed = client.get(reverse("finals:show_print", args=[heat.pk]))
    assert b"".join(printed)[:5] == b"%PDF-"
