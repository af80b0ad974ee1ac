"""GET /live/<topic>?token=… as server-sent events, and GET /live/health."""

import asyncio
import json
import random
import re
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from leitai.foundation import tokens
from leitai.site import environment
from leitai.site.live.ear import listen
from leitai.site.live.hub import Hub

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

HEARTBEAT = 15.0  # seconds; keeps proxies from closing a silent stream
PREFIX = "/live/"


class Live:
    """The ASGI program. One hub a process; it lives from start-up to shut-down."""

    def __init__(self, *, secret: str, database_url: str, web_port: int | None = None) -> None:
        self.secret = secret
        self.database_url = database_url
        self.web_port = web_port
        self.hub = Hub()
        self.ear: asyncio.Task[None] | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.ear = asyncio.create_task(listen(self.database_url, self.hub))
                await send({"type": "lifespan.startup.complete"})
            else:
                if self.ear:
                    self.ear.cancel()
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
        elif not self._may_listen(scope, path.removeprefix(PREFIX)):
            await _say(send, 403, {"reason": "This page is too old; please load it again."})
        else:
            await self._stream(path.removeprefix(PREFIX), scope, receive, send)

    def _may_listen(self, scope: Message, topic: str) -> bool:
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        return tokens.holds(given, topic, at=datetime.now(UTC), secret=self.secret)

    async def _stream(self, topic: str, scope: Message, receive: Receive, send: Send) -> None:
        headers = [
            (b"content-type", b"text/event-stream"),
            (b"cache-control", b"no-store"),
            (b"x-accel-buffering", b"no"),
            *self._cors(scope),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        telling = asyncio.create_task(_tell(self.hub.watch(topic, patience=HEARTBEAT), send))
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


async def _tell(versions: AsyncIterator[int | None], send: Send) -> None:
    # Each page comes back after a moment of its own, so that a restart is no stampede.
    await _write(send, f"retry: {random.randint(1000, 6000)}\n\n")  # noqa: S311
    async for version in versions:
        await _write(send, ":\n\n" if version is None else f"event: version\ndata: {version}\n\n")


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _say(send: Send, status: int, facts: dict[str, Any]) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(facts).encode()})


def application() -> Live:
    """Granian's factory."""
    return Live(
        secret=environment.secret_key(),
        database_url=environment.database_url(),
        web_port=environment.web_port(),
    )
