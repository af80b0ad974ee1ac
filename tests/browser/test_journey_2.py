"""Journey 2: an enterprise posts a demand, and reads answers as far as the teams agree."""

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import appointed
from leitai.rooms.demands.models import Demand
from leitai.rooms.people.testing import a_person
from leitai.rooms.submissions import actions as submissions
from leitai.rooms.submissions.models import Answer
from leitai.rooms.submissions.testing import a_draft, an_open_contest, handed_in
from tests.browser.walk import Walk, both_ways

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = {"en": "In-line weld-defect inspection", "zh-hans": "焊缝缺陷在线检测"}
MASKED = "Title not public yet"


@pytest.fixture
def contest(live_server) -> Contest:
    return an_open_contest(at=timezone.now())


@both_ways
def test_an_enterprise_posts_a_demand(walk: Walk, contest, browser: Browser):
    hana, sec = a_person("Hana Sun"), appointed(contest, Role.SECRETARIAT, name="Sec Wu")
    walk.at_the_desk_of(hana)
    say_for_whom_one_speaks(walk)
    write_the_demand(walk)
    the_secretariat_gives_it_back(walk, sec)
    mend_and_send(walk.at_the_desk_of(hana))
    the_secretariat_publishes(walk, sec)
    strangers_read_a_masked_card(walk)
    three_teams_answer(contest)
    one_team_answers_by_hand(walk, contest)
    read_the_answers(walk.at_the_desk_of(hana))


def say_for_whom_one_speaks(walk: Walk) -> None:
    walk.press("Post a demand")
    walk.reads("First tell us which organisation you speak for, under “My organisations”.")
    walk.look("speaks-for-nobody")
    walk.fill("name in Chinese", "大港集团")
    walk.fill("name in English", "Big Harbour")
    walk.field("kind").select_option("company")
    walk.field("Country or region").select_option("SG")
    walk.press("Add")
    walk.reads("you speak for it")
    walk.look("organisations-one")


def write_the_demand(walk: Walk) -> None:
    walk.open("/e/haiwan-3/")
    walk.press("Post a demand")
    walk.look("demand-form")
    walk.field("Scenario").select_option(label="MFG")
    walk.press("Save")
    walk.reads("Please give a title in at least one language.")
    walk.look("demand-error")
    walk.was_refused()
    walk.fill("title in Chinese", TITLE["zh-hans"])
    walk.fill("title in English", TITLE["en"])
    walk.fill("Budget from", "800000")
    walk.fill("Budget to", "500000")
    walk.field("title and owner masked").check()
    walk.field("joint development").check()
    walk.press("Save")
    walk.reads("The upper end is below the lower end.")
    walk.was_refused()
    walk.fill("Budget to", "1500000")
    walk.press("Save")
    walk.look("demand-draft")
    expect(walk.main).to_contain_text("¥800–1,500k" if walk.language == "en" else "¥80–150 万")
    expect(walk.part("Send for vetting")).to_be_disabled()

    walk.press("Edit")
    walk.fill("background, in Chinese", "两条线，每分钟四十条焊缝。")
    walk.fill("background, in English", "Two lines, forty welds a minute.")
    rows = walk.page.locator("[name^=i-0-]")
    expect(rows.first).to_be_attached()
    first = walk.page.locator("[name=i-0-name_zh]")
    first.fill("漏检率")
    walk.page.locator("[name=i-0-name_en]").fill("Missed defects")
    walk.page.locator("[name=i-0-unit]").fill("%")
    walk.page.locator("[name=i-0-target]").fill("≤ 0.5")
    walk.look("demand-edit")
    walk.press("Save")
    walk.press("Send for vetting")
    walk.reads("The secretariat is reading it. You will get an e-mail.")
    walk.look("demand-sent")


