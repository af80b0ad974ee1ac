"""A decision closes the jury's work."""

import pytest

from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import NOON
from leitai.rooms.jury import actions, queries
from leitai.rooms.jury.rules import JudgingState
from leitai.rooms.jury.testing import a_planted_stage
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings.testing import a_standing, decided

pytestmark = pytest.mark.django_db


def test_a_decision_waits_for_open_discussions_and_then_closes_the_judging():
    planted = a_planted_stage("discussion")
    chair, talk = planted.people["chair"], planted.discussion
    with pytest.raises(NotPossible) as refusal:
        decided(a_standing(planted.stage))
    assert refusal.value.verdict.code == "discussions_open"

    actions.close_discussion(discussion=talk, summary="It ran.", by=chair, at=NOON)
    decided(a_standing(planted.stage))

    stage = Stage.objects.get(pk=planted.stage.pk)
    assert queries.phase(stage) == JudgingState.CLOSED
    assert not stage.contest.is_veiled
