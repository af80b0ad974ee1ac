"""A hall's board at 16:9 and 9:16 and its page for phones, without the live process: the pages ask
Django instead, so what is seen here is seen on the worst of days."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leitai.foundation import live
from leitai.rooms.finals.testing import a_session

pytestmark = pytest.mark.django_db(transaction=True)

SIZES = {"board": [(1920, 1080), (1080, 1920)], "hall": [(390, 844)]}
LONG = {
    "zh": "面向复杂装备全生命周期的多模态大模型智能运维与预测性健康管理一体化平台及其示范应用",
    "en": "An integrated multimodal platform for operation and predictive health management of "
    "complex equipment over its whole life, with a demonstration across offshore wind farms",
}
SHORT = {"zh": "城市内涝十分钟预报", "en": "Street floods told ten minutes ahead"}
# Whatever has words of its own and reaches beyond the picture, its clipped parts left out.
BEYOND = """() => [...document.querySelectorAll("[data-hall] *")].filter((node) => {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
    if (!own || !node.checkVisibility()) return false;
    let { left, right, top, bottom } = node.getBoundingClientRect();
    for (let clip = node.parentElement; clip; clip = clip.parentElement) {
        if (getComputedStyle(clip).overflow !== "hidden") continue;
        const edge = clip.getBoundingClientRect();
        [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
        [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
    }
    const height = document.querySelector(".board") ? innerHeight : Infinity;
    return right > left && bottom > top
        && (right > innerWidth + 1 || left < -1 || bottom > height + 1 || top < -1);
}).map((node) => node.textContent)"""
WORDS = "() => document.querySelector('[data-hall]').innerText.replace(/\\s+/g, ' ')"


def snapshot(version, scene, *, entries=17, **more):
    cards = [
        {"number": n, "code": f"MFG-{n:04}", "title": LONG if n == 8 else SHORT}
        for n in range(1, entries + 1)
    ]
    at = timezone.now()
    return {
        "v": version, "at": at.isoformat(), "rehearsal": False, "theme": {"accent": "#1a4fa0"},
        "heat": {"name": {"zh": "智能制造阶段赛", "en": "Smart manufacturing heat"},
                 "edition": LONG, "contest": LONG, "hall": {"zh": "一号厅", "en": "Hall One"}},
        "scene": scene, "order": [{**card, "state": "waiting"} for card in cards],
        "entry": {**cards[7], "id": 8, "team": SHORT, "picture": None},
        "clock": {"phase": "pitch", "seconds": 480, "left": None, "paused": False,
                  "started_at": (at - timedelta(seconds=78)).isoformat()},
        "standing": [{"place": c["number"], "entry": c, "score": "88.20"} for c in cards],
        **more,
    }  # fmt: skip


MARKS = [{"seat": n, "total": f"8{n}.5"} for n in range(1, 8)]
MARKS[0] |= {"dropped": "low", "name": {"zh": "欧阳清和", "en": "Ouyang Qinghe"}}
SCENES = [
    {"scene": "idle"},
    {"scene": "cue", "cue": {"kind": "speech", "title": LONG}},
    {"scene": "pitch"},
    {"scene": "marks", "seats": 7, "sealed": 7, "marks": MARKS,
     "result": {"mean": "85.00", "place": 2}},
    {"scene": "frozen", "entries": 30},
    {"scene": "results", "entries": 30},
]  # fmt: skip


def size(page, width, height):
    page.set_viewport_size({"width": width, "height": height})


@pytest.mark.parametrize("door", ["board", "hall"])
def test_every_scene_fits_and_is_drawn_alike_by_server_and_script(page, door):
    session = a_session()
    topic = session.topic("board" if door == "board" else "public")
    address = f"/finals/live/{session.pk}/{'board/' if door == 'board' else ''}"

    for number, scene in enumerate(SCENES, start=1_000):
        live.broadcast(topic, number, snapshot(number, **scene))
        page.route("**/assets/board-*.js", lambda route: route.abort())
        page.goto(address)
        served = page.evaluate(WORDS)
        page.unroute("**/assets/board-*.js")
        page.goto(address)
        drawn = page.evaluate(WORDS)

        assert without_clock(drawn) == without_clock(served), scene["scene"]
        for width, height in SIZES[door]:
            size(page, width, height)
            assert page.evaluate(BEYOND) == [], (scene["scene"], width)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.faults[:] = [fault for fault in page.faults if "ERR_FAILED" not in fault]


def without_clock(words):
    """The server leaves clocks to the script, which knows what time it is."""
    return [word for word in words.split() if ":" not in word]


def test_marks_appear_without_a_stream_and_the_clock_is_the_servers(page):
    session = a_session()
    topic = session.topic("board")
    live.broadcast(topic, 1_000, snapshot(1_000, "pitch"))
    page.clock.install(time=timezone.now() + timedelta(minutes=7))  # this computer's clock is wrong
    page.goto(f"/finals/live/{session.pk}/board/")

    minutes, seconds = page.locator(".b-main > .b-clock time").inner_text().split(":")
    live.broadcast(topic, 1_001, snapshot(1_001, "marks", seats=7, sealed=7, marks=MARKS[:2]))
    page.clock.run_for(10_000)

    assert 390 <= int(minutes) * 60 + int(seconds) <= 402
    page.locator(".b-marks li").nth(1).wait_for()
    assert page.locator(".b-marks li").count() == 2
    assert page.locator(".b-lost").is_hidden()


def test_a_board_that_hears_nothing_says_since_when(page):
    session = a_session()
    page.clock.install(time=timezone.now())
    page.goto(f"/finals/live/{session.pk}/board/")
    page.context.set_offline(True)

    page.clock.run_for(60_000)

    assert page.locator(".b-lost").inner_text().strip()[-1].isdigit()
    page.faults[:] = [fault for fault in page.faults if "ERR_INTERNET_DISCONNECTED" not in fault]
