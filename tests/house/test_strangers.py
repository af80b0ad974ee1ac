"""Every door, tried by people who have no business there, in a contest that is hidden from them.

All rows of that contest carry one number, so every address leads to something real.
"""

import pytest
from django.urls import reverse

from leitai.foundation.models import Line
from leitai.rooms.jury.models import Juror
from leitai.rooms.people.models import User
from leitai.rooms.people.testing import a_person
from leitai.site.api import api
from tests.house.doors import doors, values_of
from tests.house.planted import CANARY, NUMBER, a_rival, plant

pytestmark = pytest.mark.django_db
# Doors that everybody signed in may pass; what lies behind is their own.
ONES_OWN = {
    "site:desk", "contests:programmes", "demands:mine", "submissions:mine", "jury:piles",
    "jury:expertise", "people:profile", "people:organisations", "people:consents", "people:data",
    "people:own_data",
    "messages:inbox", "messages:read_all", "messages:preferences", "standings:own_appeals",
    "awards:own", "finals:own_halls",
}  # fmt: skip
CLOSED = {401, 403, 404, 405, 410}


def _doors():
    """Name and address of each page of ours that is not for everybody."""
    for name, pattern in doors():
        if not getattr(pattern.callback, "is_public", False):
            yield pytest.param(name, values_of(pattern), id=f"{name} {pattern.pattern}")


DOORS = list(_doors())


@pytest.fixture(scope="module")
def _hidden(django_db_setup, django_db_blocker):
    """Planted once for all doors, and taken away afterwards."""
    from django.db import connection, transaction

    with django_db_blocker.unblock(), transaction.atomic():
        plant()
        a_rival()
        yield connection
        transaction.set_rollback(True)


@pytest.mark.usefixtures("_hidden")
@pytest.mark.parametrize(("name", "values"), DOORS)
def test_strangers_are_asked_to_sign_in_first(client, name, values):
    address = reverse(name, kwargs=values)

    for answer in (client.get(address), client.post(address)):
        is_asked = answer.status_code == 302 and answer.url.startswith("/account/login/")
        assert is_asked or answer.status_code == 405, answer
        assert CANARY.encode() not in answer.content


@pytest.mark.usefixtures("_hidden")
@pytest.mark.parametrize(("name", "values"), DOORS)
def test_those_who_work_elsewhere_find_nothing_here(client, name, values):
    client.force_login(a_person("Rival"))
    address, before = reverse(name, kwargs=values), Line.objects.count()

    for answer in (client.get(address), client.post(address)):
        assert answer.status_code in CLOSED or name in ONES_OWN, answer
        if CANARY not in address:
            assert CANARY.encode() not in b"".join(answer)
    assert Line.objects.count() == before


@pytest.mark.usefixtures("_hidden")
def test_the_api_knows_no_hidden_contest_either(client):
    client.force_login(a_person("Rival"))
    described = api.get_openapi_schema()["paths"]

    told = {}
    for path, methods in described.items():
        address = path.format(edition="hidden", contest="secret", pk=NUMBER, code="MED-0001",
                              number=NUMBER, contest_id=NUMBER, stage_id=NUMBER,
                              token="made-up")  # fmt: skip
        for method in methods:
            answer = client.generic(method.upper(), address, "{}", content_type="application/json")
            assert CANARY not in answer.content.decode()
            told[f"{method} {path}"] = answer.status_code

    open_ones = {"get /api/contests/", "get /api/submissions/mine/", "get /api/jury/piles",
                 "get /api/messages/inbox/", "get /api/standings/appeals/",
                 "get /api/awards/mine/"}  # fmt: skip
    assert {k for k, status in told.items() if status == 200} == open_ones
    assert {status for k, status in told.items() if k not in open_ones} <= {404, 422}


@pytest.mark.usefixtures("_hidden")
def test_the_doors_tried_lead_to_something_real(client):
    """To one of the contest's own organisers, or to its juror, most of these addresses open."""
    tried = [p.values for p in DOORS]
    opened = set()
    boss, aide = User.objects.get(pk=NUMBER), a_person(f"{CANARY} aide")

    for person in (boss, aide, Juror.objects.get(pk=NUMBER).user):
        client.force_login(person)
        opened |= {
            name
            for name, values in tried
            if client.get(reverse(name, kwargs=values)).status_code in {200, 302, 405}
        }

    names = {name for name, _ in tried}
    assert len(opened) > 0.8 * len(names), sorted(names - opened)
