"""The pages of a scripted final: browsers for jurors, desk and board, and what stands on them."""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "src"), str(PROJECT / "benchmarks")]

from own_platform import Platform  # noqa: E402
from playwright.async_api import Browser, Page  # noqa: E402
from playwright.async_api import Error as PageError  # noqa: E402

LAG = """(() => {
  const Stream = window.EventSource;
  window.lags = {};
  window.EventSource = class extends Stream {
    constructor(...given) {
      super(...given);
      this.addEventListener("snapshot", ({ data }) => {
        const { v, at } = JSON.parse(data);
        window.lags[v] ??= Date.now() - Date.parse(at);
      });
    }
  };
})()"""


@dataclass
class Story:
    """What the script knows and what it has seen."""

    args: argparse.Namespace
    platform: Platform
    made: dict[str, Any]
    confirmed: dict[tuple[int, int], dict[str, str]] = field(default_factory=dict)
    away: set[int] = field(default_factory=set)  # jurors without a network
    waited: int = 0  # scores confirmed while there was none
    said: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    leaks: int = 0
    looked: int = 0

    def tell(self, words: str) -> None:
        self.said.append(words)
        print(f"  {time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


async def page_for(story: Story, browser: Browser, cookie: str, *, script: str = "") -> Page:
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    for name, value in (("leitai_session", cookie), ("leitai_language", "en")):
        await context.add_cookies([{"name": name, "value": value, "url": story.platform.url}])
    if script:
        await context.add_init_script(script)
    page = await context.new_page()
    page.set_default_timeout(5000)
    page.set_default_navigation_timeout(60_000)
    return page


async def juror_page(story: Story, browser: Browser, n: int) -> Page:
    page = await page_for(story, browser, story.made["jurors"][n]["cookie"])
    await page.goto(f"{story.platform.url}{story.made['marking']}")
    await until(lambda: page.evaluate("Boolean(navigator.serviceWorker.controller)"))
    return page


async def is_confirmed(row: Any, is_away: bool) -> bool:
    now = await row.get_attribute("data-is")
    return now == "sealed" or (is_away and now == "seal_waits")


async def see(pages: list[Page]) -> bool:
    """Whoever is told of a new order confirms that it was seen."""
    for page in pages:
        button = page.locator("[data-order-ok]")
        if await button.is_visible() and await button.is_enabled():
            try:
                await button.click(timeout=1000)
            except PageError:
                continue
    return True


def look_for_leaks(story: Story, number: int) -> None:
    """The bytes of both topics hold nothing that was decided since the freeze."""
    from final_hall import newest

    frozen = json.loads(story.made["frozen"])
    for body in newest(story.made["session"]):
        told = json.loads(body)
        story.looked += 1
        secret = {"marks", "result"} & told.keys() or told.get("standing", []) != frozen["standing"]
        names = [key for key in told if key not in KNOWN]
        if (secret and told["scene"] != "pitch") or {"marks", "result"} & told.keys() or names:
            story.leaks += 1
            story.faults.append(f"frozen board at pitch {number} tells {sorted(told)}")


KNOWN = {"v", "at", "rehearsal", "heat", "theme", "scene", "cue", "entry", "clock", "sealed",
         "seats", "standing", "order", "audience"}  # fmt: skip


async def until(
    done: Callable[[], Awaitable[bool]], deed: Callable[[], Awaitable[Any]] | None = None,
    *, also: Callable[[], Awaitable[Any]] | None = None, seconds: float = 150,
) -> None:  # fmt: skip
    """Press, look, and press again: what was done already is refused and harms nothing."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            if await done():
                return
            if also:
                await also()
            if deed:
                await deed()
        except PageError:
            pass
        if time.monotonic() > deadline:
            raise TimeoutError("a press did not come through")
        await asyncio.sleep(0.15)


async def press(page: Page, selector: str) -> None:
    button = page.locator(selector if "button" in selector else f"{selector} button").first
    if not await button.is_visible():
        return
    async with page.expect_response(lambda a: a.request.method == "POST", timeout=5000):
        await button.click(timeout=2000)


async def shown(page: Page, selector: str) -> bool:
    return await page.locator(selector).first.is_visible()


async def on_stage(desk: Page, number: int) -> bool:
    place = desk.locator(".d-number")
    return await place.count() == 1 and await place.inner_text() == str(number)


async def order_now(story: Story) -> list[int]:
    from final_hall import order

    return await asyncio.to_thread(order, story.made["session"])


async def _none(found: Any) -> bool:
    return await found.count() == 0


async def _many(found: Any, n: int) -> bool:
    return await found.count() == n


async def right_screen(story: Story, page: Page, n: int) -> None:
    """Each entry with the total this juror confirmed, and nothing waiting."""
    juror = story.made["jurors"][n]["id"]
    rows = await page.locator("[data-list] li").evaluate_all(
        "rows => rows.map(r => [Number(r.dataset.entry), r.querySelector('button').dataset.is,"
        " r.querySelector('b').textContent])"
    )
    for entry, state, total in rows:
        given = sum(float(mark) for mark in story.confirmed[(entry, juror)].values())
        if state != "sealed" or float(total or -1) != given:
            story.faults.append(f"juror {n + 1}, entry {entry}: {state} {total} ≠ {given}")


def report(story: Story) -> int:
    from final_hall import compare

    kept = compare(story.made["session"], story.confirmed)
    story.faults += kept["faults"]
    lags = sorted(story.made["lags"])
    p95 = lags[int(len(lags) * 0.95)] / 1000 if lags else float("inf")
    if p95 >= 1:
        story.faults.append(f"board lag p95 {p95:.2f} s")
    rows = [
        ("scores confirmed by browsers", len(story.confirmed)),
        ("of these without a network", story.waited),
        ("sealed sheets in the database", kept["sealed"]),
        ("seals (a doubled score would be one more)", kept["seals"]),
        ("lost / doubled / wrong", f"{kept['lost']} / {kept['doubled']} / {kept['wrong']}"),
        ("board: snapshots seen", len(lags)),
        ("board lag p50 / p95 / worst, s",
         " / ".join(f"{lags[int(len(lags) * q)] / 1000:.2f}" for q in (0.5, 0.95, 0.999))),
        ("frozen boards looked at / leaks", f"{story.looked} / {story.leaks}"),
        ("results on the board after the press, s", f"{story.made['result_seconds']:.1f}"),
        ("the whole final, s", f"{story.made['seconds']:.0f}"),
    ]  # fmt: skip
    print("| what | |\n|---|---:|")
    for name, value in rows:
        print(f"| {name} | {value} |")
    for words in story.said:
        print(f"- {words}")
    for fault in story.faults:
        print(f"- **fault**: {fault}")
    return 1 if story.faults else 0
