"""Objections, feedback and offers for programs: the same answers as on the pages."""

import pytest

from leitai.rooms.contests.testing import NOON, a_contest, appointed, some_rules
from leitai.rooms.people.testing import a_person
from leitai.rooms.standings import actions
from leitai.rooms.standings.models import Appeal, Objector
from leitai.rooms.standings.rules import OfferState
from leitai.rooms.standings.testing import (
    IDENTITY,
    an_appeal,
    judged,
    level,
    published,
    taken_up,
)

pytestmark = pytest.mark.django_db
API = "/api/standings"
JSON = "application/json"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def publication():
    rules = some_rules(
        stage={"quota": {"total": 1, "reserves": 1}}, decision={"accept_days": 5},
        notice={"days": 5},
    )  # fmt: skip
    return published(judged(a_contest(rules=rules), level(8), level(6)))


@pytest.fixture
def entry(publication):
    return publication.contest.entries.order_by("code").first()


@pytest.fixture
def as_(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def notice_of(publication):
    contest = publication.contest
    return f"{API}/{contest.edition.slug}/{contest.slug}/notices/{publication.number}"


def test_somebody_objects_by_real_name_and_follows_it(as_, client, publication, entry):
    said = {
        "entry": entry.code, "ground": "slip", "text": "A mark of 9 was typed as 6.",
        "identity": IDENTITY,
    }  # fmt: skip
    address = f"{notice_of(publication)}/appeals/"
    assert client.post(address, said, content_type=JSON).status_code == 401

    filed = as_(a_person("Wei")).post(address, said, content_type=JSON)

    assert filed.status_code == 200 and filed.json()["state"] == "filed"
    assert client.get(f"{API}/appeals/").json() == [filed.json()]
    assert client.get(f"{API}/appeals/{filed.json()['id']}/").json() == filed.json()
    assert Objector.objects.get().name == IDENTITY["name"]
    assert "Canary7" not in filed.content.decode()
    as_(a_person("Nosy"))
    assert client.get(f"{API}/appeals/").json() == []
    assert client.get(f"{API}/appeals/{filed.json()['id']}/").status_code == 404


@pytest.mark.parametrize(
    ("change", "code"),
    [({"entry": "MED-9999"}, "not_printed"), ({"ground": "plagiarism"}, "no_source"),
     ({"identity": {**IDENTITY, "kind": "unit"}}, "no_seal"), ({"text": "Bad."}, "no_facts")],
)  # fmt: skip
def test_an_objection_that_lacks_something_is_refused_with_what_is_missing(
    as_, publication, change, code
):
    said = {"ground": "slip", "text": "A mark of 9 was typed as 6.", "identity": IDENTITY}

    answer = as_(a_person("Wei")).post(
        f"{notice_of(publication)}/appeals/", {**said, **change}, content_type=JSON
    )

    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert not Appeal.objects.exists()


def test_the_objector_answers_what_is_asked_and_the_team_what_is_held_against_it(
    as_, publication, entry
):
    appeal = taken_up(an_appeal(publication, entry))
    by = appointed(publication.contest)
    actions.ask_evidence(appeal=appeal, asked_for="Which sheet?", by=by, at=NOON)
    evidence, hearing = (
        f"{API}/appeals/{appeal.pk}/evidence/",
        f"{API}/hearings/{appeal.hearing.pk}/",
    )
    said = {"text": "The second one, signed on paper."}

    assert as_(entry.begun_by).post(evidence, said, content_type=JSON).status_code == 404
    told = as_(a_person("Objector")).post(evidence, said, content_type=JSON)
    assert (told.status_code, told.json()["state"]) == (200, "accepted")

    assert as_(a_person("Objector")).get(hearing).status_code == 404
    team = as_(entry.begun_by)
    assert team.get(hearing).json()["charge"] == "A mark may be wrong."
    stated = team.post(f"{hearing}statement/", {"text": "It was read aloud."}, content_type=JSON)
    assert stated.json()["statement"] == "It was read aloud."


def test_a_team_reads_its_own_feedback_and_nobody_elses(as_, publication, entry):
    entry.sheets.filter(juror__name="J1").update(tags=["copyable"])
    actions.release_feedback(publication=publication, by=appointed(publication.contest), at=NOON)
    page = f"{API}/entries/{entry.pk}/"

    client = as_(entry.begun_by)
    client.cookies["leitai_language"] = "en"
    told = client.get(page).json()

    assert (told["code"], told["outcome"], float(told["score"])) == (entry.code, "in", 16.0)
    assert told["ticked"] == [{"name": "Can be copied as it is", "jurors": 1}]
    assert told["offer"]["state"] == "waiting"
    rival = publication.contest.entries.order_by("code").last().begun_by
    for person in (rival, appointed(publication.contest)):
        assert as_(person).get(page).status_code in {403, 404}


def test_the_captain_accepts_a_place_or_gives_it_back(as_, publication, entry):
    place = f"{API}/entries/{entry.pk}/place"
    assert as_(a_person("Nosy")).post(f"{place}/acceptance/").status_code == 404
    assert as_(a_person("Nosy")).post(f"{place}/return/", {}, JSON).status_code == 404

    client = as_(entry.begun_by)
    accepted = client.post(f"{place}/acceptance/").json()
    again = client.post(f"{place}/acceptance/")
    back = client.post(f"{place}/return/", {"why": "We moved."}, content_type=JSON)

    assert accepted["offer"]["state"] == OfferState.ACCEPTED
    assert (again.status_code, again.json()["code"]) == (409, "accepted")
    assert back.status_code == 200 and back.json()["offer"]["state"] == OfferState.DECLINED
    assert entry.offers.get().why == "We moved."
