"""Journey 4: the secretariat checks what was handed in, by keyboard, by the dozen, in pairs."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from leitai.foundation.models import Letter
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import appointed
from leitai.rooms.people.testing import a_person, an_organisation
from leitai.rooms.screening import actions
from leitai.rooms.screening.models import Check, Flag
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.testing import a_draft, an_open_contest, handed_in
from tests.browser.walk import Walk, both_ways

pytestmark = pytest.mark.django_db(transaction=True)
TITLES = ["焊缝超声检测", "港口调度", "病理切片", "课堂听写", "路口配时", "仓库盘点", "码头安全帽"]


@pytest.fixture
def contest(live_server) -> Contest:
    """Seven entries wait, two of them of one firm."""
    now = timezone.now()
    contest = an_open_contest(at=now)
    firm = an_organisation("Lishi Intelligence", name_zh="砺石智能")
    for number, title in enumerate(TITLES):
        told = {"title_zh": title, "summary": f"{title}，第 {number} 条产线", "is_listed": "false",
                "revenue": "1200000", "services": ["bank", "match"]}  # fmt: skip
        entry = handed_in(
            a_draft(contest, by=a_person(f"Captain {number}"), at=now, **told), at=now
        )
        if number in (1, 5):
            Entry.objects.filter(pk=entry.pk).update(organisation=firm)
    return contest


@pytest.fixture
def entries(contest) -> list[Entry]:
    return list(Entry.objects.order_by("pk"))


def states() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("state", flat=True))


@both_ways
def test_the_secretariat_checks(walk: Walk, contest, entries):
    walk.at_the_desk_of(appointed(contest, Role.SECRETARIAT, name="Sec Wu"))
    walk.look("desk")
    name = contest.name_en if walk.language == "en" else contest.name_zh
    walk.main.get_by_role("heading").get_by_role("link").filter(has_text=name).click()
    walk.look("contest-desk")
    walk.go("Checks")
    walk.look("queue")
    by_keyboard(walk, entries)
    many_at_once(walk)
    pairs(walk)


def by_keyboard(walk: Walk, entries: list[Entry]) -> None:
    """p passes, x refuses and r returns with a reason, j skips; in a text keys are letters."""
    press = walk.page.keyboard.press
    heading = walk.main.get_by_role("heading", level=1)
    walk.press("Begin checking")
    expect(heading).to_have_text(TITLES[0])
    for wrong in ("False", "True", "['bank'", "1200000.0"):
        expect(walk.main).not_to_contain_text(wrong)
    expect(walk.main).to_contain_text("1,200,000")
    walk.look("check")
    walk.page.locator("#keys").wait_for(state="attached")
    press("?")
    expect(walk.page.locator("#keys")).to_be_visible()
    walk.look("keys")
    press("Escape")
    press("p")
    expect(heading).to_have_text(TITLES[1])
    press("j")
    expect(heading).to_have_text(TITLES[2])
    press("x")
    walk.reads("Please tick at least one reason; the team reads it.")
    expect(heading).to_have_text(TITLES[2])
    walk.look("no-reason")
    walk.was_refused(422)
    walk.field("off topic").check()
    press("x")
    expect(heading).to_have_text(TITLES[3])
    walk.field("incomplete").check()
    note = walk.field("Words to the team")
    note.click()
    walk.page.keyboard.type("Page 3, xpr")
    expect(note).to_have_value("Page 3, xpr")
    walk.main.get_by_role("heading", level=1).click()
    note.evaluate("part => part.blur()")
    press("r")
    expect(heading).to_have_text(TITLES[4])
    assert states()[:5] == ["accepted", "submitted", "refused", "returned", "submitted"]
    assert "Page 3, xpr" in Letter.objects.filter(to="captain.3@example.org").latest("pk").text


def many_at_once(walk: Walk) -> None:
    walk.go("Checks")
    for title in TITLES[4:7:2]:
        row = walk.main.get_by_role("row", name=title)
        row.get_by_role("checkbox").check()
    walk.main.locator("summary").click()
    walk.look("queue-ticked")
    walk.press("Pass…")
    expect(walk.main).to_contain_text(TITLES[4])
    expect(walk.main).not_to_contain_text(TITLES[5])
    walk.look("bulk")
    assert Check.objects.count() == 3
    walk.press("Do it")
    walk.agree(number=2)
    expect(walk.main.locator("[role=status]").first).to_contain_text("2")
    assert states() == ["accepted", "submitted", "refused", "returned", "accepted", "submitted",
                        "accepted"]  # fmt: skip
    walk.look("queue-after")


def pairs(walk: Walk) -> None:
    walk.press("Entered twice?")
    walk.look("pairs-empty")
    walk.press("Look for pairs again")
    assert Flag.objects.filter(kind="same_organisation").count() == 1
    expect(walk.main.locator("article").first).to_be_visible()
    walk.look("pairs")
    double = Entry.objects.get(title_zh=TITLES[5])
    card = walk.main.locator("article").filter(has_text=double.code).first
    card.get_by_role("button", name=walk.says("%(code)s is the double", code=double.code)).click()
    walk.agree()
    walk.reads("Settled.")
    double.refresh_from_db()
    assert double.state == "withdrawn"
    walk.look("pairs-settled")


@both_ways
def test_a_returned_team_reads_why_and_mends_it(walk: Walk, contest, entries):
    """After the deadline still, until the day it was told."""
    now, entry = timezone.now(), entries[3]
    actions.check_entry(
        entry=entry, finding="returned", seen=1, reasons=["incomplete"], note="Page 3 is missing.",
        resubmit_until=now + timedelta(days=5), by=appointed(contest, Role.SECRETARIAT),
        at=now,
    )  # fmt: skip
    walk.at_the_desk_of(entry.begun_by)
    walk.main.get_by_role("link", name=TITLES[3]).click()
    walk.look("returned")
    expect(walk.main).to_contain_text("Page 3 is missing.")
    walk.misses(walk.says("Everything is handed in. Until the deadline you may still change it "
                          "and hand it in again."))  # fmt: skip
    walk.press("Go on with the form")
    walk.page.locator("#id_summary").fill("With page 3.")
    expect(walk.page.locator("[data-autosave-state]").first).to_have_attribute(
        "data-state", "saved"
    )
    walk.press("Overview", within=walk.main.locator(".tabs"))
    walk.press("Review and hand in")
    for box in walk.main.get_by_role("checkbox").all():
        box.check()
    walk.press("Hand in")
    walk.reads("Receipt")
    entry.refresh_from_db()
    assert (entry.state, entry.version) == ("submitted", 2)
