"""What every answer says to browsers, caches and curious people."""

import pytest
from django.urls import reverse

from leitai.rooms.people.testing import a_person

pytestmark = pytest.mark.django_db
PAGES = ["/", "/desk/", "/nowhere/", "/api/contests/", "/account/login/", "/files/made-up/", "/%00"]


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_forbids_foreign_scripts_and_says_what_it_depends_on(client, address):
    answer = client.get(address)

    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/", "/api/contests/", "/account/login/"])
def test_pages_for_everybody_differ_by_cookie_and_language(client, address):
    assert {"Cookie", "Accept-Language"} <= set(client.get(address)["Vary"].split(", "))


@pytest.mark.parametrize("address", ["/", "/desk/", "/nowhere/", "/api/submissions/mine/"])
def test_nobody_keeps_pages_of_somebody_we_know(client, address):
    client.force_login(a_person("Ada"))

    assert client.get(address)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "where", ["//evil.example.org", "https://evil.example.org/", "/\\evil.org"]
)
@pytest.mark.parametrize("door", ["look", "set_language", "account_login"])
def test_no_door_leads_to_a_foreign_house(client, door, where):
    sent = {"next": where, "theme": "dark", "language": "en"}
    if door == "account_login":
        client.force_login(a_person("Ada"))

    for answer in (client.get(reverse(door), sent), client.post(reverse(door), sent)):
        assert "evil" not in answer.get("Location", "")


def test_a_foreign_host_name_is_refused(client):
    client.raise_request_exception = False

    answer = client.get("/", headers={"Host": "evil.example.org"})

    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()
