"""The NIH's reviews carry a jury's whole week: nothing done by hand, and no page that grows."""

import pytest

from leitai.foundation import journal
from leitai.foundation.models import Line
from leitai.rooms.jury.models import Juror, Sheet
from leitai.rooms.standings.models import Appeal, Place
from tests.real_data import week

pytestmark = pytest.mark.django_db
MOST_QUERIES = 40  # of any page, at 2,076 entries; what a page may not do is grow


def test_a_real_table_of_marks_goes_through_the_whole_week(real_file, tmp_path):
    found = week.walk(real_file("nih_reviews.csv"), tmp_path)

    assert Sheet.objects.sealed().count() == 5802, "one fell away, one came in"
    assert Juror.objects.count() == 4556, "and their chair"
    assert found.discussed == found.stage.discussions.filter(state="closed").count() > 0
    standing = found.publication.standing
    assert Place.objects.filter(standing=standing, outcome="in").count() == week.PLACES
    assert Appeal.objects.get().finding == "dismissed"
    assert found.told == 2076
    book = Line.objects.filter(book=f"contest:{found.contest.pk}").order_by("number")
    assert list(journal.breaks(book)) == []
    grown = {name: n for name, (_s, _cpu, n) in found.pages.items() if n > MOST_QUERIES}
    assert grown == {}
