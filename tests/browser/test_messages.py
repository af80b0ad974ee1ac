"""An organiser writes to a few teams, types their number, and calls it back; a captain reads."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from leitai.foundation.models import Letter
from leitai.rooms.contests.testing import a_contest, appointed
from leitai.rooms.messages.models import Mailing
from leitai.rooms.messages.testing import TEXT, a_letter, a_mailing, verified
from leitai.rooms.messages.tests.season import of_captain
from leitai.rooms.people.testing import a_person

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("LEITAI_PICTURES", "")  # a folder, to look at the pages afterwards


def looked_at(page: Page, name: str) -> None:
    """No page is wider than its window."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if PICTURES:
        width = page.viewport_size["width"]
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    assert wide <= 0, name


def signed_in(page: Page, client, person, *, language: str, theme: str) -> None:
    client.force_login(person)
    cookies = {
        "leitai_session": client.cookies["leitai_session"].value, "leitai_language": language,
        "leitai_theme": theme,
    }  # fmt: skip
    page.context.add_cookies(
        [{"name": key, "value": value, "url": page.base} for key, value in cookies.items()]
    )


def press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.click(selector)


@pytest.mark.parametrize(
    ("page", "language", "theme"), [(1440, "en", "light"), (390, "zh-hans", "dark")],
    indirect=["page"],
)  # fmt: skip
def test_a_message_is_written_counted_and_called_back(page, client, live_server, language, theme):
    contest = a_contest()
    for name in ("Ada", "Bo", "Cy"):
        of_captain(contest, name, state="draft")
    a_mailing(contest, subject_en="An older one", subject_zh="早先的消息")
    page.base = live_server.url
    signed_in(page, client, appointed(contest), language=language, theme=theme)

    page.goto(f"/messages/contests/{contest.pk}/")
    looked_at(page, "outbox")
    page.goto(f"/messages/contests/{contest.pk}/new/")
    looked_at(page, "write")
    page.select_option("[name=audience]", "drafts")
    for field, text in TEXT.items():
        page.fill(f"[name={field}]", text)
    press(page, "main form .button.go")
    looked_at(page, "draft")
    mailing = Mailing.objects.latest("pk")
    press(page, "form[action$='/freezing/'] button")
    looked_at(page, "frozen")
    page.goto(f"/messages/mailings/{mailing.pk}/receivers/")
    looked_at(page, "receivers")
    page.goto(f"/messages/mailings/{mailing.pk}/preview/")
    looked_at(page, "preview")
    page.goto(f"/messages/mailings/{mailing.pk}/")
    page.fill("#typed", "2")
    press(page, "form[action$='/confirmation/'] button")  # a wrong number
    assert page.locator("[role=alert]").count() == 1
    page.fill("#typed", "3")
    press(page, "form[action$='/confirmation/'] button")
    page.wait_for_selector("#progress [data-until]")
    page.faults[:] = [f for f in page.faults if "409" not in f]  # the browser tells of it
    looked_at(page, "leaving")
    press(page, "form[action$='/stop/'] button")
    page.wait_for_selector("form[action$='/resumption/']")
    looked_at(page, "stopped")

    assert set(Letter.objects.values_list("state", flat=True)) == {"held"}
    page.goto(f"/messages/contests/{contest.pk}/senders/")
    looked_at(page, "senders")


@pytest.mark.parametrize("page", [390], indirect=True)
def test_a_captain_reads_their_letters(page, client, live_server):
    ada = verified(a_person("Ada", is_host=True))
    for n in range(3):
        a_letter(
            "ada@example.org", subject=f"第 {n} 封", text="您好：\n\nhttps://example.org/ 见。"
        )
    a_letter("cy@example.org", state="uncertain", sent_at=None)
    page.base = live_server.url
    signed_in(page, client, ada, language="zh-hans", theme="light")

    page.goto("/messages/")
    looked_at(page, "inbox")
    press(page, "main .todo a")
    looked_at(page, "letter")
    page.click(".menu:has(.avatar) summary")
    looked_at(page, "menu")
    for name in ("preferences", "addresses"):
        page.goto(f"/messages/{name}/")
        looked_at(page, name)

    assert Letter.objects.filter(to="ada@example.org", read_at=None).count() == 2
