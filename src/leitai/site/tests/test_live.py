"""The live process, as it really runs: a process, a database, a browser's request."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

from leitai.foundation import live

pytestmark = pytest.mark.django_db(transaction=True)


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def url_of(database: dict) -> str:
    host = quote(database["HOST"], safe="")
    secret = f":{quote(database['PASSWORD'])}" if database["PASSWORD"] else ""
    port = f"&port={database['PORT']}" if database["PORT"] else ""
    return f"postgresql://{database['USER']}{secret}@/{database['NAME']}?host={host}{port}"


@pytest.fixture
def port(transactional_db):
    number = a_free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": url_of(connection.settings_dict),
        "LEITAI_SECRET_KEY": settings.SECRET_KEY,
        "LEITAI_PORT": "8000",
    }
    command = [sys.executable, "-m", "leitai", "live", "--port", str(number)]
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    wait_until(lambda: health(number).get("listening"))
    yield number
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(20)


def wait_until(truth, seconds=20.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if truth():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


def get(port, path, origin=None):
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    wire.request("GET", path, headers={"Origin": origin} if origin else {})
    return wire.getresponse()


def health(port) -> dict:
    try:
        return json.load(get(port, "/live/health"))
    except OSError:
        return {}


def listen(port, topic, *, origin=None):
    ticket = live.token(topic, datetime.now(UTC))
    stream = get(port, f"/live/{topic}?token={ticket}", origin)
    assert stream.status == 200
    wait_until(lambda: health(port).get("watchers"))
    return stream


def next_data(stream) -> str:
    """What the next event says; heartbeats are not news."""
    kind = ""
    for line in stream:
        name, _, value = line.decode().strip().partition(": ")
        if name == "event":
            kind = value
        elif name == "data" and kind != "beat":
            return value
    return "the end"


def test_watchers_hear_the_version_and_only_of_their_topic(port):
    stream = listen(port, "jury/12")

    live.announce("jury/13", 7)
    live.announce("jury/12", 41)

    assert stream.getheader("content-type") == "text/event-stream"
    assert next_data(stream) == "41"


def test_whoever_comes_late_hears_what_stands_now(port):
    early = listen(port, "jury/12")
    live.announce("jury/12", 41)
    assert next_data(early) == "41"

    assert next_data(listen(port, "jury/12")) == "41"


def test_what_was_rolled_back_was_never_said(port):
    stream = listen(port, "jury/12")

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        live.announce("jury/12", 1)
        raise ZeroDivisionError
    live.announce("jury/12", 2)

    assert next_data(stream) == "2"


def test_without_a_ticket_one_hears_nothing(port):
    other = live.token("jury/13", datetime.now(UTC))

    assert get(port, "/live/jury/12").status == 403
    assert get(port, f"/live/jury/12?token={other}").status == 403
    assert get(port, "/elsewhere").status == 404


def test_only_pages_of_the_same_host_may_listen(port):
    ours, theirs = "http://127.0.0.1:8000", "http://evil.example.org:8000"
    allowed = "access-control-allow-origin"

    assert listen(port, "jury/12", origin=ours).getheader(allowed) == ours
    assert listen(port, "jury/12", origin=theirs).getheader(allowed) is None
    assert listen(port, "jury/12", origin="http://127.0.0.1:9").getheader(allowed) is None


def test_when_the_database_drops_it_watchers_are_sent_to_look_again_and_it_comes_back(port):
    stream = listen(port, "jury/12")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'leitai live' AND datname = current_database()"
        )

    assert next_data(stream) == "the end"
    wait_until(lambda: health(port).get("listening"))
    again = listen(port, "jury/12")
    live.announce("jury/12", 42)
    assert next_data(again) == "42"


def test_a_topic_is_a_plain_name():
    with pytest.raises(ValueError, match="lower-case"):
        live.announce("Jury 12", 1)


def test_notices_of_others_do_no_harm(port):
    stream = listen(port, "jury/12")
    with psycopg.connect(url_of(connection.settings_dict), autocommit=True) as stranger:
        for payload in ("", "nonsense", "[1]", "{}", '["jury/12", "x"]'):
            stranger.execute("SELECT pg_notify('leitai_live', %s)", [payload])

    live.announce("jury/12", 43)

    assert next_data(stream) == "43"
