"""What the public pages weigh on a first visit, and how soon they can be read.

    python3 dev.py start                                 # in one window
    .venv/bin/python benchmarks/pages.py [address]       # in another

Bytes are what crossed the wire (compressed), pictures left out, with an empty cache for each page.
The budget is 100 kB a page. Times are of this machine and its loopback: read them beside each
other, not as promises.
"""

import os
import sys
from urllib.parse import urljoin

from playwright.sync_api import Browser, sync_playwright

BUDGET = 100_000
CHROMIUM = os.environ.get("LEITAI_CHROMIUM", "/usr/bin/chromium")
PAGES = {
    "edition": "/",
    "demands": "/demands/haiwan-3/venture/",
    "entries": "/entries/haiwan-3/venture/",
    "rules": "/contests/haiwan-3/venture/rules/",
    "partners": "/partners/haiwan-3/",
    "notice": "/standings/haiwan-2/venture/notices/1/",
    "sign in": "/account/login/",
}


def weigh(browser: Browser, address: str) -> tuple[int, int, int, float]:
    """Bytes, requests, bytes of pictures, and milliseconds to the first paint with content."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}
    wire.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    wire.on(
        "Network.loadingFinished",
        lambda e: sizes.update({e["requestId"]: int(e["encodedDataLength"])}),
    )
    page.goto(address, wait_until="networkidle")
    paint = page.evaluate(
        "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"
    )
    pictures = sum(size for key, size in sizes.items() if kinds.get(key) == "Image")
    context.close()
    return sum(sizes.values()) - pictures, len(sizes), pictures, paint


def main() -> int:
    base = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000/"
    heavy = 0
    print("| page | kB | requests | pictures kB | first paint ms |\n|---|---:|---:|---:|---:|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        weigh(browser, base)  # the first page of a fresh browser pays for the browser
        for name, path in PAGES.items():
            size, requests, pictures, paint = weigh(browser, urljoin(base, path))
            heavy += size > BUDGET
            print(
                f"| {name} | {size / 1000:.0f} | {requests} | {pictures / 1000:.0f} | {paint:.0f} |"
            )
        browser.close()
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main())
