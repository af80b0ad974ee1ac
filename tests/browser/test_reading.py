"""Journey 8: anyone browses what is public; a supervisor reads all but marks, changes nothing."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from leitai.foundation.models import Line
from leitai.rooms.contests.models import Scenario
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import a_contest, appointed, some_rules
from leitai.rooms.demands.testing import a_demand
from leitai.rooms.jury import actions as jury
from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.testing import a_juror, marked
from leitai.rooms.people.testing import a_person
from leitai.rooms.stages.testing import a_stage, takes_part
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import State
from leitai.rooms.submissions.testing import STEPS, a_draft, handed_in
from tests.browser.walking import BOTH_WAYS, Walker

pytestmark = pytest.mark.django_db(transaction=True)
TITLES = [("焊缝超声检测", "MFG"), ("夜间急诊分诊助手", "MED"), ("港口拥堵预测", "TRF")]


@pytest.fixture
def contest(live_server):
    """Three valid entries with cards and a demand; a juror has sealed one sheet of three."""
    now = timezone.now()
    span = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=5)}
    contest = a_contest(
        rules=some_rules(entry={"span": span, "steps": STEPS}, stage={"span": span})
    )
    for code, name in {"MED": "医疗", "TRF": "交通", "MFG": "制造"}.items():
        Scenario.objects.filter(code=code).update(name_zh=name)
    a_demand(contest)
    juror = a_juror("Jo Lin", contest=contest)
    stage = a_stage(contest)
    for n, (title, scenario) in enumerate(TITLES):
        by = a_person(f"Captain {n}")
        entry = handed_in(
            a_draft(contest, by=by, at=now, title_zh=title, scenario=scenario), at=now
        )
        Entry.objects.filter(pk=entry.pk).update(state=State.ACCEPTED, shows_card=True)
        takes_part(stage, entry)
        sheet = Sheet.objects.create(
            stage=stage, entry=entry, juror=juror, assigned_at=now, changed_at=now
        )
        if n == 0:
            jury.seal_sheet(sheet=marked(sheet, 9, 8), by=juror.user, at=now)
    return contest


@BOTH_WAYS
def test_anyone_browses(walker: Walker, contest):
    walker.is_now(None)
    walker.open("/")
    walker.look("edition")
    search_with_two_characters(walker)
    narrow_by_a_facet(walker)
    read_a_card(walker)
    read_the_rules(walker)
    read_the_demands(walker)


def search_with_two_characters(walker):
    walker.go("Entries")
    walker.sees("夜间急诊分诊助手")
    walker.look("entries")
    walker.fill("Search", "焊缝")
    expect(walker.page.locator("main").get_by_text("夜间急诊分诊助手")).to_have_count(0)
    walker.sees("焊缝超声检测")
    walker.look("entries-found")
    assert "q=" in walker.page.url
    walker.fill("Search", "没有这样的词")
    walker.reads("No entry fits")
    walker.look("entries-none")
    walker.fill("Search", "")
    walker.sees("港口拥堵预测")


def narrow_by_a_facet(walker):
    facets = walker.page.get_by_label(walker.says("Filters"))
    name = "MED" if walker.language == "en" else "医疗"
    facets.get_by_role("link", name=name).click()
    walker.misses("港口拥堵预测")
    walker.sees("夜间急诊分诊助手")
    walker.look("entries-facet")


def read_a_card(walker):
    walker.page.get_by_role("link", name="夜间急诊分诊助手").click()
    walker.look("card")
    walker.misses("Captain 1")


def read_the_rules(walker):
    walker.go("Rules")
    walker.look("rules")
    walker.sees("Deployable" if walker.language == "en" else "可落地")


def read_the_demands(walker):
    walker.go("Demands")
    walker.look("demands")
    title = "In-line weld-defect inspection" if walker.language == "en" else "焊缝缺陷在线检测"
    walker.page.get_by_role("link", name=title).click()
    walker.sees("≤ 0.5")
    walker.look("demand")


@BOTH_WAYS
def test_a_supervisor_reads_and_changes_nothing(walker: Walker, contest):
    overseer = appointed(contest, Role.SUPERVISOR, "Sun Ping")
    walker.is_now(overseer)
    walker.open("/desk/")
    walker.look("desk")
    walker.open(reverse("site:contest_desk", args=[contest.pk]))

    pages = read_all_there_is(walker, contest)
    no_page_offers_a_deed(walker, pages)
    deeds_are_refused(contest, overseer)


def read_all_there_is(walker, contest) -> list[str]:
    pages = [walker.page.url]
    walker.reads("From invitation to shortlist")
    walker.look("funnel")
    walker.go("Stages")
    walker.look("stages")
    pages.append(walker.page.url)
    walker.open(reverse("jury:progress", args=[contest.stages.get().pk]))
    walker.reads("%(sealed)s of %(wanted)s seats sealed", sealed=1, wanted=9)
    walker.look("progress")
    pages.append(walker.page.url)
    walker.page.locator("a.figure").nth(1).click()
    walker.look("progress-entries")
    pages.append(walker.page.url)
    walker.go("Journal")
    walker.reads("sealed a sheet")
    walker.look("journal")
    return [*pages, walker.page.url]


def no_page_offers_a_deed(walker, pages):
    """Forms only for the reader's own look and leave and to verify; no marks, no way to sheets."""
    harmless = re.compile(r"/(account|look|i18n|language)/|/desk/\d+/journal/verification/$")
    for address in pages:
        walker.open(address)
        posting = walker.page.locator("main form[method=post]:not([action*=verif])")
        assert posting.count() == 0, address
        assert walker.page.locator("a[href*='/sheets/']").count() == 0, address
        total = walker.page.locator("main").get_by_text("17", exact=True)
        assert total.count() == 0, address  # what the sealed sheet adds up to
    kept = walker.page.locator("form[method=post]").evaluate_all(
        "forms => forms.map(form => new URL(form.action).pathname)"
    )
    assert all(harmless.match(path) for path in kept), kept


def deeds_are_refused(contest, overseer):
    stage = contest.stages.get()
    sheet = Sheet.objects.sealed().get()
    client = Client()
    client.force_login(overseer)
    before = Line.objects.count()
    deeds = [
        ("jury:reminders", stage.pk), ("jury:draw_start", stage.pk),
        ("jury:leaving", sheet.juror_id), ("jury:derivation", contest.pk),
        ("jury:reopening", sheet.pk), ("jury:seal", sheet.pk),
        ("standings:compute", stage.pk),
    ]  # fmt: skip
    for name, pk in deeds:
        assert client.post(reverse(name, args=[pk]), {"why": "so"}).status_code in (403, 404), name
    for name, pk in [
        ("jury:sheets", stage.pk),
        ("jury:sheet", sheet.pk),
        ("standings:overview", stage.pk),
    ]:
        assert client.get(reverse(name, args=[pk])).status_code in (403, 404), name
    assert Line.objects.count() == before
