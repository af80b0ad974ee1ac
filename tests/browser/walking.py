"""Somebody at a browser, who knows no addresses: only words in their own language, and keys.

With LEITAI_PICTURES=FOLDER every page that is looked at is also photographed.
"""

import os
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from tests.settings import VITE_OUT

AXE = VITE_OUT.parents[1] / "node_modules/axe-core/axe.min.js"
PICTURES = os.environ.get("LEITAI_PICTURES")
# Every journey is walked at a desk in English, and on a phone in Chinese and in the dark.
BOTH_WAYS = pytest.mark.parametrize(
    ("page", "walker"), [(1440, "en"), (390, "zh-hans")], indirect=True, ids=["desk", "phone"]
)


class Walker:
    """One person's way through the pages."""

    def __init__(self, page: Page, *, language: str, url: str, story: str) -> None:
        self.page = page
        self.language = language
        self.url = url
        self.story = story
        self.shots = count(1)
        self.faults: list[str] = []  # told together when the way is walked
        cookie = {"name": "leitai_language", "value": language, "url": url}
        page.context.add_cookies([cookie])
        page.set_default_timeout(10_000)

    def is_now(self, person: Any) -> None:
        """From here on somebody else sits at the browser; None is a stranger."""
        self.page.context.clear_cookies(name="leitai_session")
        if person is not None:
            client = Client()
            client.force_login(person)
            value = client.cookies["leitai_session"].value
            cookie = {"name": "leitai_session", "value": value, "url": self.url}
            self.page.context.add_cookies([cookie])

    def says(self, words: str, plural: str = "", *, n: int = 1, **values: Any) -> str:
        """What the page says for these English words; a language without them is a fault."""
        with translation.override(self.language):
            said = translation.ngettext(words, plural, n) if plural else translation.gettext(words)
        assert self.language == "en" or said != words, f"no {self.language} for {words!r}"
        said = said % {"n": n, **values} if "%(" in said else said
        if "%d" in said:
            return said % values["d"]
        return said.format(n=n, **values) if "{" in said else said

    def open(self, address: str) -> None:
        self.page.goto(address)

    def part(self, words: str, **values: Any) -> Locator:
        """The button or link that bears these words."""
        name = re.compile(rf"^\s*{re.escape(self.says(words, **values))}(\s+\d+)?\s*$")
        main = self.page.locator("body")
        button = main.get_by_role("button", name=name)
        return button.or_(main.get_by_role("link", name=name)).filter(visible=True).first

    def press(self, words: str, **values: Any) -> None:
        self.part(words, **values).click()

    def agree(self) -> None:
        """Say yes to the question on top of the page, and wait for the page that follows."""
        yes = self.page.locator("#confirm").get_by_role("button", name=self.says("Yes, go on"))
        with self.page.expect_navigation():
            yes.click()

    def go(self, words: str) -> None:
        """By the main menu, which a phone keeps behind a button."""
        if self.page.viewport_size["width"] < 800:
            self.page.get_by_role("button", name=self.says("Menu")).click()
        menu = self.page.locator("#nav")
        menu.get_by_role("link", name=self.says(words), exact=True).click()

    def field(self, label: str, within: Locator | None = None) -> Locator:
        place = within or self.page.locator("main")
        return place.get_by_label(self.says(label)).first

    def fill(self, label: str, words: str) -> None:
        self.field(label).fill(words)

    def choose(self, label: str, option: str) -> None:
        self.field(label).select_option(label=self.says(option))

    def reads(self, words: str, plural: str = "", **values: Any) -> None:
        """These words stand on the page."""
        said = self.says(words, plural, **values)
        found = self.page.locator("main").get_by_text(said).filter(visible=True)
        expect(found.first).to_be_visible()

    def sees(self, words: str) -> None:
        """A name or a number, which is the same in each language."""
        found = self.page.locator("main").get_by_text(words).filter(visible=True)
        expect(found.first).to_be_visible()

    def misses(self, words: str) -> None:
        expect(self.page.locator("main").get_by_text(words)).to_have_count(0)

    def mark_of(self, criterion: str) -> Locator:
        """The field for a mark; criteria are named by the contest, not by the catalogue."""
        names = {"Team": "团队", "Deployable": "可落地", "Replicable": "可复制"}
        name = criterion if self.language == "en" else names[criterion]
        return self.page.get_by_label(self.says("Mark for %(name)s", name=name))

    def look(self, name: str) -> None:
        """The page has one heading, fits its screen, and axe finds nothing serious."""
        page = self.page
        page.wait_for_load_state()
        self.photograph(name)
        headings = page.locator("h1:visible").count()
        width = page.evaluate("document.documentElement.scrollWidth")
        if headings != 1:
            self.faults.append(f"{name} has {headings} headings")
        if width > page.viewport_size["width"]:
            self.faults.append(f"{name} is {width} px wide")
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        for fault in found:
            if fault["impact"] in ("serious", "critical"):
                where = " ".join(node["html"][:200] for node in fault["nodes"][:4])
                self.faults.append(f"{name}: {fault['id']}: {where}")

    def photograph(self, name: str) -> None:
        if not PICTURES:
            return
        folder = Path(PICTURES)
        folder.mkdir(parents=True, exist_ok=True)
        shot = f"{self.story}-{self.language[:2]}-{next(self.shots):02d}-{name}.png"
        self.page.screenshot(path=folder / shot, full_page=True)


@pytest.fixture
def walker(page: Page, live_server, request: pytest.FixtureRequest) -> Iterator[Walker]:
    story = request.node.originalname.removeprefix("test_")[:30]
    walker = Walker(page, language=request.param, url=live_server.url, story=story)
    if page.viewport_size["width"] < 800:  # phones are read in bed
        dark = {"name": "leitai_theme", "value": "dark", "url": live_server.url}
        page.context.add_cookies([dark])
    yield walker
    walker.photograph("end")
    if walker.faults:
        pytest.fail("\n".join(walker.faults))