def the_secretariat_gives_it_back(walk: Walk, sec) -> None:
    walk.at_the_desk_of(sec)
    walk.main.get_by_role("heading").get_by_role("link").first.click()
    walk.go("Demands")
    walk.look("vetting-desk")
    walk.main.get_by_role("link", name=TITLE[walk.language]).click()
    walk.look("vetting")
    walk.fill("What should be corrected?", "How is it tested?")
    walk.press("Return for correction")
    assert Demand.objects.get().state == "returned"


def mend_and_send(walk: Walk) -> None:
    walk.main.get_by_role("link", name=TITLE[walk.language]).click()
    expect(walk.main).to_contain_text("How is it tested?")
    walk.look("returned")
    walk.press("Edit")
    walk.page.locator("[name=i-0-test_zh]").fill("抽检一千件")
    walk.page.locator("[name=i-0-test_en]").fill("A thousand pieces by hand")
    walk.press("Save")
    walk.press("Send for vetting")


def the_secretariat_publishes(walk: Walk, sec) -> None:
    walk.at_the_desk_of(sec)
    walk.main.get_by_role("heading").get_by_role("link").first.click()
    walk.go("Demands")
    walk.main.get_by_role("link", name=TITLE[walk.language]).click()
    walk.press("Publish")
    walk.look("published")
    demand = Demand.objects.get()
    assert (demand.state, demand.number) == ("published", 1)


def strangers_read_a_masked_card(walk: Walk) -> None:
    walk.is_now(None)
    walk.open("/e/haiwan-3/")
    walk.press("See the demands")
    walk.reads(MASKED)
    for secret in (*TITLE.values(), "大港集团", "Big Harbour", "漏检率", "Missed defects"):
        walk.misses(secret)
    walk.look("board")
    walk.page.locator("a.card").first.click()
    walk.misses("Big Harbour")
    walk.misses(TITLE[walk.language])
    walk.look("masked")


def three_teams_answer(contest: Contest) -> None:
    """One shows its card, one its teaser, one everything."""
    now, demand = timezone.now(), Demand.objects.get()
    for shows in ("public", "teaser", "confidential"):
        team = a_person(f"Captain {shows}")
        told = {"title_zh": f"方案 {shows}", "summary": f"摘要 {shows}", "revenue": "7654321"}
        entry = a_draft(contest, by=team, at=now, **told)
        submissions.answer_demand(
            entry=entry, demand=demand, shows=shows, note=f"0.3 % ({shows})", by=team, at=now
        )
        handed_in(entry, at=now)


def one_team_answers_by_hand(walk: Walk, contest: Contest) -> None:
    ada = a_person("Ada")
    a_draft(contest, by=ada, at=timezone.now(), title_zh="手写应答")
    walk.at_the_desk_of(ada)
    walk.main.get_by_role("link", name="手写应答").click()
    walk.press("Demands answered", within=walk.main.locator(".tabs"))
    walk.look("answers-empty")
    walk.field("Demand").select_option(index=0)
    walk.field("What may the demand's owner see of your entry?").select_option("teaser")
    walk.fill("How you meet the indicators", "0.4 %")
    walk.press("Keep the answer")
    walk.reads("Its owner may see the teaser.")
    walk.look("answers")
    walk.press("Take the consent back")
    walk.reads("Its owner sees no more than everybody.")
    assert Answer.objects.get(entry__begun_by=ada).shows == "public"


def read_the_answers(walk: Walk) -> None:
    """Nothing of a draft; of the others as much as each agreed to."""
    walk.main.get_by_role("link", name=TITLE[walk.language]).click()
    walk.press("See the answers")
    walk.look("answered")
    walk.misses("手写应答")
    walk.misses("方案 public")
    walk.misses("0.3 % (public)")
    walk.sees("0.3 % (teaser)")
    walk.main.get_by_role("link", name="方案 teaser").click()
    walk.sees("摘要 teaser")
    walk.misses("7,654,321")
    walk.look("answer-teaser")
    walk.page.go_back()
    walk.main.get_by_role("link", name="方案 confidential").click()
    walk.press("Show the confidential layer")
    walk.sees("7,654,321")
    walk.look("answer-confidential")
