"""Who watches over Leitai learns how it is, quickly, also when it is ill."""

import pytest
from django.conf import settings
from django.db import connection

HEARTBEAT = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval)"


@pytest.fixture(autouse=True)
def no_live_process(monkeypatch):
    monkeypatch.setenv("LEITAI_LIVE_PORT", "1")


@pytest.mark.django_db
def test_without_worker_and_live_process_pages_still_work(client):
    answer = client.get("/healthz")

    assert answer.status_code == 200
    body = answer.json()
    assert body.pop("version")
    assert body == {"status": "degraded", "database": "ok", "worker": "down", "live": "down"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("ago", "state"), [("5 s", "ok"), ("3 min", "down")])
def test_a_worker_is_there_while_it_gives_signs_of_life(client, ago, state):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute(HEARTBEAT, [ago])

    assert client.get("/healthz").json()["worker"] == state


def test_without_a_database_the_answer_is_503_and_still_json(client, monkeypatch, tmp_path):
    monkeypatch.setitem(settings.DATABASES["default"], "HOST", str(tmp_path))

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["database"] == "down"
    assert answer.json()["status"] == "down"
