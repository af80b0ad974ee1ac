import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import a_contest, appointed
from leitai.rooms.demands.models import Demand
from leitai.rooms.demands.rules import State
from leitai.rooms.demands.testing import a_demand
from leitai.rooms.people.testing import a_person, a_speaker, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(client):
    client.cookies["leitai_language"] = "en"
    return client


def the_board(contest):
    return reverse("demands:public", args=[contest.edition.slug, contest.slug])


def an_owner():
    return a_speaker(a_person("Wei"), an_organisation("Big Harbour"))


FORM = {
    "title_en": "Count instruments", "background_en": "By hand today.", "visibility": "public",
    "cooperation": ["pilot"], "currency": "CNY", "readiness": "budgeted", "ownership": "open",
    "answerers_wanted": "2", "budget_low": "800000", "budget_high": "1500000",
    "i-TOTAL_FORMS": "2", "i-INITIAL_FORMS": "0", "i-0-name_en": "Miscounts",
    "i-0-target": "≤ 1", "i-1-target": "",
}  # fmt: skip


def test_an_enterprise_posts_a_demand_and_the_secretariat_publishes_it(english):
    contest, owner = a_contest(), an_owner()
    english.force_login(owner)
    form = FORM | {
        "owner": an_organisation("Big Harbour").pk,
        "scenario": contest.edition.scenarios.all()[0].pk,
    }
    english.post(reverse("demands:new", args=[contest.pk]), form)
    demand = Demand.objects.get()
    english.post(reverse("demands:send", args=[demand.pk]))

    english.force_login(appointed(contest, Role.SECRETARIAT))
    english.post(reverse("demands:publish", args=[demand.pk]))

    english.logout()
    english.cookies["leitai_language"] = "en"
    page = english.get(the_board(contest)).content.decode()
    assert "Count instruments" in page
    assert "¥800–1,500k" in page
    assert [i.target for i in demand.indicators.all()] == ["≤ 1"]


def test_a_form_without_title_says_so_and_keeps_what_was_typed(english):
    contest = a_contest()
    english.force_login(an_owner())

    answer = english.post(reverse("demands:new", args=[contest.pk]), FORM | {"title_en": ""})

    assert answer.status_code == 422
    assert "at least one language" in answer.content.decode()
    assert "By hand today." in answer.content.decode()


def test_a_masked_title_is_nowhere_on_the_public_pages(english):
    demand = a_demand(visibility="masked", title_en="Canary", title_zh="金丝雀")

    for query in ("", "?q=Canary", "?q=金丝雀"):
        page = english.get(the_board(demand.contest) + query).content.decode()
        assert "Canary</h3>" not in page
        assert "金丝雀</h3>" not in page
    hits = english.get(the_board(demand.contest) + "?q=Canary").content.decode()
    assert "No demand fits" in hits
    assert "Canary" not in english.get(reverse("demands:show", args=[demand.pk])).content.decode()


def test_a_demand_by_invitation_is_unknown_to_others_and_open_to_the_invited(english):
    demand = a_demand(visibility="invited", title_en="Canary")
    page = reverse("demands:show", args=[demand.pk])
    english.force_login(a_person("Nosy"))
    assert english.get(page).status_code == 404

    ann = a_person("Ann")
    demand.invitations.create(email=ann.email, at=demand.made_at)
    english.force_login(ann)

    assert "Canary" in english.get(page).content.decode()
    assert "Canary" in english.get(the_board(demand.contest)).content.decode()


@pytest.mark.parametrize("deed", ["edit", "send", "withdraw", "invite", "publish", "give_back"])
def test_nobody_else_does_anything_to_a_demand(english, deed):
    demand = a_demand(state=State.VETTING)
    english.force_login(a_person("Nosy"))

    assert english.post(reverse(f"demands:{deed}", args=[demand.pk])).status_code == 404


def test_a_supervisor_reads_no_vetting_desk(english):
    contest = a_contest()
    english.force_login(appointed(contest, Role.SUPERVISOR))

    assert english.get(reverse("demands:desk", args=[contest.pk])).status_code == 403


def test_who_speaks_for_nobody_is_told_what_to_do(english):
    contest = a_contest()
    english.force_login(a_person("Nosy"))

    answer = english.get(reverse("demands:new", args=[contest.pk]), follow=True)

    assert answer.redirect_chain[-1][0] == reverse("people:organisations")
    assert "My organisations" in answer.content.decode()


def test_the_board_asks_the_same_number_of_questions_for_one_demand_and_for_many(
    english, django_assert_num_queries
):
    contest = a_contest()
    a_demand(contest)
    with CaptureQueriesContext(connection) as one:
        english.get(the_board(contest))
    for _ in range(19):
        a_demand(contest, visibility="masked")

    with django_assert_num_queries(len(one)):
        english.get(the_board(contest))
