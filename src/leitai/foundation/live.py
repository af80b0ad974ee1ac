"""Telling open pages that something is new, in one of two ways.

`announce` says only "version 41", and each page fetches what its reader may see: nothing secret
travels. `broadcast` carries the news itself to everybody who has a ticket for the topic, thousands
of them, so its body holds only what all of them may see now.

A topic is a short name such as `jury/12` or `finals/7/board`.
"""

import json
import re
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from leitai.foundation import tokens
from leitai.foundation.models import Broadcast

CHANNEL = "leitai_live"
TOPIC = re.compile(r"(?!.*/snapshot$)[a-z0-9][a-z0-9_./-]{0,99}")
A_SITTING = timedelta(hours=12)

KEEP = """
INSERT INTO foundation_broadcast (topic, version, body, at) VALUES (%s, %s, %s, now())
ON CONFLICT (topic) DO UPDATE SET version = EXCLUDED.version, body = EXCLUDED.body, at = now()
WHERE foundation_broadcast.version < EXCLUDED.version
"""


def announce(topic: str, version: int) -> None:
    """Tell the watchers, when and only when the running transaction ends well."""
    _notify([_checked(topic), int(version)])


def broadcast(topic: str, version: int, body: dict[str, Any]) -> None:
    """Show all watchers this body, when and only when the running transaction ends well.

    The newest body of a topic is kept for whoever comes later; an older version changes nothing.
    """
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [_checked(topic), int(version), text])
        is_newest = cursor.rowcount == 1
    if is_newest:
        _notify([topic, int(version), "body"])


def newest(topic: str) -> Broadcast | None:
    """What watchers of the topic see now."""
    return Broadcast.objects.filter(topic=topic).first()


def token(topic: str, at: datetime) -> str:
    """A ticket for a page shown now; whoever may see it may listen for a sitting."""
    return tokens.sign(_checked(topic), until=at + A_SITTING, secret=settings.SECRET_KEY)


def holds(ticket: str, topic: str, at: datetime) -> bool:
    """Whether this ticket is ours, for this topic, and still good."""
    return tokens.holds(ticket, topic, at=at, secret=settings.SECRET_KEY)


def _notify(message: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(message)])


def _checked(topic: str) -> str:
    if not TOPIC.fullmatch(topic):
        raise ValueError(f"A live topic is lower-case letters, digits and / . - _, not {topic!r}.")
    return topic
