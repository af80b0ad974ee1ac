"""A juror on a train: marks outlive a dead network, a closed tab and a lost session."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from leitai.rooms.contests.testing import a_contest
from leitai.rooms.jury import actions
from leitai.rooms.jury.models import Change, Mark, Sheet
from leitai.rooms.jury.rules import SheetState
from leitai.rooms.jury.testing import a_juror
from leitai.rooms.people.testing import a_person
from leitai.rooms.stages.testing import a_stage, takes_part
from leitai.rooms.submissions import actions as submissions
from leitai.rooms.submissions.rules import State
from leitai.rooms.submissions.testing import a_draft, a_pdf, handed_in
from tests.browser.test_marking import the_rules
from tests.browser.walking import BOTH_WAYS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sheets(live_server) -> list[Sheet]:
    """Three entries, each before two jurors; those of Jo in the order in which they lie."""
    now = timezone.now()
    contest = a_contest(rules=the_rules())
    jurors = [a_juror(name, contest=contest) for name in ("Jo Lin", "Bo Ren")]
    stage = a_stage(contest)
    for n in range(3):
        entry = a_draft(
            contest, by=a_person(f"Captain {n}"), at=now, title_zh=f"焊缝超声检测{n}号",
            summary="探头听焊缝。", is_listed=False, revenue="1200000",
        )  # fmt: skip
        submissions.attach(entry=entry, key="plan", upload=a_pdf(), by=entry.begun_by, at=now)
        handed_in(entry, at=now)
        entry.refresh_from_db()
        entry.state = State.ACCEPTED
        entry.save()
        takes_part(stage, entry)
        for juror in jurors:
            Sheet.objects.create(
                stage=stage, entry=entry, juror=juror, assigned_at=now, changed_at=now
            )
    return list(Sheet.objects.filter(juror=jurors[0]))


def state_is(page: Page, state: str) -> None:
    expect(page.locator("[data-autosave-state]")).to_have_attribute("data-state", state)


def open_sheet(page: Page, sheet: Sheet) -> None:
    page.goto(reverse("jury:sheet", args=[sheet.pk]))
    if page.viewport_size["width"] < 800:
        page.locator("[data-side=sheet]").click()


def mark(page: Page, values: dict[str, str]) -> None:
    for code, value in values.items():
        page.locator(f"[name=mark-{code}]").fill(value)


def all_kept(page: Page) -> int:
    return page.evaluate(
        """async () => {
          const cache = await caches.open("leitai-jury");
          return (await cache.keys()).filter(({ url }) => url.includes("/sheets/")).length;
        }"""
    )


def wait_for(page: Page, what, wanted) -> None:
    for _turn in range(100):
        if what() == wanted:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{what()!r} instead of {wanted!r} after ten seconds")


@BOTH_WAYS
def test_three_entries_marked_on_a_train(walker, sheets):
    page, jo = walker.page, sheets[0].juror.user
    walker.is_now(jo)
    stage = sheets[0].stage
    page.goto(reverse("jury:pile", args=[stage.pk]))
    page.locator("[data-take-along]").click()
    expect(page.locator("[data-taken]")).to_contain_text("3")
    wait_for(page, lambda: all_kept(page), 6)  # three sheets and their papers

    page.context.set_offline(True)
    for n, sheet in enumerate(sheets):
        open_sheet(page, sheet)
        mark(page, {"landing": str(n + 3), "copying": "7", "team": "4.5"})
        state_is(page, "offline")
    page.locator("[name=mark-team]").fill("3")
    page.get_by_label(walker.says("For yourself")).fill("隧道里 in the tunnel")
    wait_for(page, lambda: page.evaluate("localStorage['leitai:waiting']"), "10")
    page.reload()
    expect(page.locator("[name=mark-team]")).to_have_value("3")
    walker.look("offline")
    seal_offline(walker, sheets[2])
    page.goto(reverse("jury:pile", args=[stage.pk]))
    expect(page.locator("[data-here]")).to_have_count(3)
    walker.look("pile-offline")
    address = page.url
    page.faults.clear()  # the browser tells of each request that failed
    page.close()  # the tab, not the browser
    assert Mark.objects.count() == 0

    page = walker.page = page.context.new_page()
    page.context.set_offline(False)
    page.goto(address)
    wait_for(page, Sheet.objects.sealed().count, 1)  # the last of all
    expect(page.locator("[data-here]")).to_have_count(0)
    for n, sheet in enumerate(sheets):
        team = 3 if n == 2 else 4.5
        assert sheet.given() == {"landing": n + 3, "copying": 7, "team": team}
    last = Sheet.objects.get(pk=sheets[2].pk)
    assert (last.state, last.note) == (SheetState.SEALED, "隧道里 in the tunnel")
    assert (last.seals.count(), last.total) == (1, 15)
    assert Change.objects.exclude(field="seal").count() == 10


def seal_offline(walker, sheet):
    page = walker.page
    walker.press("Seal")
    page.locator("#confirm").get_by_role("button", name=walker.says("Yes, go on")).click()
    expect(page.locator("[data-seal-waits]")).to_be_visible()
    walker.look("seal-waits")
    assert Sheet.objects.get(pk=sheet.pk).state == SheetState.ASSIGNED


@pytest.fixture
def at_work(walker, sheets):
    """Jo has the first sheet open, and the browser keeps it."""
    walker.is_now(sheets[0].juror.user)
    open_sheet(walker.page, sheets[0])
    wait_for(walker.page, lambda: all_kept(walker.page), 1)
    return sheets[0]


# What anybody may read of the vault: the names of what is there, and its words where they are open.
LYING_HERE = """() => new Promise((done) => {
  indexedDB.open("leitai-jury").onsuccess = ({ target }) => {
    const asked = target.result.transaction("waiting").objectStore("waiting").getAll();
    asked.onsuccess = () => done(asked.result.map((one) => [Object.keys(one).sort(), one.words]));
  };
})"""
DESK = pytest.mark.parametrize(("page", "walker"), [(1440, "en")], indirect=True, ids=["desk"])


@DESK
def test_a_lost_session_keeps_the_words_until_the_same_juror_signs_in(walker, at_work):
    page = walker.page
    Session.objects.all().delete()
    mark(page, {"landing": "9"})
    state_is(page, "refused")
    expect(page.locator("[data-autosave-state] a")).to_be_visible()
    assert Mark.objects.count() == 0

    walker.is_now(a_juror("Bo Ren").user)
    page.goto(reverse("jury:pile", args=[at_work.stage_id]))
    expect(page.locator("[data-here]")).to_have_count(0)
    wait_for(page, lambda: all_kept(page), 0)
    [[shown, words]] = page.evaluate(LYING_HERE)
    assert (shown, words) == (["closed", "id", "iv", "kind", "person", "sheet"], None)
    assert Mark.objects.count() == 0

    walker.is_now(at_work.juror.user)
    open_sheet(page, at_work)
    expect(page.locator("[name=mark-landing]")).to_have_value("9")
    state_is(page, "saved")
    assert at_work.given() == {"landing": 9}
    page.faults.clear()


@DESK
def test_signing_out_takes_the_pages_along(walker, at_work):
    page = walker.page
    page.locator("details.menu summary").last.click()
    page.get_by_role("button", name=walker.says("Sign out")).click()
    page.wait_for_url(re.compile(r"/$"))
    wait_for(page, lambda: page.evaluate("caches.has('leitai-jury')"), False)

    page.context.set_offline(True)
    page.goto(reverse("jury:sheet", args=[at_work.pk]))

    walker.reads("No connection")
    walker.misses(at_work.entry.code)
    walker.look("away")
    page.faults.clear()


@DESK
def test_two_devices_and_a_stage_that_closed_meanwhile(walker, at_work):
    page, now = walker.page, timezone.now()
    page.context.set_offline(True)
    mark(page, {"landing": "9", "copying": "2"})
    state_is(page, "offline")
    actions.save_field(
        sheet=at_work, field="mark-landing", value="4", base=0, by=at_work.juror.user, at=now
    )
    page.context.set_offline(False)
    expect(page.locator(".theirs blockquote")).to_have_text("4")
    walker.look("two-devices")
    page.get_by_role("button", name=walker.says("Keep mine")).click()
    state_is(page, "saved")
    assert at_work.given() == {"landing": 9, "copying": 2}

    page.context.set_offline(True)
    page.locator("[name=mark-team]").fill("5")
    state_is(page, "offline")
    stage = at_work.stage
    stage.closes_at = now
    stage.save()
    page.context.set_offline(False)
    expect(page.locator("[data-kept]")).to_be_visible()
    walker.look("closed-meanwhile")
    page.reload()
    expect(page.locator("[data-kept]")).to_contain_text("5")

    until = now + timezone.timedelta(hours=2)
    actions.reopen_sheet(sheet=at_work, why="The train", by=a_person("Olga"), at=now, until=until)
    page.reload()
    wait_for(page, at_work.given, {"landing": 9, "copying": 2, "team": 5})
    page.faults.clear()


@DESK
def test_a_paper_is_read_and_searched_beside_the_sheet(walker, at_work):
    page = walker.page
    page.get_by_role("button", name=walker.says("Read it here, beside the sheet")).click()
    expect(page.locator("[data-viewer][data-ready]")).to_be_visible(timeout=20_000)
    expect(page.locator(".leaf canvas").first).to_be_visible()
    page.locator("h1").click()
    page.keyboard.press("/")
    page.keyboard.type("jo lin")  # the reader's name lies across a confidential paper
    expect(page.locator("[data-hits]")).to_have_text(re.compile(r"^1 "))
    expect(page.locator(".words mark.here").first).to_be_attached()
    walker.look("viewer")
