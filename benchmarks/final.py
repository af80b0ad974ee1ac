"""A final that must not lose a score: 30 pitches, 7 jurors, real browsers, and everything breaks.

    .venv/bin/python benchmarks/final.py [--pitches 30] [--jurors 7] [--speed 4] [--data FOLDER]

Starts a platform of its own, and a headless Chromium with a context for each juror, for the desk
and for the board. Three jurors lose the network for three minutes (divided by `--speed`) and go on
marking; meanwhile and afterwards the web process is killed twice, the database restarted, the live
process killed and the worker killed; the order changes twice. At the end what each browser
confirmed is compared with what the database holds and with what each screen shows. The lag of the
board runs from the moment a press came in at the door to the moment its snapshot is in the page.
Prints Markdown and ends with 1 if anything is wrong.
"""

import argparse
import asyncio
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "src"), str(PROJECT / "benchmarks")]

from own_platform import Platform  # noqa: E402
from playwright.async_api import Browser, Page, async_playwright  # noqa: E402
from playwright.async_api import Error as PageError  # noqa: E402

OFFLINE_SECONDS = 180.0
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


def main() -> int:
    parser = argparse.ArgumentParser(description="A final in which everything breaks.")
    parser.add_argument("--pitches", type=int, default=30)
    parser.add_argument("--jurors", type=int, default=7)
    parser.add_argument("--speed", type=float, default=4.0, help="3 minutes are divided by it")
    parser.add_argument("--data", type=Path, help="keep the platform here, for another run")
    args = parser.parse_args()
    folder = args.data or Path(tempfile.mkdtemp(prefix="leitai-final-"))
    folder.mkdir(parents=True, exist_ok=True)
    platform = Platform(folder)
    print(f"  {time.strftime('%H:%M:%S')} begins", file=sys.stderr, flush=True)
    try:
        platform.begin()
        os.environ.update(platform.environment())
        os.environ["LEITAI_NO_POOL"] = "1"
        from final_hall import make_hall

        story = Story(args, platform, make_hall(args.pitches, args.jurors))
        story.tell("the platform stands")
        asyncio.run(play(story))
        return report(story)
    finally:
        platform.end()
        if not args.data:
            shutil.rmtree(folder, ignore_errors=True)


async def play(story: Story) -> None:
    began = time.monotonic()
    async with async_playwright() as playwright:
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        path = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
        path = os.environ.get("LEITAI_CHROMIUM") or path
        browser = await playwright.chromium.launch(executable_path=path, args=flags)
        jurors = [await juror_page(story, browser, n) for n in range(story.args.jurors)]
        desk = await page_for(story, browser, story.made["desk_cookie"])
        await desk.goto(f"{story.platform.url}{story.made['desk']}")
        board = await page_for(story, browser, story.made["desk_cookie"], script=LAG)
        await board.goto(f"{story.platform.url}{story.made['board']}")
        story.tell(f"{len(jurors)} jurors, desk and board are open")
        await the_final(story, jurors, desk)
        await at_the_end(story, jurors, desk, board)
        story.made["lags"] = list((await board.evaluate("window.lags")).values())
        story.made["seconds"] = time.monotonic() - began
        await browser.close()


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


# --- the final


async def the_final(story: Story, jurors: list[Page], desk: Page) -> None:
    pitches = story.args.pitches
    at = lambda part: max(2, round(pitches * part))  # noqa: E731
    breaks: dict[int, Callable[[], Awaitable[None]]] = {
        at(0.15): lambda: broken(story, "web", "web process killed, the first time"),
        at(0.35): lambda: broken(story, "live", "live process killed"),
        at(0.5): lambda: broken(story, "work", "worker killed"),
        at(0.6): lambda: broken(story, "web", "web process killed, the second time"),
        at(0.7): lambda: database_restarts(story),
    }
    back: asyncio.Task[None] | None = None
    for number in range(1, pitches + 1):
        if number == at(0.25):
            back = asyncio.create_task(three_go_away(story, jurors, desk))
        if number == at(0.55):
            await change_order(story, desk, number)
        if number == at(0.85):
            await freeze(story, desk)
        if back is not None and back.done():
            await back
            back = None
        breaking = asyncio.create_task(breaks[number]()) if number in breaks else None
        await a_pitch(story, jurors, desk, number)
        if breaking:
            await breaking
        if number > at(0.85):
            await asyncio.to_thread(look_for_leaks, story, number)
    if back is not None:
        await back


async def a_pitch(story: Story, jurors: list[Page], desk: Page, number: int) -> None:
    """On stage, open for marks, marked by all; told at once where everybody is there."""
    bring = f"#d-now form[action$='/stage/'] button:has-text('Next: {number} ')"
    await until(lambda: on_stage(desk, number), lambda: press(desk, bring))
    opened, closed = "#d-now button[value=close]", "#d-now button[value=open]"
    await until(lambda: shown(desk, opened), lambda: press(desk, closed), also=lambda: see(jurors))
    entry = int((await order_now(story))[number - 1])
    marking = [mark(story, page, n, entry) for n, page in enumerate(jurors)]
    await asyncio.gather(*marking)
    if story.away or await shown(desk, "#d-unseen"):
        return
    reveal = "#d-now button[value=result]"
    await until(lambda: shown(desk, reveal))
    await until(lambda: shown(desk, closed), lambda: press(desk, opened))
    if number <= round(story.args.pitches * 0.85) - 1:
        await press(desk, "#d-now button[value=all]")
        await press(desk, reveal)
    if number % 5 == 0:
        story.tell(f"pitch {number}: {len(story.confirmed)} scores confirmed")


