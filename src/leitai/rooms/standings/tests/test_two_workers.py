"""Two workers find the same silence."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from leitai.rooms.contests.testing import NOON, a_contest, some_rules
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import actions
from leitai.rooms.standings.models import Publication
from leitai.rooms.standings.testing import judged, level, published


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_let_a_reserve_move_up_once():
    rules = some_rules(decision={"accept_days": 5}, stage={"quota": {"total": 1, "reserves": 2}})
    stage = judged(a_contest(rules=rules), level(9), level(8), level(7))
    published(stage)

    def work(pk):
        try:
            mine = Stage.objects.get(pk=pk)
            return actions.fill_places(stage=mine, by=None, at=NOON + timedelta(days=30))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        made = list(workers.map(work, [stage.pk] * 2))

    assert [m is None for m in made].count(True) == 1
    assert Publication.objects.count() == 2
    assert sorted(stage.offers.values_list("state", flat=True)) == ["lapsed", "waiting"]
