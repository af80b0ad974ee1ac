"""A real call for papers: 926 entries come in by table, and a jury of 120 is drawn for them."""

from collections import Counter

import pytest
from django.core.management import call_command

from leitai.rooms.contests.testing import NOON, a_contest, some_rules
from leitai.rooms.jury import actions, queries
from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.rules import DrawState
from leitai.rooms.people.testing import a_person
from leitai.rooms.stages import actions as stages
from leitai.rooms.stages.rules import State
from leitai.rooms.stages.testing import a_stage

pytestmark = pytest.mark.django_db
PANEL = {"per_entry": 3, "mix": {"technical": 2, "investor": 1}, "load_min": 12, "load_max": 30}


def test_every_entry_gets_its_jurors_and_no_rule_is_broken(real_file):
    contest = a_contest("call", rules=some_rules(stage={"panel": PANEL}))
    stage, ora = a_stage(contest, state=State.PLANNED), a_person("Ora")
    call_command("import_entries", str(real_file("iclr2018_submissions.csv")),
                 contest="call", state="accepted")  # fmt: skip
    call_command("generate_jury", contest="call", size=120, from_keywords=True, investors=0.4)
    stages.let_in_all_accepted(stage=stage, by=ora, at=NOON)

    draw = actions.start_draw(stage=stage, by=ora, at=NOON, seed=1)
    draw.refresh_from_db()
    assert draw.state == DrawState.PROPOSED, draw.shortages
    seating = queries.seating(stage)
    assert seating.faults(seating.of_draw(draw)) == []
    actions.deploy_draw(draw=draw, by=ora, at=NOON)

    panels = Counter(Sheet.objects.open().values_list("entry__external_id", flat=True))
    loads = Counter(Sheet.objects.open().values_list("juror_id", flat=True))
    assert len(panels) == 926 and set(panels.values()) == {3}
    assert len(loads) == 120 and min(loads.values()) >= 12 and max(loads.values()) <= 30
    assert len(draw.figures["components"]) == 1, "all panels can be compared"
    assert draw.figures["total"] >= 0.98 * draw.figures["bound"]
