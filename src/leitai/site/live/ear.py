"""Hears PostgreSQL's notifications, and reads the bodies that pages are to see."""

import asyncio
import json
import logging

import psycopg

from leitai.site.live.hub import Hub

log = logging.getLogger("leitai.live")

CHANNEL = "leitai_live"  # as in `leitai.foundation.live`, which needs Django
BODIES = "SELECT topic, version, body FROM foundation_broadcast WHERE topic = ANY(%s)"
SHORTEST_PAUSE = 0.2
LONGEST_PAUSE = 10.0


async def listen(url: str, hub: Hub) -> None:
    """For ever; when the database goes away, come back as soon as it does."""
    pause = SHORTEST_PAUSE
    while True:
        try:
            await _listen_once(url, hub)
        except Exception as trouble:  # whatever it was, watchers are better served by a next try
            log.warning("no news from the database: %s", _in_a_line(trouble))
        pause = SHORTEST_PAUSE if hub.listening else min(pause * 2, LONGEST_PAUSE)
        hub.listening = False
        await asyncio.sleep(pause)


async def _listen_once(url: str, hub: Hub) -> None:
    """Until the first of the two connections fails; then both are made anew."""
    async with await _connect(url) as ear, await _connect(url) as eye:
        await ear.execute(f"LISTEN {CHANNEL}")
        # Only now: what changes from here on is heard, so what is read from here on is the newest.
        hub.look_again()
        hub.listening = True
        both = [asyncio.create_task(_hear(ear, hub)), asyncio.create_task(_read(eye, hub))]
        try:
            done, _ = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)


async def _connect(url: str) -> psycopg.AsyncConnection:
    return await psycopg.AsyncConnection.connect(
        url,
        autocommit=True,
        connect_timeout=5,
        application_name="leitai live",
        # A silent network is noticed within a minute.
        keepalives_idle=20,
        keepalives_interval=10,
        keepalives_count=3,
    )


async def _hear(connection: psycopg.AsyncConnection, hub: Hub) -> None:
    async for notice in connection.notifies():
        _pass_on(notice.payload, hub)


async def _read(connection: psycopg.AsyncConnection, hub: Hub) -> None:
    """Once a version, however many watch; what is asked for meanwhile is read together."""
    while True:
        await hub.asked.wait()
        topics = hub.take_wanted()
        try:
            rows = await connection.execute(BODIES, [topics])
            hub.fill(topics, await rows.fetchall())
        except BaseException:
            hub.want(topics)
            raise


def _pass_on(payload: str, hub: Hub) -> None:
    try:
        topic, version, *more = json.loads(payload)
        if more:
            hub.stir(str(topic))
        else:
            hub.tell(str(topic), int(version))
    except (ValueError, TypeError):
        log.warning("not a message of ours: %.80r", payload)


def _in_a_line(trouble: Exception) -> str:
    return " ".join(str(trouble).split())[:300]
