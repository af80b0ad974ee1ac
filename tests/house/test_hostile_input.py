"""Whatever an address, a form or a program may say, the answer is never a broken page.

Everybody's doors are tried by somebody who may pass most of them: the organiser, captain, juror and
speaker of the planted contest.
"""

import inspect
import json
import re
from functools import partial
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.urls import reverse

from leitai.rooms.people.models import User
from leitai.site.api import api
from tests.house.doors import doors, values_of
from tests.house.planted import NUMBER, a_rival, plant

pytestmark = pytest.mark.django_db

NASTY = {
    "zero": "a\0b",
    "huge number": "9" * 30,
    "number beyond reading": "9" * 5000,
    "no real digit": "²",
    "half a pair": "\udc80",
    "odd text": "\u202e👩‍🚀'\"\\%_;-- -1 NaN []",
    "cursor": "WyJmIiw5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OV0",
}
ASKED = re.compile(r"""(?:GET|POST|asked|data)\.get(?:list)?\(\s*f?["'](\w[\w-]*)["']""")
FIELD = re.compile(r'\bname="([^"]+)"')
RAW = {"errors": "surrogatepass"}
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
USUAL = {"q", "at", "page", "cursor", "state", "order"}


@pytest.fixture(scope="module")
def _planted(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        plant()
        a_rival()
        yield connection
        transaction.set_rollback(True)


@pytest.fixture
def organiser(client):
    client.raise_request_exception = False
    client.force_login(User.objects.get(pk=NUMBER))
    return client


def _status(ask):
    """The status of an answer; what the request did to the database is undone."""
    with transaction.atomic():
        answer = ask()
        if answer.streaming:
            b"".join(answer)
        transaction.set_rollback(True)
    return answer.status_code


def _parameters(view):
    source = inspect.getsource(inspect.getmodule(inspect.unwrap(view)))
    return sorted(USUAL | set(ASKED.findall(source)))


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize("said", NASTY.values(), ids=NASTY)
def test_what_addresses_ask_for(organiser, said):
    broken = []
    for name, pattern in doors():
        address = reverse(name, kwargs=values_of(pattern))
        asked = urlencode(dict.fromkeys(_parameters(pattern.callback), said.encode(**RAW)))
        if _status(partial(organiser.get, f"{address}?{asked}")) >= 500:
            broken.append(name)
    assert broken == []


def _fields(organiser, name, address, pattern, known={}):  # noqa: B006 - pages are read once
    """The names of a page's fields, and those its view asks for."""
    if name not in known:
        with transaction.atomic():
            page = organiser.get(address)
            is_page = page.get("Content-Type", "").startswith("text/html")
            shown = FIELD.findall(page.content.decode()) if is_page else []
            transaction.set_rollback(True)
        known[name] = sorted({*_parameters(pattern.callback), *shown})
    return known[name]


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize("said", NASTY.values(), ids=NASTY)
def test_what_forms_send(organiser, said):
    broken = []
    for name, pattern in doors():
        address = reverse(name, kwargs=values_of(pattern))
        sent = dict.fromkeys(_fields(organiser, name, address, pattern), said)
        body = urlencode({key: value.encode(**RAW) for key, value in sent.items()})
        if _status(partial(organiser.post, address, body, content_type=FORM)) >= 500:
            broken.append(name)
    assert broken == []


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize("said", ["%00", "9" * 30, "9" * 5000, "%ED%A0%80", "%FF", "a%0Ab"])
def test_addresses_themselves(organiser, said):
    broken = []
    for name, pattern in doors():
        values = values_of(pattern)
        for chosen in values:
            address = reverse(name, kwargs=values).split("/")
            spoilt = [said if part == str(values[chosen]) else part for part in address]
            if _status(partial(organiser.get, "/".join(spoilt))) >= 500:
                broken.append((name, chosen))
    assert broken == []


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize(
    "value", ["\0", "\ud800", 10**30, -1, [], {}, None, True, ["\0"], {"a": "\0"}, "x" * 10**5],
    ids=lambda value: str(type(value)),
)  # fmt: skip
def test_what_programs_say(organiser, value):
    broken = []
    for path, methods in api.get_openapi_schema()["paths"].items():
        address = path.format(edition="hidden", contest="secret", pk=NUMBER, code="MED-0001",
                              number=NUMBER, contest_id=NUMBER, stage_id=NUMBER,
                              token="made-up")  # fmt: skip
        for key in ("field", "value", "base", "declared", "ground", "note"):
            usual = {"field": "title_en", "value": "", "base": 0, "declared": [], "note": "",
                     "ground": "other"}  # fmt: skip
            body = json.dumps(usual | {key: value})
            for method in methods:
                answer = partial(organiser.generic, method.upper(), address, body, JSON)
                if _status(answer) >= 500:
                    broken.append((path, key))
    assert broken == []


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize("door", ["submissions:fields", "jury:draft"])
@pytest.mark.parametrize("value", ["\0", "\ud800", 10**30, -1, [], {}, None, True, ["\0"], "1e999"])
@pytest.mark.parametrize("key", ["field", "value", "base"])
def test_fields_that_save_themselves(organiser, door, value, key):
    field = "mark-tech" if door == "jury:draft" else "title_en"
    body = {"field": field, "value": "", "base": 0} | {key: value}
    ask = partial(organiser.post, reverse(door, args=[NUMBER]), json.dumps(body), JSON)

    assert _status(ask) < 500


@pytest.mark.parametrize("body", ["", "[]", "null", "1", '"a"', "{", "[" * 5000, "\0", "{}"])
@pytest.mark.parametrize("door", ["submissions:fields", "jury:draft"])
@pytest.mark.usefixtures("_planted")
def test_bodies_of_a_wrong_shape(organiser, door, body):
    ask = partial(organiser.post, reverse(door, args=[NUMBER]), body, content_type=JSON)

    assert 400 <= _status(ask) < 500


@pytest.mark.parametrize(
    "name", ["leitai_session", "leitai_csrf", "leitai_language", "leitai_zone"]
)
@pytest.mark.parametrize(
    "value", [r'"\000aaaaaaaaaa"', "../../etc/passwd", "x" * 4000, "%E2%80%AE"]
)
def test_cookies_that_lie(client, name, value):
    client.raise_request_exception = False

    assert client.get("/", headers={"Cookie": f"{name}={value}"}).status_code < 500
    assert client.get("/desk/", headers={"Cookie": f"{name}={value}"}).status_code < 500
