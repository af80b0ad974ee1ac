"""Telling open pages that something is new.

A topic is a short name such as `jury/12`. Watchers hear only "version 41" and fetch what they may
see, so nothing secret ever travels here.
"""

import json
import re
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from leitai.foundation import tokens

CHANNEL = "leitai_live"
TOPIC = re.compile(r"[a-z0-9][a-z0-9_./-]{0,99}")
A_SITTING = timedelta(hours=12)


def announce(topic: str, version: int) -> None:
    """Tell the watchers, when and only when the running transaction ends well."""
    with connection.cursor() as cursor:
        message = json.dumps([_checked(topic), int(version)])
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, message])


def token(topic: str, at: datetime) -> str:
    """A ticket for a page shown now; whoever may see it may listen for a sitting."""
    return tokens.sign(_checked(topic), until=at + A_SITTING, secret=settings.SECRET_KEY)


def _checked(topic: str) -> str:
    if not TOPIC.fullmatch(topic):
        raise ValueError(f"A live topic is lower-case letters, digits and / . - _, not {topic!r}.")
    return topic
