"""Who listens to what."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator


class Watcher:
    """One open page. It holds only the newest version: whoever is slow skips the ones between."""

    def __init__(self) -> None:
        self.version: int | None = None
        self.news = asyncio.Event()

    def tell(self, version: int | None) -> None:
        self.version = version
        self.news.set()


class Hub:
    """Topics and their watchers, all in one thread."""

    def __init__(self) -> None:
        self.listening = False
        self._watchers: dict[str, set[Watcher]] = defaultdict(set)
        self._versions: dict[str, int] = {}

    def tell(self, topic: str, version: int) -> None:
        self._versions[topic] = version
        for watcher in self._watchers.get(topic, ()):
            watcher.tell(version)

    def send_away(self) -> None:
        """News may have been missed: end all streams, so that browsers come back and look."""
        self._versions.clear()
        for watchers in self._watchers.values():
            for watcher in watchers:
                watcher.tell(None)

    def count(self) -> int:
        return sum(map(len, self._watchers.values()))

    async def watch(self, topic: str, *, patience: float) -> AsyncIterator[int | None]:
        """Versions as they come, a known one at once; None when nothing came for a while."""
        watcher = Watcher()
        self._watchers[topic].add(watcher)
        try:
            if topic in self._versions:
                watcher.tell(self._versions[topic])
            while True:
                try:
                    await asyncio.wait_for(watcher.news.wait(), patience)
                except TimeoutError:
                    yield None
                    continue
                watcher.news.clear()
                if watcher.version is None:
                    return
                yield watcher.version
        finally:
            self._leave(topic, watcher)

    def _leave(self, topic: str, watcher: Watcher) -> None:
        self._watchers[topic].discard(watcher)
        if not self._watchers[topic]:
            # Topics nobody watches are forgotten, or their number would only ever grow.
            del self._watchers[topic]
            self._versions.pop(topic, None)
