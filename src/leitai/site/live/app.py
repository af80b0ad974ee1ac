"""GET /live/<topic>?token=… as server-sent events, or its newest snapshot alone; GET /live/health.

A stream carries `version` (a number: fetch what you may see) or `snapshot` (what everybody sees),
and now and then `beat` (this machine's clock).
"""

import asyncio
import json
import random
import re
import time
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from contextlib import aclosing, suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from leitai.foundation import tokens
from leitai.site import environment
from leitai.site.live import news
from leitai.site.live.ear import listen
from leitai.site.live.hub import Hub
from leitai.site.live.news import GZIP_HEAD, News

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Door = Callable[[str, Message, Receive, Send], Awaitable[None]]
Write = Callable[[News], Awaitable[None]]
Headers = Sequence[tuple[bytes, bytes]]

JSON = [(b"content-type", b"application/json")]

PREFIX = "/live/"
SNAPSHOT = "/snapshot"
PATIENCE = 5.0  # seconds that a single question waits for the database


class Live:
    """The ASGI program. One hub a process; it lives from start-up to shut-down."""

    def __init__(self, *, secret: str, database_url: str, web_port: int | None = None) -> None:
        self.secret = secret
        self.database_url = database_url
        self.web_port = web_port
        self.hub = Hub()
        self.tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                for work in (listen(self.database_url, self.hub), _beat(self.hub)):
                    self.tasks.append(asyncio.create_task(work))
                await send({"type": "lifespan.startup.complete"})
            else:
                for task in self.tasks:
                    task.cancel()
                self.hub.send_away()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        path = unquote(scope["path"])
        if scope["method"] != "GET" or not path.startswith(PREFIX):
            await _say(send, 404, {"reason": "There is nothing here."})
        elif path == f"{PREFIX}health":
            facts = {"listening": self.hub.listening, "watchers": self.hub.count()}
            await _say(send, 200 if self.hub.listening else 503, facts)
        elif path.endswith(SNAPSHOT):
            topic = path.removeprefix(PREFIX).removesuffix(SNAPSHOT)
            await self._guarded(topic, self._newest, scope, receive, send)
        else:
            await self._guarded(path.removeprefix(PREFIX), self._stream, scope, receive, send)

    async def _guarded(
        self, topic: str, door: Door, scope: Message, receive: Receive, send: Send
    ) -> None:
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if tokens.holds(given, topic, at=datetime.now(UTC), secret=self.secret):
            await door(topic, scope, receive, send)
        else:
            reason = {"reason": "This page is too old; please load it again."}
            await _say(send, 403, reason, self._cors(scope))

    async def _newest(self, topic: str, scope: Message, receive: Receive, send: Send) -> None:
        """For pages that cannot keep a stream open, and ask every few seconds instead."""
        found = await self.hub.newest(topic, patience=PATIENCE)
        cors = self._cors(scope)
        if found is None or found.body is None:
            await _say(send, 404, {"reason": "Nothing is shown here now."}, cors)
            return
        mark = f'"{found.version}"'.encode()
        headers = [*JSON, (b"cache-control", b"no-cache"), (b"etag", mark), *cors]
        is_known = dict(scope["headers"]).get(b"if-none-match") == mark
        status, body = (304, b"") if is_known else (200, found.body)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _stream(self, topic: str, scope: Message, receive: Receive, send: Send) -> None:
        is_packed = b"gzip" in dict(scope["headers"]).get(b"accept-encoding", b"")
        headers = [
            (b"content-type", b"text/event-stream"),
            (b"cache-control", b"no-store"),
            (b"x-accel-buffering", b"no"),
            *([(b"content-encoding", b"gzip")] if is_packed else []),
            *self._cors(scope),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        telling = asyncio.create_task(_tell(self.hub, topic, _writer(send, is_packed)))
        gone = asyncio.create_task(_until_gone(receive))
        await asyncio.wait({telling, gone}, return_when=asyncio.FIRST_COMPLETED)
        for task in (telling, gone):
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task
        with suppress(Exception):
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _cors(self, scope: Message) -> list[tuple[bytes, bytes]]:
        """Pages of the same host on the web process's port may listen, and no others."""
        headers = dict(scope["headers"])
        origin = headers.get(b"origin", b"")
        page = urlsplit(origin.decode("latin-1"))
        host = re.sub(r":\d+$", "", headers.get(b"host", b"").decode("latin-1"))
        same_host = re.sub(r":\d+$", "", page.netloc) == host
        if not (origin and same_host and page.port == self.web_port):
            return []
        return [(b"access-control-allow-origin", origin), (b"vary", b"origin")]


async def _beat(hub: Hub) -> None:
    while True:
        await asyncio.sleep(1)
        hub.beat(time.time())


async def _tell(hub: Hub, topic: str, write: Write) -> None:
    # Each page comes back after a moment of its own, so that a restart is no stampede.
    await write(news.retry(random.randint(1000, 6000)))  # noqa: S311
    await write(news.beat(int(time.time() * 1000)))
    async with aclosing(hub.watch(topic)) as stream:
        async for word in stream:
            await write(word)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _writer(send: Send, is_packed: bool) -> Write:
    """Writes whole events, packed or plain; they are the same bytes for every stream."""
    is_first = is_packed

    async def write(word: News) -> None:
        nonlocal is_first
        body = word.packed if is_packed else word.plain
        if is_first:
            body, is_first = GZIP_HEAD + body, False
        await send({"type": "http.response.body", "body": body, "more_body": True})

    return write


async def _say(send: Send, status: int, facts: dict[str, Any], more: Headers = ()) -> None:
    headers = [*JSON, (b"cache-control", b"no-store"), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(facts).encode()})


def application() -> Live:
    """Granian's factory."""
    return Live(
        secret=environment.secret_key(),
        database_url=environment.database_url(),
        web_port=environment.web_port(),
    )
