"""The jury's JSON says the same as its pages."""

import pytest

from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, appointed
from leitai.rooms.jury.rules import SheetState
from leitai.rooms.jury.testing import a_juror, a_sheet, marked
from leitai.rooms.people.testing import a_person

pytestmark = pytest.mark.django_db
API = "/api/jury"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def test_a_juror_reads_drafts_and_seals(client):
    sheet = a_sheet()
    client.force_login(sheet.juror.user)
    draft = f"{API}/sheets/{sheet.pk}/draft"

    [pile] = client.get(f"{API}/piles").json()
    for field in ("mark-landing", "mark-copying"):
        client.post(draft, {"field": field, "value": "7"}, content_type="application/json")
    before = client.get(f"{API}/sheets/{sheet.pk}").json()
    after = client.post(f"{API}/sheets/{sheet.pk}/seal").json()

    assert (pile["open"], [s["id"] for s in pile["sheets"]]) == (1, [sheet.pk])
    assert (before["may_seal"]["yes"], before["revision"]) == (True, 2)
    assert (after["state"], float(after["total"])) == ("sealed", 14.0)
    assert after["may_mark"]["code"] == "not_open"


def test_two_windows_hear_of_each_other(client):
    sheet = a_sheet()
    client.force_login(sheet.juror.user)
    draft = f"{API}/sheets/{sheet.pk}/draft"
    said = {"field": "comment", "base": 0}
    client.post(draft, {**said, "value": "one"}, content_type="application/json")

    answer = client.post(draft, {**said, "value": "two"}, content_type="application/json")

    assert (answer.status_code, answer.json()) == (409, {"revision": 1, "value": "one"})


def test_a_tie_hands_the_entry_back(client):
    sheet = marked(a_sheet(), 7, 8)
    client.force_login(sheet.juror.user)
    url = f"{API}/sheets/{sheet.pk}"

    answer = client.post(f"{url}/recusal", {"ground": "personal"}, content_type="application/json")

    sheet.refresh_from_db()
    assert (answer.status_code, sheet.state) == (204, SheetState.RECUSED)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("door", ["", "/draft", "/seal", "/recusal"])
def test_another_jurors_sheet_is_not_there(client, door):
    theirs, mine = a_sheet(juror=a_juror("Ada")), a_sheet(juror=a_juror("Bo"))
    client.force_login(mine.juror.user)
    body = {"field": "note", "value": "x", "ground": "other"}
    url = f"{API}/sheets/{theirs.pk}{door}"

    answer = client.post(url, body, content_type="application/json") if door else client.get(url)

    assert answer.status_code == 404


def test_a_supervisor_reads_counts_and_a_stranger_nothing(client):
    stage = a_sheet().stage
    url = f"{API}/stages/{stage.pk}/progress"

    client.force_login(appointed(stage.contest, Role.SUPERVISOR))
    counts = client.get(url)
    client.force_login(a_person("Nosy"))

    assert (counts.json()["sheets"], counts.json()["sealed"]) == (1, 0)
    assert client.get(url).status_code == 404
