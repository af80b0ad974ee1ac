"""Journey 6: a juror marks by keyboard and by thumb, loses nothing, seals, and hands back a tie."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from leitai.rooms.contests.rules import Rules
from leitai.rooms.contests.testing import a_contest, appointed, some_rules
from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.rules import SheetState
from leitai.rooms.jury.testing import a_juror
from leitai.rooms.people.testing import a_person
from leitai.rooms.stages.testing import a_stage, takes_part
from leitai.rooms.submissions import actions as submissions
from leitai.rooms.submissions.models import Viewing
from leitai.rooms.submissions.rules import State
from leitai.rooms.submissions.testing import STEPS, a_draft, a_pdf, handed_in
from tests.browser.walking import BOTH_WAYS, Walker

pytestmark = pytest.mark.django_db(transaction=True)
BANDS = [
    {"low": 0, "high": 3, "text": {"zh": "只是设想", "en": "An idea"}},
    {"low": 4, "high": 7, "text": {"zh": "真实数据上的原型", "en": "A prototype on real data"}},
    {"low": 8, "high": 10, "text": {"zh": "已在使用", "en": "In use"}},
]


def the_rules() -> Rules:
    now = timezone.now()
    span = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=3)}
    criteria = [
        {"code": "landing", "name": {"zh": "可落地", "en": "Deployable"}, "high": 10,
         "bands": BANDS, "evidence": {"zh": "谁在用，用了多久", "en": "Who uses it, since when"}},
        {"code": "copying", "name": {"zh": "可复制", "en": "Replicable"}, "high": 10,
         "bands": BANDS},
        {"code": "team", "name": {"zh": "团队", "en": "Team"}, "high": 5, "step": "0.5"},
    ]  # fmt: skip
    return some_rules(
        stage={"span": span, "criteria": criteria}, entry={"span": span, "steps": STEPS}
    )


@pytest.fixture
def pile(live_server):
    """Three entries with their papers wait for one juror; sheets in the order they are read."""
    now = timezone.now()
    contest = a_contest(rules=the_rules())
    juror = a_juror("Jo Lin", contest=contest)
    stage = a_stage(contest)
    for n in range(3):
        entry = a_draft(
            contest, by=a_person(f"Captain {n}"), at=now, title_zh=f"焊缝超声检测{n}号",
            summary="探头听焊缝，七个月，两条产线。\n误报低于 1.5%。", is_listed=False,
            revenue="1200000",
        )  # fmt: skip
        submissions.attach(entry=entry, key="plan", upload=a_pdf(), by=entry.begun_by, at=now)
        handed_in(entry, at=now)
        entry.refresh_from_db()
        entry.state = State.ACCEPTED
        entry.save()
        takes_part(stage, entry)
        Sheet.objects.create(stage=stage, entry=entry, juror=juror, assigned_at=now, changed_at=now)
    return stage


@BOTH_WAYS
def test_a_juror_marks_a_pile(walker: Walker, pile):
    juror = pile.contest.jurors.get()
    walker.is_now(juror.user)
    walker.open("/desk/")

    look_at_the_pile(walker)
    first = mark_the_first(walker)
    two_windows_lose_nothing(walker, first)
    a_dead_network_loses_nothing(walker, first)
    seal(walker, first)
    the_organiser_reopens(walker, first, by=appointed(pile.contest))
    walker.is_now(juror.user)
    mend_and_seal_again(walker, first)
    a_tie_found_late(walker, pile)
    see_the_progress(walker, pile)


def look_at_the_pile(walker):
    walker.look("desk")
    walker.press("Go on marking")
    walker.look("pile")
    walker.press("Go on marking")


def sheet_in(page: Page) -> Sheet:
    return Sheet.objects.get(pk=page.url.rstrip("/").rsplit("/", 1)[1])


def saved(page: Page) -> None:
    state = page.locator("[data-autosave-state]")
    expect(state).to_have_attribute("data-state", "saved")


def nothing_is_kept_back(page: Page) -> None:
    """Every field has reached the server. (Strict pages refuse `wait_for_function`.)"""
    for _turn in range(50):
        if page.evaluate("localStorage['leitai:waiting']") == "0":
            return
        page.wait_for_timeout(100)
    pytest.fail("Words wait in the browser for five seconds.")


def mark_the_first(walker) -> Sheet:
    """At a desk by nothing but keys; on a phone by the thumb. What is written outlives a reload."""
    page = walker.page
    walker.look("sheet")
    expect(page.locator("main")).not_to_contain_text("False")
    sheet = sheet_in(page)
    if page.viewport_size["width"] > 800:
        page.keyboard.press("3")  # the third band of the first criterion: its top is the mark
        page.keyboard.press("2")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        walker.mark_of("Team").focus()
    else:
        walker.press("Score sheet")
        page.locator("label:has([name=band-landing][data-band='3'])").click()
        page.locator("label:has([name=band-copying][data-band='2'])").click()
        walker.mark_of("Team").click()
    page.keyboard.type("4.5")
    by_slider(walker)
    walker.mark_of("Team").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("两条产线 two lines")
    saved(page)
    expect(page.locator("[data-total]")).to_have_text("21.5")
    nothing_is_kept_back(page)

    page.reload()
    expect(page.locator("[name=mark-landing]")).to_have_value("10")
    expect(page.locator("[name=mark-copying]")).to_have_value("7")
    expect(page.locator("[name=evidence-team]")).to_have_value("两条产线 two lines")
    expect(page.locator("[name=band-copying][data-band='2']")).to_be_checked()
    if page.viewport_size["width"] > 800:
        with page.expect_response("**/papers/*/") as answer:
            walker.press("Read it here, beside the sheet")
            expect(page.locator(".leaf canvas").first).to_be_visible()
        assert answer.value.headers["content-type"] == "application/pdf"
        assert Viewing.objects.filter(entry=sheet.entry, by=sheet.juror.user).exists()
    return sheet


def by_slider(walker) -> None:
    """It goes with the mark, by arrow keys and by pointer; what scrolls past it changes nothing."""
    page, field = walker.page, walker.mark_of("Team")
    slider = page.locator("fieldset:has([name=mark-team]) .slider")
    expect(slider).to_have_value("4.5")
    slider.press("ArrowLeft")
    expect(field).to_have_value("4")
    slider.hover()
    page.mouse.wheel(0, 40)
    expect(field).to_have_value("4")
    box = slider.bounding_box()
    assert box["height"] >= 44
    slider.click(position={"x": box["width"] - 2, "y": box["height"] / 2})
    expect(field).to_have_value("5")
    slider.press("ArrowLeft")
    expect(field).to_have_value("4.5")


def two_windows_lose_nothing(walker, sheet):
    page = walker.page
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_label(walker.says("To the team")).fill("第一扇窗 first window")
    saved(page)
    other.get_by_label(walker.says("To the team")).fill("第二扇窗 second window")
    expect(other.locator(".theirs blockquote")).to_have_text("第一扇窗 first window")
    other.get_by_role("button", name=walker.says("Keep mine")).click()
    saved(other)
    other.close()
    sheet.refresh_from_db()
    assert sheet.comment == "第二扇窗 second window"
    page.reload()


def a_dead_network_loses_nothing(walker, sheet):
    page = walker.page
    page.context.set_offline(True)
    page.get_by_label(walker.says("For yourself")).fill("火车上 on the train")
    expect(page.locator("[data-autosave-state]")).to_have_attribute("data-state", "offline")
    page.context.set_offline(False)
    saved(page)
    page.faults.clear()  # the browser tells of the request that failed
    sheet.refresh_from_db()
    assert sheet.note == "火车上 on the train"


def seal(walker, sheet):
    page = walker.page
    if page.viewport_size["width"] > 800:
        page.keyboard.press("Shift+Tab")  # out of the text, to a link or button
        page.locator("h1").click()
        page.keyboard.press("s")
    else:
        walker.press("Seal")
    walker.agree()
    walker.reads("{code} is sealed.", code=sheet.entry.code)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.total) == (SheetState.SEALED, 21.5)


def the_organiser_reopens(walker, sheet, *, by):
    walker.is_now(by)
    walker.open(reverse("jury:progress", args=[sheet.stage_id]))
    walker.press("All sheets")
    walker.look("sheets")
    walker.page.get_by_role("link", name=sheet.entry.code).click()
    walker.sees("21.5")
    walker.look("record")
    walker.press("Open it again")
    walker.fill("Reason", "团队分数与说明不符")
    walker.look("reopening")
    walker.press("Ask a second person")
    walker.reads("You asked for this yourself; a second person confirms it.")
    walker.is_now(appointed(sheet.stage.contest, name="Second"))
    walker.open(reverse("jury:second_person", args=[sheet.reopening_requests.get().pk]))
    walker.look("second-person")
    walker.press("Confirm: open it again")
    walker.reads("The sheet is open again; the juror gets a letter.")


def mend_and_seal_again(walker, sheet):
    walker.open(reverse("jury:pile", args=[sheet.stage_id]))
    walker.page.get_by_role("link", name=sheet.entry.code).click()
    walker.reads("Opened again by the organiser:")
    walker.sees("团队分数与说明不符")
    walker.look("sheet-reopened")
    walker.mark_of("Team").fill("9")
    state = walker.page.locator("[data-autosave-state]")
    expect(state).to_have_attribute("data-state", "refused")
    walker.page.faults.clear()
    walker.mark_of("Team").fill("3")
    saved(walker.page)
    walker.press("Seal")
    walker.agree()
    walker.reads("{code} is sealed.", code=sheet.entry.code)
    sheet.refresh_from_db()
    assert (sheet.total, sheet.seals.count()) == (20, 2)


def a_tie_found_late(walker, stage):
    sheet = sheet_in(walker.page)
    address = walker.page.url
    walker.press("I have a tie")
    walker.look("recusal")
    walker.choose("Ground", "personal or business tie")
    walker.press("Hand the entry back")
    walker.reads("Thank you. The entry has left your pile.")
    walker.misses(sheet.entry.code)
    walker.look("pile-after")
    walker.open(address)
    walker.sees(walker.says("There is nothing here"))
    walker.look("not-here")
    walker.page.faults.clear()


def see_the_progress(walker, stage):
    walker.is_now(appointed(stage.contest))
    walker.open(reverse("jury:progress", args=[stage.pk]))
    walker.look("progress")
    walker.page.get_by_role("link", name=walker.says("entries with too few jurors")).click()
    walker.look("progress-entries")
