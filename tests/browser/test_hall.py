"""A hall with its desk, its board and two jurors, one of whom loses the network in the middle."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from leitai.rooms.contests.testing import DAY, NOON, appointed
from leitai.rooms.finals.models import PracticeSheet, Session
from leitai.rooms.finals.testing import a_heat, a_live_stage, a_session, on_stage
from leitai.rooms.jury.models import Sheet
from tests.browser.walking import Walker

pytestmark = pytest.mark.django_db(transaction=True)

FOR_LONG = {"opens_at": NOON - DAY, "closes_at": NOON + 36500 * DAY}
PATIENT = 20_000  # pages without the live process ask every few seconds


@pytest.fixture
def hall(browser: Browser, live_server) -> Iterator[SimpleNamespace]:
    """Three entries; Ann marks on a phone in Chinese, Bo on a tablet; the desk and the board."""
    stage = a_live_stage(span=FOR_LONG, panel={"per_entry": 2}, formula="mean")
    session = a_session(a_heat(stage, jurors=2))
    people = [seat.juror.user for seat in session.heat.seats.order_by("number")]
    desk = appointed(stage.contest)
    seats = {
        "ann": (people[0], 390, "zh-hans"), "bo": (people[1], 768, "en"),
        "desk": (desk, 1440, "en"), "board": (desk, 1280, "zh-hans"),
    }  # fmt: skip
    walkers = {name: at(browser, live_server, name, *seat) for name, seat in seats.items()}
    yield SimpleNamespace(session=session, **walkers)
    faults = [fault for walker in walkers.values() for fault in walker.faults]
    for walker in walkers.values():
        walker.page.context.close()
    assert not faults


def at(browser: Browser, live_server, name: str, person, width: int, language: str) -> Walker:
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": width, "height": 900 if width > 400 else 844},
        reduced_motion="reduce",
    )  # fmt: skip
    if width < 400:
        dark = {"name": "leitai_theme", "value": "dark", "url": live_server.url}
        context.add_cookies([dark])
    walker = Walker(
        context.new_page(), language=language, url=live_server.url, story=f"hall-{name}"
    )
    walker.page.set_default_timeout(PATIENT)
    walker.is_now(person)
    return walker


def open_all(hall: SimpleNamespace) -> None:
    for walker in (hall.ann, hall.bo):
        walker.open(reverse("finals:marking", args=[hall.session.pk]))
    hall.desk.open(reverse("finals:desk", args=[hall.session.pk, "scores"]))


def stands(page: Page, number: int) -> None:
    """The page holds the marks of this entry and of no other."""
    expect(page.locator(".seat-number")).to_have_text(str(number), timeout=PATIENT)


def mark(page: Page, landing: str, copying: str) -> None:
    page.locator("[name=landing]").fill(landing)
    page.locator("[name=copying]").fill(copying)


def confirm(walker: Walker) -> None:
    walker.page.locator("[data-confirm-button]").click()
    walker.page.locator("#confirm button[value=yes]").click()


def row(page: Page, place: int):
    return page.locator("[data-list] button").nth(place - 1)


def is_now(locator, value: str) -> None:
    expect(locator).to_have_attribute("data-is", value, timeout=PATIENT)


def press(walker: Walker, words: str, within: str = "main") -> None:
    name = walker.says(words)
    button = walker.page.locator(within).get_by_role("button", name=name, exact=False).first
    with walker.page.expect_response(lambda answer: answer.request.method == "POST") as told:
        button.click()
    assert told.value.status == 204, (words, told.value.text())


def kept(page: Page) -> int:
    """Pages this browser could show without a network."""
    return page.evaluate("""async () => {
      const cache = await caches.open("leitai-jury");
      return (await cache.keys()).filter(({ url }) => url.includes("/finals/marking/")).length;
    }""")


def test_two_entries_with_a_juror_offline_and_an_order_that_changes(hall):
    ann, bo, desk, session = hall.ann, hall.bo, hall.desk, hall.session
    one, two, three = (slot.entry_id for slot in session.heat.slots.order_by("position"))
    open_all(hall)
    hall.board.open(reverse("finals:board", args=[session.pk]))
    ann.reads("Nobody is on stage now. This page changes by itself.")
    press(desk, "Next:", "#d-now")
    press(desk, "Open scoring", "#d-now")
    for walker in (ann, bo):
        stands(walker.page, 1)

    # Bo loses the network, marks, confirms, and even loads the page anew.
    assert wait(bo.page, lambda: bo.page.evaluate("Boolean(navigator.serviceWorker.controller)"))
    bo.page.reload()
    stands(bo.page, 1)
    expect.set_options(timeout=PATIENT)
    assert wait(bo.page, lambda: kept(bo.page) >= 2)
    expect(bo.page.locator("[data-confirm-button]")).to_be_enabled()
    bo.page.context.set_offline(True)
    mark(bo.page, "6", "7.5")
    is_now(row(bo.page, 1), "waits")
    bo.page.reload()
    stands(bo.page, 1)
    expect(bo.page.locator("[name=copying]")).to_have_value("7.5")
    confirm(bo)
    is_now(row(bo.page, 1), "seal_waits")
    expect(bo.page.locator("[data-net]")).to_have_attribute("data-state", "offline")
    bo.look("offline")

    # Ann steps her marks by thumb and confirms; the desk sees who, and not how much.
    for _tap in range(3):
        ann.page.locator("[data-step='1']").first.click()
    expect(ann.page.locator("[name=landing]")).to_have_value("1")
    mark(ann.page, "8", "7")
    ann.look("marking")
    confirm(ann)
    is_now(row(ann.page, 1), "sealed")
    expect(desk.page.locator(".d-seats li[data-is=in]")).to_have_count(1)
    expect(desk.page.locator(".d-seats li[data-is=waits]")).to_have_count(1)
    assert Sheet.objects.sealed().count() == 1

    # The order changes while Bo is away: his score comes in once he has seen the new order.
    desk.page.get_by_text(desk.says("Another place in the order")).click()
    form = desk.page.locator("form[action$='/order/']")
    form.locator("select[name=entry]").select_option(str(three))
    form.locator("[name=place]").fill("2")
    form.locator("[name=reason]").fill("A train is late")
    press(desk, "Change the order", "form[action$='/order/']")
    expect(desk.page.locator("#d-unseen")).to_be_visible()
    desk.look("order-changed")
    ann.sees("A train is late")
    ann.look("order-changed")
    ann.page.locator("[data-order-ok]").click()
    expect(ann.page.locator("[data-order]")).to_be_hidden()
    bo.page.context.set_offline(False)
    bo.sees("A train is late")
    assert Sheet.objects.sealed().count() == 1
    bo.page.locator("[data-order-ok]").click()
    is_now(row(bo.page, 1), "sealed")
    expect(desk.page.locator("#d-unseen")).to_have_count(0)
    expect(desk.page.locator(".d-seats li[data-is=in]")).to_have_count(2)

    press(desk, "Close scoring", "#d-now")
    press(desk, "Reveal score and place", "#d-now")
    expect(hall.board.page.locator("[data-hall]")).to_contain_text("14.25")

    # Ann is still typing for the second entry when the third comes on stage: she stays with it.
    press(desk, "Next:", "#d-now")
    press(desk, "Open scoring", "#d-now")
    stands(ann.page, 2)
    mark(ann.page, "5", "5")
    press(desk, "Next:", "#d-now")
    press(desk, "Open scoring", "#d-now")
    expect(ann.page.locator("[data-elsewhere]")).to_be_visible()
    stands(bo.page, 3)
    stands(ann.page, 2)
    ann.look("somebody-else-on-stage")
    confirm(ann)
    is_now(row(ann.page, 2), "sealed")
    ann.page.locator("[data-go]").click()
    stands(ann.page, 3)
    expect(ann.page.locator("[name=landing]")).to_have_value("")
    mark(ann.page, "9", "9.5")
    confirm(ann)
    is_now(row(ann.page, 3), "sealed")

    given = {(s.entry_id, s.juror_id): s.total for s in Sheet.objects.sealed()}
    ann_id, bo_id = session.heat.seats.order_by("number").values_list("juror_id", flat=True)
    assert given == {
        (one, ann_id): 15, (one, bo_id): 13.5, (three, ann_id): 10, (two, ann_id): 18.5
    }  # fmt: skip
    for role in ("host", "timer", "chair", "watch", "audience"):
        walker = ann if role == "chair" else desk
        walker.open(reverse("finals:desk", args=[session.pk, role]))
        walker.look(role)


def wait(page: Page, what) -> bool:
    for _turn in range(100):
        if what():
            return True
        page.wait_for_timeout(100)
    return False


def test_two_timers_and_a_double_tap(hall):
    on_stage(hall.session)
    first, second = hall.desk, hall.board
    second.page.context.clear_cookies(name="leitai_language")
    address = reverse("finals:desk", args=[hall.session.pk, "timer"])
    first.open(address)
    second.open(address)

    first.page.locator("button[value=start]").dblclick()
    expect(first.page.locator("button[value=pause]")).to_be_visible()
    assert Session.objects.get(pk=hall.session.pk).clock.is_running
    expect(second.page.locator("button[value=pause]")).to_be_visible(timeout=PATIENT)
    first.page.reload()
    expect(first.page.locator(".d-face [data-clock]")).to_contain_text("07:")


def test_a_rehearsal_says_so_and_keeps_nothing(hall):
    heat = a_heat(a_live_stage("practice", span=FOR_LONG, panel={"per_entry": 2}), jurors=1)
    session = on_stage(a_session(heat, is_rehearsal=True))
    ann = hall.ann
    ann.is_now(heat.seats.get().juror.user)
    ann.open(reverse("finals:own_halls"))
    ann.page.locator(f"a[href='{reverse('finals:marking', args=[session.pk])}']").click()
    ann.reads("Rehearsal")
    mark(ann.page, "8", "7")
    confirm(ann)
    is_now(row(ann.page, 1), "sealed")
    ann.look("rehearsal")
    assert (Sheet.objects.count(), PracticeSheet.objects.count()) == (0, 1)
    assert session.heat.state == "ready"
