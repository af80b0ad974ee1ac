"""What is kept for watchers. The process that carries it to them is tested with the site."""

import json

import pytest
from django.db import transaction

from leitai.foundation import live
from leitai.foundation.models import Broadcast

pytestmark = pytest.mark.django_db


def kept(topic="finals/7/board"):
    row = live.newest(topic)
    return (row.version, json.loads(row.body)) if row else None


def test_the_newest_body_of_each_topic_is_kept():
    live.broadcast("finals/7/board", 1, {"v": 1})
    live.broadcast("finals/7/board", 2, {"v": 2, "title": "擂台\n一"})
    live.broadcast("finals/8/board", 1, {"v": 1})

    assert kept() == (2, {"v": 2, "title": "擂台\n一"})
    assert Broadcast.objects.count() == 2


def test_an_older_version_changes_nothing():
    live.broadcast("finals/7/board", 2, {"v": 2})
    live.broadcast("finals/7/board", 1, {"v": 1})

    assert kept() == (2, {"v": 2})


def test_what_was_rolled_back_was_never_shown():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        live.broadcast("finals/7/board", 1, {"v": 1})
        raise ZeroDivisionError

    assert kept() is None


def test_a_body_is_written_on_one_line():
    live.broadcast("finals/7/board", 1, {"text": "one\ntwo\r\nthree"})

    assert "\n" not in live.newest("finals/7/board").body


@pytest.mark.parametrize("topic", ["Finals 7", "", "/live", "finals/7/snapshot", "a" * 101])
def test_a_topic_is_a_plain_name(topic):
    with pytest.raises(ValueError, match="lower-case"):
        live.broadcast(topic, 1, {})
