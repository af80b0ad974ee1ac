"""The live process, as it really runs: a process, a database, a browser's request."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import zlib
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


def cut_off():
    """The live process loses its connections, as when the database starts anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'leitai live' AND datname = current_database()"
        )


def get(port, path, origin=None, *, known=None, packed=False):
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Origin": origin, "If-None-Match": known, "Accept-Encoding": packed and "gzip"}
    wire.request("GET", path, headers={name: value for name, value in headers.items() if value})
    return wire.getresponse()


def health(port) -> dict:
    try:
        return json.load(get(port, "/live/health"))
    except OSError:
        return {}


def listen(port, topic, *, origin=None, packed=False):
    ticket = live.token(topic, datetime.now(UTC))
    stream = get(port, f"/live/{topic}?token={ticket}", origin, packed=packed)
    assert stream.status == 200
    assert (stream.getheader("content-encoding") == "gzip") == packed
    wait_until(lambda: health(port).get("watchers"))
    return unpacked(stream) if packed else stream


def unpacked(stream):
    """Line by line, each as soon as it is there."""
    reader, rest = zlib.decompressobj(zlib.MAX_WBITS | 16), b""
    while piece := stream.read1(65536):
        *lines, rest = (rest + reader.decompress(piece)).split(b"\n")
        yield from lines


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

    cut_off()

    assert next_data(stream) == "the end"
    wait_until(lambda: health(port).get("listening"))
    again = listen(port, "jury/12")
    live.announce("jury/12", 42)
    assert next_data(again) == "42"


def test_a_snapshot_reaches_who_watches_and_who_comes_late_or_asks(port):
    topic = "finals/7/board"
    early = listen(port, topic)
    live.broadcast(topic, 41, {"v": 41})
    assert json.loads(next_data(early)) == {"v": 41}

    live.broadcast(topic, 40, {"v": 40})
    live.broadcast(topic, 42, {"v": 42, "title": "擂台"})

    assert json.loads(next_data(early)) == {"v": 42, "title": "擂台"}
    assert json.loads(next_data(listen(port, topic))) == {"v": 42, "title": "擂台"}
    door = f"/live/{topic}/snapshot?token={live.token(topic, datetime.now(UTC))}"
    asked = get(port, door)
    assert (asked.status, json.load(asked)) == (200, {"v": 42, "title": "擂台"})
    assert get(port, door, known=asked.getheader("etag")).status == 304
    assert get(port, f"/live/{topic}/snapshot?token=1.2").status == 403
    other = live.token("finals/9/board", datetime.now(UTC))
    assert get(port, f"/live/finals/9/board/snapshot?token={other}").status == 404


def test_when_the_database_comes_back_watchers_see_what_they_missed(port):
    topic = "finals/7/board"
    live.broadcast(topic, 1, {"v": 1})
    stream = listen(port, topic, packed=True)
    assert json.loads(next_data(stream)) == {"v": 1}

    cut_off()
    live.broadcast(topic, 2, {"v": 2})

    assert json.loads(next_data(stream)) == {"v": 2}


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
