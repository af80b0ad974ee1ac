"""Hears PostgreSQL's notifications and passes them to the hub."""

import asyncio
import json
import logging

import psycopg

from leitai.site.live.hub import Hub

log = logging.getLogger("leitai.live")

CHANNEL = "leitai_live"  # as in `leitai.foundation.live`, which needs Django
SHORTEST_PAUSE = 0.2
LONGEST_PAUSE = 10.0


async def listen(url: str, hub: Hub) -> None:
    """For ever; when the database goes away, come back as soon as it does."""
    pause = SHORTEST_PAUSE
    while True:
        try:
            await _listen_once(url, hub)
        except Exception as trouble:  # whatever it was, watchers are better served by a next try
            log.warning("no news from the database: %s", " ".join(str(trouble).split())[:300])
        pause = SHORTEST_PAUSE if hub.listening else min(pause * 2, LONGEST_PAUSE)
        hub.listening = False
        await asyncio.sleep(pause)


async def _listen_once(url: str, hub: Hub) -> None:
    connection = await psycopg.AsyncConnection.connect(
        url,
        autocommit=True,
        connect_timeout=5,
        application_name="leitai live",
        # A silent network is noticed within a minute.
        keepalives_idle=20,
        keepalives_interval=10,
        keepalives_count=3,
    )
    async with connection:
        await connection.execute(f"LISTEN {CHANNEL}")
        hub.send_away()
        hub.listening = True
        async for notice in connection.notifies():
            _pass_on(notice.payload, hub)


def _pass_on(payload: str, hub: Hub) -> None:
    try:
        topic, version = json.loads(payload)
        hub.tell(str(topic), int(version))
    except (ValueError, TypeError):
        log.warning("not a message of ours: %.80r", payload)
