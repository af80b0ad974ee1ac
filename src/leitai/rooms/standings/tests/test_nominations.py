"""The owner of a demand names an entry for a place beside the quota."""

import pytest
from django.urls import reverse

from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, a_contest, appointed, some_rules
from leitai.rooms.demands.testing import a_demand
from leitai.rooms.people.testing import a_person, a_speaker
from leitai.rooms.standings import actions
from leitai.rooms.standings.models import SpecialPlace
from leitai.rooms.standings.queries import nominations
from leitai.rooms.standings.testing import a_meeting, a_standing, decided, judged, level
from leitai.rooms.submissions.models import Answer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def a_stage(**decision):
    rules = some_rules(
        stage={"quota": {"total": 1, "reserves": 1}}, decision={"nominations": 1, **decision}
    )
    return judged(a_contest(rules=rules), level(9), level(5))


@pytest.fixture
def stage():
    return a_stage()


@pytest.fixture
def demand(stage):
    """Both entries answer it; Olga speaks for its owner."""
    demand = a_demand(stage.contest)
    a_speaker(a_person("Olga"), demand.owner)
    for entry in stage.contest.entries.filter(version=0):
        entry.version = 1
        entry.save()
    for entry in stage.contest.entries.order_by("code"):
        Answer.objects.create(entry=entry, demand=demand, at=NOON)
    return demand


def answer(demand, n):
    return demand.answers.order_by("entry__code")[n - 1]


def nominate(demand, n, why="It runs in our yard."):
    return actions.nominate(answer=answer(demand, n), why=why, by=a_person("Olga"), at=NOON)


def refused(*told, **fields):
    with pytest.raises(NotPossible) as refusal:
        nominate(*told, **fields)
    return refusal.value.verdict.code


def test_a_nomination_that_carries_takes_an_entry_on_whatever_its_marks(stage, demand):
    assert nominations.nominations_owed(a_person("Olga")) == [demand]

    place = nominate(demand, 2)
    assert (place.stage, place.proposer) == (stage, "Big Harbour")
    assert nominations.nominations_owed(a_person("Olga")) == []
    a_standing(stage)
    a_meeting(stage, "Chair", "Clerk")
    by = appointed(stage.contest)
    actions.settle_special(place=place, votes_for=2, votes_against=0, by=by, at=NOON)
    standing = decided(a_standing(stage))

    assert set(standing.places.values_list("outcome", flat=True)) == {"in"}


def test_a_refusal_tells_nothing_of_marks(stage, demand):
    """The first entry has a place by its marks already, and nobody outside may know."""
    a_standing(stage)

    assert nominate(demand, 1).entry == answer(demand, 1).entry


def test_one_nomination_in_the_whole_contest_with_a_reason_and_not_of_ones_own_house(stage, demand):
    ours = answer(demand, 1).entry
    ours.organisation = demand.owner
    ours.save()

    assert refused(demand, 2, why="  ") == "no_reason"
    assert refused(demand, 1) == "own_entry"
    nominate(demand, 2)
    assert refused(demand, 2) == "limit_reached"
    assert SpecialPlace.objects.count() == 1


def test_what_the_committee_has_decided_is_over(stage, demand):
    decided(a_standing(stage))

    assert refused(demand, 2) == "decided"
    assert nominations.nominations_owed(a_person("Olga")) == []


def test_the_owner_finds_the_door_and_nobody_else_does(client, stage, demand):
    door = reverse("standings:nomination", args=[answer(demand, 2).pk])
    client.cookies["leitai_language"] = "en"
    assert client.get(door).status_code == 302

    for person in (a_person("Nosy"), answer(demand, 2).entry.begun_by, appointed(stage.contest),
                   appointed(stage.contest, Role.CO_HOST, "Co")):  # fmt: skip
        client.force_login(person)
        assert client.get(door).status_code == 404
        assert client.post(door, {"why": "Mine."}).status_code == 404

    client.force_login(a_person("Olga"))
    listed = client.get(reverse("submissions:answered", args=[demand.pk])).content.decode()
    assert door in listed
    assert client.post(door, {"why": ""}).status_code == 422
    assert client.post(door, {"why": "It runs in our yard."}).status_code == 302
    assert SpecialPlace.objects.get().why == "It runs in our yard."
    assert "no more places of this kind" in client.get(door).content.decode()


def test_where_the_rules_give_owners_no_place_there_is_no_door(client):
    stage = a_stage(nominations=0)
    demand = a_demand(stage.contest)
    a_speaker(a_person("Olga"), demand.owner)
    entry = stage.contest.entries.first()
    made = Answer.objects.create(entry=entry, demand=demand, at=NOON)
    client.force_login(a_person("Olga"))

    assert client.get(reverse("standings:nomination", args=[made.pk])).status_code == 404
    assert nominations.nominations_owed(a_person("Olga")) == []
