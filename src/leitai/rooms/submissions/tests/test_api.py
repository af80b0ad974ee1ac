"""The doors for programs ask what the pages ask."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import appointed
from leitai.rooms.people.testing import a_person
from leitai.rooms.submissions.testing import a_draft, an_entry, an_open_contest

pytestmark = pytest.mark.django_db
ROOT = "/api/submissions"


@pytest.fixture
def entry():
    return a_draft(at=timezone.now())


def signed_in(person):
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(person)
    return client


def post(client, path, **body):
    return client.post(f"{ROOT}{path}", json.dumps(body), content_type="application/json")


def test_a_team_reads_writes_and_hands_in(entry):
    ada = signed_in(entry.begun_by)

    assert [e["code"] for e in ada.get(f"{ROOT}/mine/").json()] == [entry.code]
    saved = post(ada, f"/{entry.pk}/fields/", field="summary", value="S", base=2)
    clash = post(ada, f"/{entry.pk}/fields/", field="summary", value="T", base=2)
    receipt = post(ada, f"/{entry.pk}/hand-in/", declared=["terms", "truth", "ip"])

    assert (saved.status_code, saved.json()) == (200, {"revision": 3})
    assert (clash.status_code, clash.json()["value"]) == (409, "S")
    assert receipt.json()["number"] == 1
    assert ada.get(f"{ROOT}/{entry.pk}/").json()["is_changed"] is False


def test_strangers_hear_that_there_is_nothing(entry):
    nosy = signed_in(a_person("Nosy"))

    assert nosy.get(f"{ROOT}/{entry.pk}/").status_code == 404
    assert post(nosy, f"/{entry.pk}/fields/", field="summary", value="S").status_code == 404
    assert post(nosy, f"/{entry.pk}/hand-in/", declared=[]).status_code == 404
    assert nosy.get(f"{ROOT}/contests/{entry.contest_id}/").status_code == 404
    assert nosy.get(f"{ROOT}/mine/").json() == []
    assert Client().get(f"{ROOT}/mine/").status_code == 401


def test_everybody_reads_cards_and_only_cards(entry):
    shown = an_entry(entry.contest, title_en="Shown")
    hidden = an_entry(entry.contest, title_en="Hidden", shows_card=False)
    edition = entry.contest.edition.slug

    listed = Client().get(f"{ROOT}/{edition}/{entry.contest.slug}/").json()

    assert [card["code"] for card in listed["cards"]] == [shown.code]
    assert Client().get(f"{ROOT}/{edition}/cards/{shown.code}/").json()["title_en"] == "Shown"
    assert Client().get(f"{ROOT}/{edition}/cards/{hidden.code}/").status_code in (401, 404)


def test_those_who_work_for_the_contest_read_its_list(entry):
    for role in sorted(set(Role) - {Role.CO_HOST}):  # a co-host reads its own region alone
        listed = signed_in(appointed(entry.contest, role)).get(
            f"{ROOT}/contests/{entry.contest_id}/", {"state": "draft"}
        )
        assert [e["code"] for e in listed.json()["entries"]] == [entry.code]


def test_a_damaged_cursor_is_a_polite_no():
    contest = an_open_contest()

    response = Client().get(f"{ROOT}/{contest.edition.slug}/{contest.slug}/", {"at": "x"})

    assert (response.status_code, response.json()["code"]) == (400, "bad_cursor")
