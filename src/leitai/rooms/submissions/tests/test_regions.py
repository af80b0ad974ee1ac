"""A co-host reads the entries of its own region, and nothing else of the contest's desk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leitai.rooms.contests.actions import appoint
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, a_contest
from leitai.rooms.people.testing import a_person
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return a_contest()


@pytest.fixture
def as_host(client, contest):
    host = a_person("Odile")
    appoint(
        edition=contest.edition, contest=contest, user=host, role=Role.CO_HOST, region="fr",
        by=None, at=NOON,
    )  # fmt: skip
    client.force_login(host)
    return client


def test_a_co_host_reads_its_region_and_no_other(as_host, contest):
    ours, theirs = an_entry(contest, country="FR"), an_entry(contest, country="DE")
    draft = an_entry(contest, country="FR", state="draft")

    page = as_host.get(reverse("submissions:regional", args=[contest.pk])).content.decode()

    assert ours.code in page
    assert theirs.code not in page
    assert draft.code not in page
    assert as_host.get(reverse("submissions:record", args=[ours.pk])).status_code == 200
    assert as_host.get(reverse("submissions:record", args=[theirs.pk])).status_code == 404
    whole = as_host.get(reverse("submissions:record", args=[ours.pk]), {"layer": "confidential"})
    assert whole.status_code == 404


def test_to_a_co_host_the_contests_desk_is_not_there(as_host, contest):
    for name in ("site:contest_desk", "submissions:desk", "site:journal", "jury:jurors"):
        assert as_host.get(reverse(name, args=[contest.pk])).status_code == 404
    assert "/region/" in as_host.get(reverse("site:desk")).content.decode()


def test_who_was_given_no_region_reads_none(client, contest):
    an_entry(contest, region="", country="")
    host = a_person("Odile")
    appoint(edition=contest.edition, user=host, role=Role.CO_HOST, by=None, at=NOON)
    client.force_login(host)

    answer = client.get(reverse("submissions:regional", args=[contest.pk]))

    assert answer.context["total"].number == 0


def test_others_find_no_region(client, contest):
    address = reverse("submissions:regional", args=[contest.pk])

    assert client.get(address).status_code == 302
    client.force_login(a_person("Nosy"))
    assert client.get(address).status_code == 404


def test_a_region_asks_as_often_for_one_entry_as_for_twenty(as_host, contest):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            as_host.get(reverse("submissions:regional", args=[contest.pk]))
        return len(queries)

    an_entry(contest, country="FR")
    asked()
    one = asked()
    for _ in range(19):
        an_entry(contest, country="FR")

    assert asked() == one
