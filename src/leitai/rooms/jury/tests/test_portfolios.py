"""Organisers write down which fund holds which firm."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leitai.foundation.models import Line
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, a_contest, appointed
from leitai.rooms.jury import actions
from leitai.rooms.jury.models import Conflict
from leitai.rooms.jury.testing import a_juror
from leitai.rooms.people.models import Holding
from leitai.rooms.people.testing import a_person, an_organisation
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest(settings):
    settings.WORK_AT_ONCE = True
    return a_contest()


@pytest.fixture
def fund(contest):
    fund = an_organisation("Tide Fund")
    a_juror("Fay", contest=contest, kind="investor", organisation=fund)
    return fund


def page_of(contest, *house):
    return reverse(f"jury:{'portfolio' if house else 'portfolios'}", args=[contest.pk, *house])


def test_what_a_register_says_keeps_every_juror_of_the_house_away(
    client, contest, fund, django_capture_on_commit_callbacks
):
    entry = an_entry(contest, organisation=an_organisation("Weld Ears Ltd"), version=1)
    client.force_login(appointed(contest))
    client.cookies["leitai_language"] = "en"
    told = {"firms": "Weld Ears Ltd\nSolar Sand", "source": "Company register, 4 May"}

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(page_of(contest, fund.pk), told)
    actions.carry_out_search(contest=contest, by=None, at=NOON)

    assert answer.status_code == 302
    assert Conflict.objects.get().entry == entry
    assert Conflict.objects.get().ground == "portfolio"
    line = Line.objects.get(verb="jury.portfolio_named")
    assert line.data == {"house": fund.pk, "n": 2}
    page = client.get(page_of(contest, fund.pk)).content.decode()
    assert "Solar Sand" in page and "Company register" in page
    client.post(page_of(contest, fund.pk), {"firms": "Solar Sand", "source": "Their own page"})
    assert Holding.objects.get(firm__name_en="Weld Ears Ltd").until is not None


def test_a_portfolio_without_a_source_is_not_kept(client, contest, fund):
    client.force_login(appointed(contest))

    answer = client.post(page_of(contest, fund.pk), {"firms": "Solar Sand", "source": " "})

    assert answer.status_code == 422
    assert not Holding.objects.exists()


def test_only_those_who_call_the_jury_and_only_houses_on_it(client, contest, fund):
    other = an_organisation("Elsewhere Fund")
    assert client.get(page_of(contest)).status_code == 302
    for person, status in ((a_person("Nosy"), 404), (a_person("Fay"), 404),
                           (appointed(contest, Role.SUPERVISOR), 403)):  # fmt: skip
        client.force_login(person)
        assert client.get(page_of(contest)).status_code == status
        assert client.get(page_of(contest, fund.pk)).status_code == status

    client.force_login(appointed(contest, Role.SECRETARIAT))
    assert client.get(page_of(contest, other.pk)).status_code == 404
    assert client.get(page_of(contest, fund.pk)).status_code == 200


def test_the_list_asks_as_often_for_one_house_as_for_three(client, contest, fund):
    client.force_login(appointed(contest))
    client.get(page_of(contest))
    with CaptureQueriesContext(connection) as one:
        client.get(page_of(contest))
    for n in range(2):
        a_juror(f"J{n}", contest=contest, organisation=an_organisation(f"Fund {n}"))

    with CaptureQueriesContext(connection) as three:
        assert client.get(page_of(contest)).status_code == 200
    assert len(one) == len(three)
