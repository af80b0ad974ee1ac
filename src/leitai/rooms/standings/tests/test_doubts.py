"""How sure the line is, and asking the jury for a second look."""

import csv

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, a_contest, appointed, some_rules
from leitai.rooms.jury.models import Draw, Sheet
from leitai.rooms.jury.rules import DrawState
from leitai.rooms.jury.testing import a_juror
from leitai.rooms.stages.rules import State as StageState
from leitai.rooms.standings import actions, queries
from leitai.rooms.standings.testing import a_standing, decided, judged

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    caches["near"].clear()


def a_line(*marks, slug="venture", **stage):
    rules = some_rules(stage={"quota": {"total": 2}, "tie_breaks": ["lot"], **stage})
    contest = a_contest(slug=slug, rules=rules)
    judged(contest, *[[(m, m), (m - 1, m), (m, m - 2)] for m in marks])
    stage = contest.stages.get()
    stage.state = StageState.OPEN
    stage.save()
    return a_standing(stage)


@pytest.fixture
def standing():
    return a_line(9, 8, 8, 7, 4, 3, band_factor="1.5")


def page(name, standing):
    return reverse(f"standings:{name}", args=[standing.pk])


def test_the_chances_add_up_to_the_places_and_follow_the_marks(standing):
    spots, places = queries.line(standing).spots, queries.places_by_entry(standing)

    chances = {places[s.entry].entry.code: s.p_in for s in spots}
    assert sum(chances.values()) == pytest.approx(2)
    assert chances["MED-0001"] > 0.9
    assert 0.4 < chances["MED-0002"] < 0.6  # level with MED-0003
    assert chances["MED-0006"] < 0.1
    gains = {places[s.entry].entry.code: s.gain for s in spots}
    assert max(gains, key=gains.get) in ("MED-0002", "MED-0003")


def test_the_page_gives_the_same_answer_each_time_and_moves_nobody(standing, client):
    client.force_login(appointed(standing.stage.contest))

    first, second = (client.get(page("doubts", standing)).context for _ in range(2))

    assert [r["spot"] for r in first["rows"]] == [r["spot"] for r in second["rows"]]
    assert first["picture"] == second["picture"]
    assert queries.differs(standing) == []


def test_a_mark_that_changes_makes_the_line_anew(standing):
    before = queries.line(standing)
    sheet = Sheet.objects.first()
    sheet.marks.update(value=1)
    Sheet.objects.filter(pk=sheet.pk).update(changed_at=NOON.replace(year=2031))

    assert queries.line(standing) != before


def test_the_picture_has_a_dot_for_each_entry_and_a_line_where_the_list_ends(standing, client):
    client.force_login(appointed(standing.stage.contest))

    picture = client.get(page("doubts", standing)).context["picture"]

    dots = picture["dots"]
    assert [dot["is_on"] for dot in dots] == [True, True, False, False, False, False]
    assert dots[1]["x"] < picture["line"] < dots[2]["x"]
    assert dots[0]["y"] < dots[-1]["y"]  # likelier stands higher


def test_the_line_goes_away_as_a_table(standing, client):
    client.force_login(appointed(standing.stage.contest))

    response = client.get(page("doubts", standing), {"format": "csv"})
    book = client.get(page("doubts", standing), {"format": "xlsx"})

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == 6
    assert sum(float(row["chance_in"]) for row in rows) == pytest.approx(2, abs=0.01)
    assert book.content.startswith(b"PK")


def test_each_formula_says_how_many_of_its_list_belong_there(standing, client):
    client.force_login(appointed(standing.stage.contest))

    shown = client.get(page("formulas", standing)).content.decode()

    changed = queries.changed_by(standing)
    assert {c.formula for c in changed} == {"mean", "drop_high_low", "median", "z_mean"}
    assert all(c.right is None or 0 < c.right <= 2 for c in changed)
    assert all(str(c.swaps) in shown for c in changed)
    assert shown.count("<tr>") == 5


def test_the_page_asks_as_many_questions_for_few_entries_as_for_many(client):
    counts = []
    for marks in ((9, 8, 8, 5), (9, 8, 8, 7, 7, 6, 5, 4, 3)):
        standing = a_line(*marks, slug=f"with-{len(marks)}", band_factor="1.5")
        client.force_login(appointed(standing.stage.contest))
        for name in ("doubts", "second_look"):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert client.get(page(name, standing)).status_code == 200
            counts.append((name, len(asked)))

    assert counts[:2] == counts[2:]


def test_an_organiser_asks_for_the_band_and_sees_a_proposal(standing, client):
    for n in range(4, 8):
        a_juror(f"J{n}", contest=standing.stage.contest)
    client.force_login(appointed(standing.stage.contest))

    answer = client.post(page("second_look", standing), {"way": "band", "each": 1})

    draw = Draw.objects.get()
    assert answer.url == reverse("jury:draw", args=[draw.pk])
    assert (draw.second_look, draw.state) == ("band", DrawState.PROPOSED)
    ranks = [seat.reason["rank"] for seat in draw.seats.order_by("entry__code")]
    assert sorted(ranks) == [1, 2, 3]


def test_an_organiser_spends_a_budget_where_it_tells_most(standing, client):
    a_juror("Fresh", contest=standing.stage.contest)
    client.force_login(appointed(standing.stage.contest))

    client.post(page("second_look", standing), {"way": "telling", "budget": 2})

    seats = Draw.objects.get().seats.select_related("entry", "juror")
    assert {s.juror.name for s in seats} == {"Fresh"}
    assert {s.entry.code for s in seats} == {"MED-0002", "MED-0003"}


def test_a_budget_is_named_or_the_form_comes_back(standing, client):
    client.force_login(appointed(standing.stage.contest))

    answer = client.post(page("second_look", standing), {"way": "telling", "budget": ""})

    assert answer.status_code == 422
    assert not Draw.objects.exists()


def test_more_reviews_than_jurors_have_room_for_are_refused(standing, client):
    client.force_login(appointed(standing.stage.contest))

    answer = client.post(page("second_look", standing), {"way": "telling", "budget": 40_000})

    assert answer.status_code == 409
    assert not Draw.objects.exists()


def test_once_decided_nobody_is_asked_to_look_again(standing):
    decided(standing)

    with pytest.raises(NotPossible) as refusal:
        actions.ask_second_look(
            standing=standing, way="band", each=1, budget=None, by=None, at=NOON
        )

    assert refusal.value.verdict.code == "not_draft"


@pytest.mark.parametrize("name", ["doubts", "formulas", "second_look"])
def test_who_sees_no_scores_sees_no_chances(standing, client, name):
    client.force_login(appointed(standing.stage.contest, Role.SECRETARIAT))

    assert client.get(page(name, standing)).status_code == 403
