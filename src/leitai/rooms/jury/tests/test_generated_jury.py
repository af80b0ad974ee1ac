"""A jury of invented people, drawn for a contest that came without one."""

import pytest
from django.core.management import CommandError, call_command

from leitai.rooms.contests.testing import NOON, a_contest
from leitai.rooms.jury import actions
from leitai.rooms.jury.models import Juror
from leitai.rooms.jury.rules import DrawState, JurorState
from leitai.rooms.stages.testing import a_stage, takes_part
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db


def test_a_generated_jury_knows_the_entries_words_and_can_be_drawn():
    stage = a_stage(a_contest())
    for tags in (["Attention", "graphs"], ["graphs"], ["robustness"]):
        takes_part(stage, an_entry(stage.contest, tags=tags))

    call_command("generate_jury", contest="haiwan-3/venture", size=12, from_keywords=True)

    jurors = Juror.objects.filter(state=JurorState.ACTIVE)
    assert jurors.count() == 12
    assert {t for j in jurors for t in j.tags} == {"attention", "graphs", "robustness"}
    draw = actions.start_draw(stage=stage, by=None, at=NOON, seed=1)
    assert draw.state == DrawState.PROPOSED


def test_without_keywords_or_contest_it_says_what_to_do():
    a_contest()

    with pytest.raises(CommandError, match="import entries first"):
        call_command("generate_jury", contest="venture", from_keywords=True)
    with pytest.raises(CommandError, match="say edition/contest"):
        call_command("generate_jury", contest="nothing")
