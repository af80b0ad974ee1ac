"""5,802 reviews of 2,076 proposals: the import of a large table, and marks that repeat."""

import time

import pandas
import pytest
from django.core.management import call_command

from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.testing import NOON
from leitai.rooms.jury.models import Juror, Sheet
from leitai.rooms.people.testing import a_person
from leitai.rooms.standings import actions

pytestmark = pytest.mark.django_db
CRITERIA = ["significance", "investigator", "innovation", "approach", "environment"]


def test_a_large_table_goes_in_and_is_ranked(real_file):
    file = real_file("nih_reviews.csv")
    begun = time.monotonic()

    call_command(
        "import_reviews", str(file), new="haiwan-real/nih", criteria=",".join(CRITERIA),
        scale="1-9", direction="down",
    )  # fmt: skip
    imported = time.monotonic()
    stage = Contest.objects.get(slug="nih").stages.get()
    standing = actions.compute_standing(stage=stage, by=a_person("Chair"), at=NOON)

    assert Sheet.objects.sealed().count() == 5802
    assert Juror.objects.count() == 4555
    assert imported - begun < 120
    assert Sheet.objects.filter(entry__external_id="28").get().reason["group"] == "114_9"
    marks = pandas.read_csv(file)
    totals = marks[CRITERIA].sum(axis=1)  # in fifths, so that whole numbers are compared
    scores = totals.groupby(marks["proposal"]).agg(["sum", "count"])
    by_hand = (scores["sum"] * 200 + scores["count"] * 5) // (scores["count"] * 10)  # cents
    places = by_hand.rank(method="min").astype(int)
    found = standing.places.values_list("entry__external_id", "score", "rank")
    assert {int(e): (int(s * 100), r) for e, s, r in found} == {
        e: (by_hand[e], places[e]) for e in by_hand.index
    }