async def mark(story: Story, page: Page, n: int, entry: int) -> None:
    """By thumb: the entry by its name, two marks, confirm. Each juror gives marks of the own."""
    juror = story.made["jurors"][n]["id"]
    marks = {"landing": str((entry * 7 + n * 3) % 21 / 2), "copying": str((entry + n * 5) % 21 / 2)}
    marks = {code: mark.removesuffix(".0") for code, mark in marks.items()}
    row = page.locator(f"[data-list] li[data-entry='{entry}'] button")
    for turn in range(200):
        try:
            if turn and await row.get_attribute("data-is") in ("sealed", "seal_waits"):
                break
            await see([page])
            if await page.locator("form[data-form]").get_attribute("data-entry") != str(entry):
                await row.click()
            for code, value in marks.items():
                await page.locator(f"[name={code}]").fill(value)
            await page.locator("[data-confirm-button]").click(timeout=3000)
            await page.locator("#confirm button[value=yes]").click()
            break
        except PageError:
            await asyncio.sleep(0.3)
    story.confirmed[(entry, juror)] = marks
    story.waited += n in story.away
    await until(lambda: is_confirmed(row, n in story.away))


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


# --- what goes wrong


async def three_go_away(story: Story, jurors: list[Page], desk: Page) -> None:
    """Without a network they go on; when they come back, the order has changed as well."""
    gone = list(range(len(jurors)))[2:5]
    for n in gone:
        await jurors[n].context.set_offline(True)
    story.away = set(gone)
    seconds = OFFLINE_SECONDS / story.args.speed
    story.tell(f"jurors {[n + 1 for n in gone]} lose the network for {seconds:.0f} s")
    await asyncio.sleep(seconds * 0.5)
    await jurors[gone[0]].reload()
    story.tell(f"juror {gone[0] + 1} loads the page again, without a network")
    await asyncio.sleep(seconds * 0.5)
    for n in gone:
        await jurors[n].context.set_offline(False)
    story.away = set()
    story.tell("the three are back")


async def broken(story: Story, name: str, words: str) -> None:
    await asyncio.sleep(0.5)
    await asyncio.to_thread(story.platform.kill, name)
    story.tell(words)
    await asyncio.sleep(2)
    story.platform.start(name)
    await asyncio.to_thread(story.platform.wait)


async def database_restarts(story: Story) -> None:
    await asyncio.sleep(0.5)
    await asyncio.to_thread(story.platform.database, "stop")
    story.tell("database stopped")
    await asyncio.sleep(1)
    await asyncio.to_thread(story.platform.database, "start")
    await asyncio.to_thread(story.platform.wait)


async def change_order(story: Story, desk: Page, number: int) -> None:
    """The last entry comes next but one."""
    before = await order_now(story)
    last = before[-1]

    async def press_it() -> None:
        form = desk.locator("form[action$='/order/']")
        if not await form.is_visible():
            await desk.locator("#d-changes details > summary").first.click()
        await form.locator("[name=entry]").select_option(str(last))
        await form.locator("[name=place]").fill(str(number + 1))
        await form.locator("[name=reason]").fill("A train is late")
        await form.locator("button").click()

    async def changed() -> bool:
        return await order_now(story) != before

    await until(changed, press_it)
    story.tell(f"the order changes before pitch {number}")


async def freeze(story: Story, desk: Page) -> None:
    await until(
        lambda: shown(desk, "#d-now button[value=thaw]"),
        lambda: press(desk, "#d-now button[value=freeze]"),
    )
    from final_hall import newest

    story.made["frozen"] = (await asyncio.to_thread(newest, story.made["session"]))[0]
    story.tell("the board is frozen")


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


# --- small steps


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


async def at_the_end(story: Story, jurors: list[Page], desk: Page, board: Page) -> None:
    from final_hall import unsealed

    for n, page in enumerate(jurors):
        waits = page.locator("[data-list] button:not([data-is=sealed])")
        try:
            await until(lambda w=waits: _none(w), also=lambda p=page: see([p]), seconds=90)
        except TimeoutError:
            story.faults.append(f"juror {n + 1}'s screen: {await waits.all_inner_texts()}")
    story.made["unsealed"] = await asyncio.to_thread(unsealed, story.made["session"])
    await desk.reload()
    clear = "#d-now form[action$='/stage/end/'] button"
    await until(lambda: _none(desk.locator(".d-number")), lambda: press(desk, clear))
    pressed = time.monotonic()

    async def results() -> None:
        await desk.locator("#d-now button[value=results]").click()
        await desk.locator("#confirm button[value=yes]").click()

    lines = board.locator("[data-each=standing] > [data-row]")
    await until(lambda: _many(lines, story.args.pitches), results, seconds=60)
    story.made["result_seconds"] = time.monotonic() - pressed
    for n, page in enumerate(jurors):
        await page.reload()
        await right_screen(story, page, n)


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


if __name__ == "__main__":
    sys.exit(main())
