"""A walker who minds places and contexts of words, counts what is counted, and sits in the dark."""

import os
import re
from typing import Any

import pytest
from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from leitai.rooms.people.models import User
from tests.browser.walking import Walker

PHONE_THEME = os.environ.get("LEITAI_PHONE_THEME", "dark")
both_ways = pytest.mark.parametrize(
    ("page", "walk"),
    [(1440, ("en", "light")), (390, ("zh-hans", PHONE_THEME))],
    indirect=True,
    ids=["desk", "phone"],
)


class Walk(Walker):
    def __init__(self, page: Page, *, language: str, theme: str, url: str, story: str) -> None:
        super().__init__(page, language=language, url=url, story=story)
        page.context.add_cookies([{"name": "leitai_theme", "value": theme, "url": url}])
        page.set_default_timeout(8000)
        page.set_default_navigation_timeout(30_000)  # the first page waits for every import

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def at_the_desk_of(self, person: User) -> "Walk":
        self.is_now(person)
        self.open("/desk/")
        return self

    def says(self, words: str, plural: str = "", *, context: str = "", **values: Any) -> str:
        if not context:
            said = super().says(words, plural, **values)
            return said.replace("{n}", str(values.get("n")))
        with translation.override(self.language):
            return translation.pgettext(context, words)

    def part(
        self, words: str, *, within: Locator | None = None, context: str = "", **values: Any
    ) -> Locator:
        name = self.says(words, context=context, **values)
        place = within or self.page.locator("main, #confirm")
        button = place.get_by_role("button", name=name, exact=True)
        return button.or_(place.get_by_role("link", name=name, exact=True)).first

    def section(self, words: str, *, context: str = "") -> Locator:
        """The smallest section under these words."""
        name = self.says(words, context=context)
        heading = self.page.get_by_role("heading", name=name, exact=True)
        return self.page.locator("section, aside").filter(has=heading).last

    def field(self, label: str, within: Locator | None = None, context: str = "") -> Locator:
        words = re.escape(self.says(label, context=context))
        name = re.compile(rf"^\s*{words}\s*\*?\s*$", re.IGNORECASE)
        return (within or self.main).get_by_label(name).first

    def fill(self, label: str, words: str, within: Locator | None = None) -> None:
        self.field(label, within).fill(words)

    def agree(self, number: int | None = None) -> None:
        """Say yes; where many are touched, only once their number is typed."""
        dialog = self.page.locator("#confirm")
        if number is not None:
            expect(dialog.get_by_role("button", name=self.says("Yes, go on"))).to_be_disabled()
            dialog.locator("input").fill(str(number))
        super().agree()

    def was_refused(self, status: int = 422) -> None:
        """The browser tells of every refused request; this one was meant."""
        faults = self.page.faults
        told = [fault for fault in faults if f"a status of {status} " in fault]
        assert told, f"nothing was refused with {status}: {faults}"
        faults[:] = [fault for fault in faults if fault not in told]

    def look(self, name: str) -> None:
        self.page.wait_for_load_state("networkidle")
        super().look(name)
        # axe leaves empty attributes behind, which htmx would copy and the policy refuse.
        self.page.evaluate(
            "document.querySelectorAll('[style=\"\"]').forEach(e => e.removeAttribute('style'))"
        )
        lang = self.page.evaluate("document.documentElement.lang")
        if lang.lower() != self.language:
            self.faults.append(f"{name} is in {lang}")
