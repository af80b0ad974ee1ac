"""The hub alone: what each watcher hears, told step by step and without a clock."""

import asyncio
import zlib
from concurrent.futures import ThreadPoolExecutor

from leitai.site.live import news
from leitai.site.live.hub import BEATS, Hub

TOPIC = "finals/7/board"


async def turn():
    """Let everybody who was woken do what they wait for."""
    for _ in range(5):
        await asyncio.sleep(0)


class Page:
    """An open stream that reads whenever it is asked to."""

    def __init__(self, hub, topic=TOPIC):
        self.stream = hub.watch(topic)
        self.next = asyncio.ensure_future(anext(self.stream, None))

    async def reads(self):
        """What has arrived; None while nothing has, "over" when the stream ended."""
        await turn()
        if not self.next.done():
            return None
        heard = self.next.result()
        self.next = asyncio.ensure_future(anext(self.stream, None))
        return heard.plain.decode() if heard else "over"

    async def leaves(self):
        self.next.cancel()
        await turn()
        await self.stream.aclose()


def shown(number):
    return news.snapshot(number, f'{{"v":{number}}}').plain.decode()


def story(told):
    # In a thread of its own: where browser tests ran before, this one has a loop already.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, told()).result()


def test_the_database_is_asked_once_however_many_watch():
    async def told():
        hub = Hub()
        pages = [Page(hub) for _ in range(3)]
        await turn()

        assert hub.take_wanted() == [TOPIC]
        hub.fill([TOPIC], [(TOPIC, 4, '{"v":4}')])

        assert [await page.reads() for page in pages] == [shown(4)] * 3
        assert hub.take_wanted() == []
        late = Page(hub)
        assert await late.reads() == shown(4)
        assert hub.take_wanted() == []

    story(told)


def test_all_watchers_are_sent_the_same_bytes():
    async def told():
        hub = Hub()
        one, other = hub.watch(TOPIC), hub.watch(TOPIC)
        first, second = asyncio.ensure_future(anext(one)), asyncio.ensure_future(anext(other))
        await turn()

        hub.fill([TOPIC], [(TOPIC, 4, '{"v":4}')])

        assert (await first).packed is (await second).packed

    story(told)


def test_a_slow_watcher_skips_to_the_newest():
    async def told():
        hub = Hub()
        slow = Page(hub)
        await turn()
        hub.fill([TOPIC], [(TOPIC, 1, '{"v":1}')])
        assert await slow.reads() == shown(1)

        for version in (2, 3, 4):
            hub.fill([TOPIC], [(TOPIC, version, f'{{"v":{version}}}')])

        assert await slow.reads() == shown(4)
        assert await slow.reads() is None

    story(told)


def test_an_older_body_never_follows_a_newer_one():
    async def told():
        hub = Hub()
        page = Page(hub)
        await turn()
        hub.fill([TOPIC], [(TOPIC, 5, '{"v":5}')])
        assert await page.reads() == shown(5)

        hub.fill([TOPIC], [(TOPIC, 4, '{"v":4}')])

        assert await page.reads() is None

    story(told)


def test_after_an_outage_bodies_are_read_anew_and_other_pages_are_sent_to_look():
    async def told():
        hub = Hub()
        board, desk = Page(hub), Page(hub, "finals/7/desk")
        await turn()
        topics = hub.take_wanted()
        hub.fill(topics, [(TOPIC, 1, '{"v":1}')])
        hub.tell("finals/7/desk", 1)
        assert [await board.reads(), await desk.reads()] == [
            shown(1),
            news.version(1).plain.decode(),
        ]

        hub.look_again()
        hub.fill(hub.take_wanted(), [(TOPIC, 2, '{"v":2}')])

        assert await board.reads() == shown(2)
        assert await desk.reads() == "over"

    story(told)


def test_who_came_during_an_outage_stays_and_is_told_afterwards():
    async def told():
        hub = Hub()
        page = Page(hub)
        await turn()

        hub.look_again()
        hub.fill(hub.take_wanted(), [(TOPIC, 2, '{"v":2}')])

        assert await page.reads() == shown(2)

    story(told)


def test_what_nobody_watches_is_not_read_and_not_kept():
    async def told():
        hub = Hub()
        hub.stir(TOPIC)
        assert hub.take_wanted() == []

        page = Page(hub, "jury/12")
        await turn()
        hub.fill(hub.take_wanted(), [])
        await page.leaves()

        assert (hub.count(), hub._topics) == (0, {})

    story(told)


def test_a_single_question_waits_for_the_database_and_takes_no_for_an_answer():
    async def told():
        hub = Hub()
        asked = asyncio.ensure_future(hub.newest(TOPIC, patience=5))
        other = asyncio.ensure_future(hub.newest("finals/8/board", patience=5))
        await turn()
        hub.fill(hub.take_wanted(), [(TOPIC, 3, '{"v":3}')])

        assert (await asked).body == b'{"v":3}'
        assert await other is None

    story(told)


def test_everybody_hears_a_heartbeat_in_its_turn():
    async def told():
        hub = Hub()
        pages = [Page(hub) for _ in range(BEATS)]
        await turn()

        hub.beat(1_800_000_000.25)

        heard = [sign for page in pages if (sign := await page.reads())]
        assert heard == ["event: beat\ndata: 1800000000250\n\n"]
        for second in range(1, BEATS):
            hub.beat(1_800_000_000 + second)
        assert [await page.reads() is None for page in pages].count(True) == 1

    story(told)


def test_packed_events_can_follow_each_other_in_any_order():
    events = [news.retry(1000), news.snapshot(9, '{"v":9}' * 50), news.beat(1), news.version(2)]
    for order in (events, events[::-1]):
        stream = zlib.decompressobj(zlib.MAX_WBITS | 16)

        read = stream.decompress(news.GZIP_HEAD)
        for event in order:
            read += stream.decompress(event.packed)

        assert read == b"".join(event.plain for event in order)


def test_a_body_stays_on_its_line():
    assert news.snapshot(1, '{"v":\n1}').plain == b'event: snapshot\ndata: {"v": 1}\n\n'
