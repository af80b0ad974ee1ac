"""Exactly these people, and nobody else."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, appointed
from leitai.rooms.messages import permissions, queries
from leitai.rooms.messages.queries import audiences as kept
from leitai.rooms.messages.queries.receivers import Receiver
from leitai.rooms.messages.rules import SenderRole
from leitai.rooms.messages.tests.season import GOLDEN, of_captain, of_id, season
from leitai.rooms.people.models import User
from leitai.rooms.people.testing import a_person

pytestmark = pytest.mark.django_db


def found(contest, key):
    rows = queries.receivers(contest, key, of_id(contest, key))
    return {row.address.removesuffix("@example.org") for row in rows}


def wrong(contest):
    """Audiences that differ from the list written by hand."""
    return {key for key in queries.AUDIENCES if found(contest, key) != GOLDEN[key]}


def test_a_season_addresses_exactly_the_expected_people():
    assert wrong(season()) == set()
    assert set(GOLDEN) == set(queries.AUDIENCES)


@pytest.mark.parametrize("key", GOLDEN)
def test_an_audience_that_returned_everybody_else_would_be_caught(key, monkeypatch):
    contest, right = season(), queries.AUDIENCES[key]

    def everybody_else(contest, of):
        inside = {row.address for row in right.find(contest, of)}
        for user in User.objects.exclude(email__in=inside):
            yield Receiver(address=user.email, about=f"user:{user.pk}", name="", language="en")

    monkeypatch.setitem(kept.AUDIENCES, key, replace(right, find=everybody_else))

    assert wrong(contest) == {key}


def test_a_superseded_result_has_no_audience_any_more():
    contest = season()
    old = contest.publications.get(number=1)

    assert queries.receivers(contest, "not_chosen", old.pk) == []


def test_things_of_another_contest_have_none_here():
    contest = season()
    foreign = type(contest).objects.get(slug="elsewhere").entries.first()

    assert queries.receivers(contest, "team", foreign.pk) == []


def test_every_blank_an_audience_offers_gets_a_value():
    contest = season()

    for key, audience in queries.AUDIENCES.items():
        for row in queries.receivers(contest, key, of_id(contest, key)):
            assert set(audience.allowed) <= set(row.values), key


def test_each_reads_their_own_language():
    contest = season()
    User.objects.filter(email="ivy@example.org").update(language="en")

    told = {r.name: r for r in queries.receivers(contest, "chosen", of_id(contest, "chosen"))}

    assert (told["ivy"].values["contest"], told["two"].values["contest"]) == ("Venture", "创投赛")
    assert told["ivy"].values["stage"] == "First round"


def test_a_captain_of_two_entries_is_written_to_about_each():
    contest = season()
    of_captain(contest, "dora", state="draft")

    codes = [r.values["code"] for r in queries.receivers(contest, "drafts", None)]

    assert len(set(codes)) == 2


@pytest.mark.parametrize("key", GOLDEN)
def test_an_audience_asks_as_often_for_few_as_for_many(key):
    contest, counts = season(), []
    for more in range(2):
        for n in range(8 * more):
            of_captain(contest, f"more {n}", state="draft")
            of_captain(contest, f"valid {n}")
        with CaptureQueriesContext(connection) as asked:
            found(contest, key)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_nobody_addresses_people_they_may_not_list():
    contest = season()
    secretariat = appointed(contest, Role.SECRETARIAT)
    of_the_edition = a_person("Sec of all")
    of_the_edition.appointments.create(edition=contest.edition, role=Role.SECRETARIAT, since=NOON)
    supervisor = appointed(contest, Role.SUPERVISOR)
    co_host = appointed(contest, Role.CO_HOST)

    own = [key for key in GOLDEN if key != "partners"]  # those are the edition's, not the contest's
    assert permissions.audiences_of(secretariat, contest) == own
    assert permissions.audiences_of(of_the_edition, contest) == list(GOLDEN)
    for other in (supervisor, co_host, a_person("ivy"), a_person("Stranger")):
        assert permissions.audiences_of(other, contest) == []
    assert SenderRole.APPEALS not in permissions.names_of(secretariat, contest)
    assert permissions.names_of(co_host, contest) == frozenset()
