"""A real browser against a real server.

`page` is 1440 px wide, or as wide as a test asks:
`@pytest.mark.parametrize("page", [390], indirect=True)`. A request to another host or an error on
the console fails the test.
"""

import os
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from tests.browser.walk import Walk
from tests.browser.walking import walker  # noqa: F401
from tests.settings import VITE_OUT

# Playwright's loop runs in the test's own thread; Django would take it for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# Tests run without the live process, and browsers ask for an icon that JSON cannot name.
HARMLESS = ("net::ERR_CONNECTION_REFUSED", "/favicon.ico")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


def chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("LEITAI_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.fail("The browser tests need Chromium: apt-get install -y chromium fonts-noto-cjk")
    if not (VITE_OUT / "manifest.json").exists():
        pytest.fail("The browser tests need the built front end: npm ci && npm run build")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, live_server, request: pytest.FixtureRequest) -> Iterator[Page]:
    width = getattr(request, "param", 1440)
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": width, "height": 844 if width < 800 else 900},
        locale="zh-CN",
        reduced_motion="reduce",  # colours are looked at where they end, not on their way
    )
    page = context.new_page()
    faults: list[str] = []

    def note_request(asked: Request) -> None:
        host = urlsplit(asked.url).hostname
        if host and host != urlsplit(live_server.url).hostname:
            faults.append(f"asked {asked.url}")

    def note_word(word: ConsoleMessage) -> None:
        told = f"{word.text} {word.location.get('url')}"
        if word.type == "error" and not any(text in told for text in HARMLESS):
            faults.append(f"console: {word.text}")

    page.on("request", note_request)
    page.on("console", note_word)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.faults = faults  # a test that expects one may take it out
    yield page
    context.close()
    assert set(faults) == set()


@pytest.fixture
def walk(page: Page, live_server, request: pytest.FixtureRequest) -> Iterator[Walk]:
    """A person at `page`; `both_ways` walks in English at a desk and in Chinese on a phone."""
    words, theme = request.param
    story = request.node.originalname.removeprefix("test_")[:30]
    walk = Walk(page, language=words, theme=theme, url=live_server.url, story=story)
    yield walk
    assert walk.faults == []
