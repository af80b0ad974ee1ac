"""Who listens to what, and what stands there now."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterable

from leitai.site.live import news
from leitai.site.live.news import News

BEATS = 15  # every watcher hears one in so many seconds, each second another part of them
KEPT = 500  # topics with a body that are remembered though nobody watches


class Watcher:
    """One open page. It looks at its topic when woken: whoever is slow skips the news between."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.beat: News | None = None
        self.is_over = False
        self.woken = asyncio.Event()


class Topic:
    """What is known of a topic, and who watches it."""

    def __init__(self) -> None:
        self.watchers: set[Watcher] = set()
        self.news: News | None = None
        self.is_read = asyncio.Event()  # whether the database was asked for its body
        self.is_doubtful = False  # versions may have been missed

    @property
    def has_body(self) -> bool:
        return self.news is not None and self.news.body is not None

    def tell(self, news: News) -> None:
        self.news = news
        for watcher in self.watchers:
            watcher.woken.set()


class Hub:
    """All topics of this process, in one thread."""

    def __init__(self) -> None:
        self.listening = False
        self.asked = asyncio.Event()  # set while `wanted` holds something
        self.wanted: set[str] = set()
        self._topics: dict[str, Topic] = {}
        self._numbers = itertools.count()

    # --- from the database

    def tell(self, topic: str, version: int) -> None:
        """Only a number: pages fetch the rest themselves."""
        if known := self._topics.get(topic):
            known.tell(news.version(version))

    def stir(self, topic: str) -> None:
        """There is a newer body; it is fetched when anybody may ask for it."""
        if topic in self._topics:
            self.want([topic])

    def want(self, topics: Iterable[str]) -> None:
        self.wanted.update(topics)
        if self.wanted:
            self.asked.set()

    def take_wanted(self) -> list[str]:
        topics = list(self.wanted)
        self.wanted.clear()
        self.asked.clear()
        return topics

    def fill(self, topics: Iterable[str], rows: Iterable[tuple[str, int, str]]) -> None:
        """What the database holds for these topics. Whoever saw it already is not told again."""
        found = {topic: (version, body) for topic, version, body in rows}
        for name in topics:
            if (topic := self._topics.get(name)) is None:
                continue
            if name in found:
                _show(topic, *found[name])
            elif topic.is_doubtful:
                _send_away(topic)
            topic.is_doubtful = False
            topic.is_read.set()

    def look_again(self) -> None:
        """News may have been missed. Bodies are read anew; other pages come back and look."""
        for topic in self._topics.values():
            topic.is_doubtful = True
        self.want(self._topics)

    def send_away(self) -> None:
        """End all streams, for instance because this process ends."""
        for topic in self._topics.values():
            _send_away(topic)

    # --- to the pages

    def beat(self, now: float) -> None:
        """Called every second; each watcher hears every fifteenth."""
        part, sign = int(now) % BEATS, news.beat(int(now * 1000))
        for topic in self._topics.values():
            for watcher in topic.watchers:
                if watcher.number % BEATS == part:
                    watcher.beat = sign
                    watcher.woken.set()

    def count(self) -> int:
        return sum(len(topic.watchers) for topic in self._topics.values())

    async def newest(self, name: str, *, patience: float) -> News | None:
        """The topic's body for somebody who does not stay; None when it has none."""
        topic = self._known(name)
        try:
            await asyncio.wait_for(topic.is_read.wait(), patience)
        except TimeoutError:
            return None
        finally:
            self._tidy(name)
        return topic.news if topic.has_body else None

    async def watch(self, name: str) -> AsyncIterator[News]:
        """What stands now, if known, and what comes; heartbeats in between."""
        topic, watcher = self._known(name), Watcher(next(self._numbers))
        topic.watchers.add(watcher)
        seen: News | None = None
        try:
            while not watcher.is_over:
                if topic.news is not None and topic.news is not seen:
                    seen, watcher.beat = topic.news, None
                    yield seen
                elif watcher.beat is not None:
                    sign, watcher.beat = watcher.beat, None
                    yield sign
                else:
                    watcher.woken.clear()
                    await watcher.woken.wait()
        finally:
            topic.watchers.discard(watcher)
            self._tidy(name)

    def _known(self, name: str) -> Topic:
        if name not in self._topics:
            self._topics[name] = Topic()
            self.want([name])
        return self._topics[name]

    def _tidy(self, name: str) -> None:
        """Forget what nobody watches, or memory would only ever grow."""
        topic = self._topics.get(name)
        if topic and not topic.watchers and not topic.has_body and topic.is_read.is_set():
            del self._topics[name]
        if len(self._topics) > KEPT:
            idle = (name for name, topic in self._topics.items() if not topic.watchers)
            for old in list(itertools.islice(idle, len(self._topics) - KEPT)):
                del self._topics[old]


def _show(topic: Topic, version: int, body: str) -> None:
    if topic.news is None or not topic.has_body or (topic.news.version or 0) < version:
        topic.tell(news.snapshot(version, body))


def _send_away(topic: Topic) -> None:
    topic.news = None
    for watcher in topic.watchers:
        watcher.is_over = True
        watcher.woken.set()
