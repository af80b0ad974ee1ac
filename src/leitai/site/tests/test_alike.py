"""Unknown and forbidden look alike, on pages as in the API."""

import re

import pytest
from django.urls import reverse

from leitai.rooms.contests.rules import State
from leitai.rooms.contests.testing import a_contest
from leitai.rooms.demands.testing import a_demand
from leitai.rooms.people.testing import a_person

pytestmark = pytest.mark.django_db
PUBLIC = ["site:contest", "contests:rules", "demands:public", "submissions:public"]


def pair(name):
    """Where a hidden contest stands, and where none does."""
    edition = a_contest("secret", state=State.DRAFT).edition.slug
    return [reverse(name, args=[edition, slug]) for slug in ("secret", "nowhere")]


def without(answer, address):
    """The page, but for what differs from one moment to the next, and the address itself."""
    page = answer.content.decode().replace(address, "")
    return re.sub(r"\d{4}-\d\d-\d\d[T ]\d\d:[\d:.+]+|\"\w{64}\"", "", page)


@pytest.mark.parametrize("who", ["stranger", "somebody"])
@pytest.mark.parametrize("name", PUBLIC)
def test_a_hidden_contest_is_nowhere_on_public_pages(client, name, who):
    addresses = pair(name)
    if who == "somebody":
        client.force_login(a_person("Nosy"))

    hidden, none = (client.get(address) for address in addresses)

    assert hidden.status_code == none.status_code == 404
    assert without(hidden, addresses[0]) == without(none, addresses[1])


def test_strangers_sign_in_before_they_learn_whether_there_is_a_demand(client):
    pk = a_demand(visibility="invited").pk
    for address in (reverse("demands:show", args=[pk]), reverse("demands:show", args=[pk + 1])):
        answer = client.get(address)

        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))


def test_scripts_hear_the_same_as_well(client):
    client.force_login(a_person("Nosy"))
    answers = [
        client.get(a, headers={"Accept": "application/json"}) for a in pair("demands:public")
    ]

    assert [a.status_code for a in answers] == [404, 404]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["code"] == "hidden"
