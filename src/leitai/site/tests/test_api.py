import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leitai.rooms.contests.rules import State
from leitai.rooms.contests.testing import NOON, a_contest, appointed
from leitai.rooms.demands.models import Demand
from leitai.rooms.demands.testing import a_demand
from leitai.rooms.people.testing import a_person
from leitai.rooms.stages.testing import a_stage
from leitai.rooms.standings.models import Publication, Standing

pytestmark = pytest.mark.django_db
SIGN_IN = (401, "sign_in")
NOTHING_HERE = (404, "hidden")


@pytest.fixture
def english(client):
    client.cookies["leitai_language"] = "en"
    return client


def said(answer):
    return answer.status_code, answer.json()["code"]


def a_notice(contest, number=1):
    standing = Standing.objects.create(
        stage=a_stage(contest), number=number, formula="mean", body={}, inputs="", at=NOON
    )
    row = {
        "code": "MED-001", "outcome": "in", "title": {"zh": "听诊", "en": "Listening"},
        "scenario": {}, "by": {"zh": "林*远", "en": "林*远"},
    }  # fmt: skip
    return Publication.objects.create(
        contest=contest, standing=standing, number=number, notice_from=NOON, notice_until=NOON,
        at=NOON, body={"stage": {"zh": "初评", "en": "First round"}, "rows": [row]},
    )  # fmt: skip


def test_a_program_reads_which_contests_are_open_and_by_which_rules(english):
    contest = a_contest()
    a_contest("secret", state=State.DRAFT)

    (told,) = english.get("/api/contests/").json()
    rules = english.get("/api/contests/haiwan-3/venture/rules/").json()

    assert told["name"] == {"zh": "创投赛", "en": "Venture"}
    assert [s["code"] for s in told["stages"]] == ["first"]
    assert rules["stages"][0]["panel"]["per_entry"] == 3
    assert rules == contest.rules.model_dump(mode="json")


def test_the_list_of_contests_asks_the_same_for_one_and_for_many(
    english, django_assert_num_queries
):
    a_contest()
    with CaptureQueriesContext(connection) as one:
        english.get("/api/contests/")
    for n in range(5):
        a_contest(f"more-{n}")

    with django_assert_num_queries(len(one)):
        english.get("/api/contests/")


@pytest.mark.parametrize("address", ["contests/haiwan-3/{}/", "contests/haiwan-3/{}/rules/",
                                     "demands/haiwan-3/{}/", "standings/haiwan-3/{}/notices/",
                                     "standings/haiwan-3/{}/notices/1/"])  # fmt: skip
def test_a_hidden_contest_and_none_at_all_sound_alike(english, address):
    a_notice(a_contest("secret", state=State.DRAFT))
    hidden, none = f"/api/{address.format('secret')}", f"/api/{address.format('nowhere')}"

    assert said(english.get(hidden)) == said(english.get(none)) == SIGN_IN

    english.force_login(a_person("Nosy"))
    assert said(english.get(hidden)) == said(english.get(none)) == NOTHING_HERE
    assert english.get(hidden).content == english.get(none).content


def test_those_who_run_a_contest_read_it_before_it_is_public(english):
    english.force_login(appointed(a_contest("secret", state=State.DRAFT)))

    assert english.get("/api/contests/haiwan-3/secret/").json()["state"] == "draft"


def test_a_program_reads_demands_with_their_masks(english):
    contest = a_contest()
    shown, masked = a_demand(contest), a_demand(contest, visibility="masked", title_en="Canary")

    board = english.get("/api/demands/haiwan-3/venture/")

    assert shown.title_zh in board.content.decode()
    assert "Canary" not in board.content.decode()
    assert [d["is_masked"] for d in board.json()] == [False, True]
    one = english.get(f"/api/demands/{shown.pk}/").json()
    assert one["title"]["en"] == "In-line weld-defect inspection"
    assert one["indicators"][0]["target"] == "≤ 0.5"
    assert set(english.get(f"/api/demands/{masked.pk}/").json()) == {
        "id", "code", "scenario", "state", "is_masked", "cooperation", "indicators",
    }  # fmt: skip


def test_a_demand_by_invitation_is_unknown_to_programs_too(english):
    demand = a_demand(visibility="invited", title_en="Canary")
    address, none = f"/api/demands/{demand.pk}/", f"/api/demands/{demand.pk + 1}/"

    assert said(english.get(address)) == said(english.get(none)) == SIGN_IN
    assert english.get("/api/demands/haiwan-3/venture/").json() == []
    english.force_login(a_person("Nosy"))
    assert said(english.get(address)) == said(english.get(none)) == NOTHING_HERE

    ann = a_person("Ann")
    demand.invitations.create(email=ann.email, at=demand.made_at)
    english.force_login(ann)
    assert english.get(address).json()["title"]["en"] == "Canary"


def test_the_board_of_demands_asks_the_same_for_one_and_for_many(
    english, django_assert_num_queries
):
    contest = a_contest()
    a_demand(contest, visibility="masked")
    with CaptureQueriesContext(connection) as one:
        english.get("/api/demands/haiwan-3/venture/")
    for _ in range(9):
        a_demand(contest)

    with django_assert_num_queries(len(one)):
        assert len(english.get("/api/demands/haiwan-3/venture/").json()) == 10
    assert Demand.objects.count() == 10


def test_a_program_reads_a_notice_as_it_was_printed(english):
    a_notice(a_contest())

    (brief,) = english.get("/api/standings/haiwan-3/venture/notices/").json()
    whole = english.get("/api/standings/haiwan-3/venture/notices/1/").json()

    assert brief["rows"] == []
    assert whole["rows"][0]["by"] == {"zh": "林*远", "en": "林*远"}
    assert whole["stage"]["en"] == "First round"


def test_a_deed_without_the_csrf_token_is_turned_away():
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(a_person("Ada"))

    answer = careful.post("/api/jury/sheets/1/seal", "{}", content_type="application/json")

    assert said(answer) == (403, "turned_away")


def test_the_api_describes_itself_and_fetches_nothing_from_elsewhere(english):
    described = json.loads(english.get("/api/openapi.json").content)

    assert described["info"]["title"] == "Leitai"
    assert {"/api/contests/", "/api/demands/{pk}/"} <= set(described["paths"])
    assert english.get("/api/docs").status_code == 404
