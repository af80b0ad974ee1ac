"""python3 dev.py test"""

import argparse
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from workshop.setting_up import SET_UP_STEPS, as_root, set_up
from workshop.steps import PYTHON, Steps, Stop, run, show, tell

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ON_A_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def test(args: argparse.Namespace, rest: Sequence[str]) -> int:
    """All tests on two cores; or exactly what is asked for."""
    steps = Steps(SET_UP_STEPS + 1)
    set_up(steps, packages="dev")
    with steps("Browser") as notes:
        browser = find_browser()
        notes.append(browser)
    words = rest or ["-n", "2", "-q"]
    try:
        return show([PYTHON, "-m", "pytest", *words], {"LEITAI_CHROMIUM": browser})
    finally:
        run([PYTHON, "-m", "tests.databases"], trouble="The test database could not be ended.")


def find_browser() -> str:
    given = os.environ.get("LEITAI_CHROMIUM")
    found = given or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not found and ON_A_MAC.exists():
        found = str(ON_A_MAC)
    if not found:
        mend = as_root("apt-get install -y chromium fonts-noto-cjk")
        raise Stop(f"The browser tests need Chromium; mend it with: {mend}")
    if shutil.which("fc-list") and not run(["fc-list", ":lang=zh"], trouble="").strip():
        mend = as_root("apt-get install -y fonts-noto-cjk")
        tell(f"        no Chinese font, so pictures will show boxes; mend it with: {mend}")
    return found
