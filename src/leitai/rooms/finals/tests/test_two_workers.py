"""A score sent twice, to two workers at once."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from leitai.rooms.contests.testing import NOON
from leitai.rooms.finals import actions
from leitai.rooms.finals.models import Arrival, HallSeat, Session
from leitai.rooms.finals.testing import a_heat, a_session, halves, on_stage
from leitai.rooms.jury.models import Seal


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_take_a_score_once():
    session = on_stage(a_session(a_heat(entries=1)))
    seat, key, ready = session.heat.seats.get(number=2), uuid.uuid4(), Barrier(2)

    def work(_n):
        try:
            mine = HallSeat.objects.select_related("juror__user").get(pk=seat.pk)
            here = Session.objects.get(pk=session.pk)
            ready.wait(10)
            return actions.score(
                session=here, juror=mine.juror, entry=session.slot.entry_id, order=1,
                marks=halves(15), seal=True, key=key, by=mine.juror.user, at=NOON,
            )  # fmt: skip
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        made = list(workers.map(work, range(2)))

    assert sorted(done.is_new for done in made) == [False, True]
    assert {done.total for done in made} == {15}
    assert (Arrival.objects.count(), Seal.objects.count()) == (1, 1)
