"""The jury's JSON says the same as its pages."""

import pytest

from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, a_contest, appointed
from leitai.rooms.jury import notices
from leitai.rooms.jury.models import Juror
from leitai.rooms.jury.rules import JurorState, SheetState
from leitai.rooms.jury.testing import (
    COMMENT,
    JURORS,
    NAME,
    TEAM,
    a_juror,
    a_planted_stage,
    a_sheet,
    marked,
)
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


def say(client, address, **said):
    return client.post(f"{API}/{address}", said, content_type="application/json")


def test_a_panel_talks_and_changes_marks_as_on_the_page(client):
    world = a_planted_stage("discussion")
    page = f"discussions/{world.discussion.pk}"
    client.force_login(world.people["juror"])

    read = client.get(f"{API}/{page}").json()
    spoke = say(client, f"{page}/remarks", text="I saw it run.").json()
    changed = say(client, f"{page}/changes", marks={"landing": "3"}, why="It runs.").json()

    assert (read["title"], [c["is_mine"] for c in read["columns"]]) == ("", [True, False, False])
    assert (read["may_speak"]["yes"], read["may_change"]["yes"]) == (True, True)
    assert not any(name in str(read) for name in (*JURORS, NAME, TEAM, COMMENT))
    assert spoke["events"][-1]["text"] == "I saw it run." and spoke["events"][-1]["is_mine"]
    last = changed["events"][-1]
    assert (last["criterion"], float(last["after"])) == ("landing", 3.0)
    assert say(client, f"{page}/changes", marks={"landing": "4"}, why="").status_code == 409


def test_who_does_not_sit_there_neither_reads_nor_speaks(client):
    world = a_planted_stage("discussion")
    page = f"discussions/{world.discussion.pk}"

    def statuses(role):
        client.force_login(world.people[role])
        talks = [say(client, f"{page}/remarks", text="Hm."), say(client, f"{page}/changes",
                 marks={"landing": "3"}, why="Hm.")]  # fmt: skip
        return [client.get(f"{API}/{page}").status_code, *(t.status_code for t in talks)]

    for role in ("other_juror", "team", "tied", "secretariat", "anybody", "demand_owner"):
        assert set(statuses(role)) <= {403, 404}, role
    assert statuses("organiser") == [200, 403, 403]  # listens
    assert statuses("chair") == [200, 200, 403]  # has no sheet of its own


def test_whoever_holds_the_letter_answers_it_once(client):
    contest = a_contest()
    juror = Juror.objects.create(
        contest=contest, email="ada@example.org", name="Ada", kind="technical", invited_at=NOON
    )
    letter = f"invitations/{notices.invitation(juror)}"
    assert client.get(f"{API}/{letter}").status_code == 401
    client.force_login(a_person("Ada"))

    assert client.get(f"{API}/{letter}").json()["may_answer"]["yes"]
    assert client.get(f"{API}/invitations/made-up").status_code == 404
    accepted = say(client, f"{letter}/acceptance").json()
    again = say(client, f"{letter}/refusal", why="Too late")

    assert accepted["state"] == JurorState.ACTIVE
    assert again.status_code == 409
    client.force_login(a_person("Nosy"))
    for way in ("", "/acceptance", "/refusal"):
        answer = say(client, letter + way) if way else client.get(f"{API}/{letter}")
        assert answer.status_code == 404
