import pytest
from django.urls import reverse

from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import a_contest, appointed, some_rules
from leitai.rooms.standings import queries
from leitai.rooms.standings.testing import a_standing, judged

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def standing():
    contest = a_contest(rules=some_rules(stage={"quota": {"total": 2}, "tie_breaks": ["lot"]}))
    panels = [[(m, m), (m - 1, m), (m, m - 2)] for m in (9, 8, 8, 7, 4, 3)]
    return a_standing(judged(contest, *panels))


def test_the_chances_add_up_to_the_places_and_follow_the_marks(standing):
    made, places = queries.near_the_cut(standing)

    chances = {places[e.entry].entry.code: e.p_in for e in made.entries}
    assert sum(chances.values()) == pytest.approx(2)
    assert chances["MED-0001"] > 0.9
    assert 0.4 < chances["MED-0002"] < 0.6  # level with MED-0003
    assert chances["MED-0006"] < 0.1


def test_the_page_gives_the_same_answer_each_time_and_moves_nobody(standing, client):
    client.force_login(appointed(standing.stage.contest))
    page = reverse("standings:doubts", args=[standing.pk])

    first, second = (client.get(page).context["rows"] for _ in range(2))

    assert [r["share"] for r in first] == [r["share"] for r in second]
    assert queries.differs(standing) == []


def test_who_sees_no_scores_sees_no_chances(standing, client):
    page = reverse("standings:doubts", args=[standing.pk])
    client.force_login(appointed(standing.stage.contest, Role.SECRETARIAT))
    assert client.get(page).status_code == 403
