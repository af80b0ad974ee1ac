"""216 grant reviews with five criteria, low marks good, become a published standing.

Every score and every place is reckoned a second time, by pandas and from the file alone.
"""

from decimal import ROUND_HALF_UP, Decimal

import pandas
import pytest
from django.core.management import CommandError, call_command

from leitai.foundation import journal
from leitai.foundation.models import Letter, Line
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.testing import NOON
from leitai.rooms.jury.models import Juror, Mark, Seal, Sheet
from leitai.rooms.people.testing import a_person
from leitai.rooms.standings import actions, queries
from leitai.rooms.standings.testing import decided

pytestmark = pytest.mark.django_db
CRITERIA = ["innovation", "approach", "investigator", "significance", "impact"]
CENT = Decimal("0.01")


@pytest.fixture
def file(real_file):
    return real_file("aibs_reviews.csv")


def imported(file, **options):
    told = {
        "new": "haiwan-real/aibs", "criteria": ",".join(CRITERIA), "optional": "impact",
        "scale": "1.0-5.0/0.1", "direction": "down", **options,
    }  # fmt: skip
    call_command("import_reviews", str(file), **told)
    return Contest.objects.get(slug="aibs")


def reckoned_by_pandas(file):
    """Entry → (score, place): the mean of each criterion's mean; a juror marks what was asked."""
    marks = pandas.read_csv(file, dtype=str)[["proposal", *CRITERIA]]
    long = marks.melt(id_vars="proposal", var_name="criterion", value_name="mark").dropna()
    long["mark"] = long["mark"].map(Decimal)
    means = long.groupby(["proposal", "criterion"])["mark"].apply(lambda m: sum(m) / len(m))
    exact = means.groupby("proposal").apply(lambda m: sum(m) / len(m))
    scores = exact.map(lambda score: score.quantize(CENT, rounding=ROUND_HALF_UP))
    places = scores.astype(float).rank(method="min").astype(int)
    return {entry: (scores[entry], places[entry]) for entry in scores.index}


def test_the_table_goes_in_whole(file):
    contest = imported(file)

    assert contest.entries.filter(state="accepted").count() == 72
    assert Juror.objects.filter(contest=contest, user=None).count() == 26
    assert Sheet.objects.sealed().count() == Seal.objects.count() == 216
    assert Mark.objects.count() == 216 * 4 + 63
    assert {j.email.partition("@")[2] for j in Juror.objects.all()} == {"import.invalid"}
    assert Letter.objects.count() == 0
    sheet = Sheet.objects.get(entry__external_id="10", juror__email="juror-7@import.invalid")
    assert sheet.reason == {"code": "imported", "expertise": "1.8", "overall": "2.0"}
    assert sheet.total == Decimal("2.100")
    assert list(journal.breaks(Line.objects.filter(book=f"contest:{contest.pk}"))) == []


def test_a_criterion_left_blank_is_named_unless_it_may_be(file):
    with pytest.raises(CommandError) as refusal:
        imported(file, optional="")

    told = str(refusal.value)
    assert "J65" in told and "153 problems; nothing was imported." in told
    assert Contest.objects.count() == 0


def test_every_place_of_the_published_standing_is_what_pandas_says(file):
    contest, chair = imported(file), a_person("Chair")
    stage = contest.stages.get()

    standing = actions.compute_standing(stage=stage, by=chair, at=NOON)
    decided(standing)
    publication = actions.publish(standing=standing, by=chair, at=NOON)

    found = {
        place.entry.external_id: (place.score, place.rank)
        for place in standing.places.select_related("entry")
    }
    expected = reckoned_by_pandas(file)
    assert found == expected
    assert len(set(found.values())) < len(found) == 72, "equal scores share a place"
    assert queries.differs(standing) == []
    assert publication.standing.state == "published"
    assert len(publication.body["rows"]) == 72
