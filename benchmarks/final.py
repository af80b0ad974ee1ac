"""A final that must not lose a score: 30 pitches, 7 jurors, real browsers, and everything breaks.

    .venv/bin/python benchmarks/final.py [--pitches 30] [--jurors 7] [--speed 4] [--data FOLDER]

Starts a platform of its own, and a headless Chromium with a context for each juror, for the desk
and for the board. Three jurors lose the network for three minutes (divided by `--speed`) and go on
marking; meanwhile and afterwards the web process is killed twice, the database restarted, the live
process killed and the worker killed; the order changes once. At the end what each browser
confirmed is compared with what the database holds and with what each screen shows. The lag of the
board runs from the moment a press came in at the door to the moment its snapshot is in the page.
Prints Markdown and ends with 1 if anything is wrong.
"""

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "src"), str(PROJECT / "benchmarks")]

from final_pages import (  # noqa: E402
    LAG,
    Story,
    _many,
    _none,
    is_confirmed,
    juror_page,
    look_for_leaks,
    on_stage,
    order_now,
    page_for,
    press,
    report,
    right_screen,
    see,
    shown,
    until,
)
from own_platform import Platform  # noqa: E402
from playwright.async_api import Error as PageError  # noqa: E402
from playwright.async_api import Page, async_playwright  # noqa: E402

OFFLINE_SECONDS = 180.0


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


# --- small steps


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


if __name__ == "__main__":
    sys.exit(main())
