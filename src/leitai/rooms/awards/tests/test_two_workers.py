"""Two workers give numbers at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from leitai.rooms.awards import actions
from leitai.rooms.awards.models import Certificate, Numbering, Slate
from leitai.rooms.awards.testing import LATER, published_slate


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_give_no_number_twice_and_skip_none():
    slate = published_slate()

    def work(pk):
        try:
            mine = Slate.objects.select_related("contest__edition").get(pk=pk)
            told = {"for_members": True, "most": 2, "by": None, "at": LATER}
            return sum(iter(lambda: actions.issue_some(slate=mine, **told), 0))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        made = list(workers.map(work, [slate.pk] * 2))

    numbers = list(Certificate.objects.order_by("number").values_list("number", flat=True))
    assert sum(made) == 6
    assert numbers == [f"HAIWAN-3-000{n}" for n in range(1, 7)]
    assert Numbering.objects.get().last == 6
