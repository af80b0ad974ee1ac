"""The organiser brings a table of marks in: what is wrong with it, what it would do, done."""

import os
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from leitai.rooms.contests.testing import DAY, a_contest, appointed, some_rules
from leitai.rooms.jury.models import Sheet
from leitai.rooms.stages.rules import State
from leitai.rooms.stages.testing import a_stage

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = "项目编号,评委,Deployable,copying,评语\n"
BAD = HEAD + "P1,7,11,9,很好\nP1,8,七,7,\nP1,7,3,3,\n"
GOOD = HEAD + "".join(f"P{i},{j},{i % 10},{j},很好\n" for i in range(1, 9) for j in (7, 8, 9))


def shot(page, name):
    if folder := os.environ.get("LEITAI_PICTURES"):
        width = page.viewport_size["width"]
        page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)


def is_too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("page", [1440, 390], indirect=True)
def test_a_table_is_mended_and_taken_in(page, live_server):
    now = timezone.now()
    rules = some_rules(stage={"span": {"opens_at": now - DAY, "closes_at": now + DAY}})
    stage = a_stage(a_contest(rules=rules), state=State.PLANNED)
    client = Client()
    client.force_login(appointed(stage.contest))
    session = client.cookies["leitai_session"].value
    page.context.add_cookies([{"name": "leitai_session", "value": session, "url": live_server.url}])

    page.goto(f"/jury/stages/{stage.pk}/progress/")
    page.click(f'a[href="/jury/stages/{stage.pk}/marks/"]')
    shot(page, "marks-start")
    send(page, BAD)
    shot(page, "marks-bad")
    assert page.locator("text=C2").count() == 1 and page.locator("text=C3").count() == 1
    assert page.locator('button[value="import"]').count() == 0
    assert not is_too_wide(page)

    page.goto(f"/jury/stages/{stage.pk}/marks/")
    send(page, GOOD)
    shot(page, "marks-good")
    assert not is_too_wide(page)
    page.click('button[value="import"]')
    page.wait_for_url("**/progress/")

    shot(page, "marks-done")
    assert Sheet.objects.sealed().count() == 24


def send(page, text):
    file = {"name": "marks.csv", "mimeType": "text/csv", "buffer": text.encode("gb18030")}
    page.set_input_files('input[type="file"]', files=[file])
    page.click("main button.go, form button.go")
    page.wait_for_url("**/marks/*/")
