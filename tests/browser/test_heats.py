"""A stage is divided into heats, and one of them is made ready: hall, lots, jury, run of show."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from leitai.rooms.contests.testing import appointed
from leitai.rooms.finals.models import Heat
from leitai.rooms.finals.testing import a_live_stage
from leitai.rooms.jury.testing import a_juror
from leitai.rooms.stages.testing import takes_part
from leitai.rooms.submissions.testing import an_entry
from tests.browser.walking import BOTH_WAYS, Walker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage(live_server):
    stage = a_live_stage()
    for _n in range(4):
        takes_part(stage, an_entry(stage.contest))
    for n in range(5):
        a_juror(f"Juror {n}", contest=stage.contest)
    return stage


@BOTH_WAYS
def test_a_heat_is_made_ready(walker: Walker, stage):
    walker.is_now(appointed(stage.contest))
    walker.open(reverse("site:contest_desk", args=[stage.contest_id]))

    plan(walker)
    give_it_a_hall(walker)
    draw_lots(walker)
    seat_the_jury(walker, stage)
    write_the_show(walker)
    announce_it(walker)
    anyone_draws_again(walker, stage)


def plan(walker):
    walker.go("Heats")
    walker.look("heats, none yet")
    walker.press("Plan the heats")
    walker.press("Show the plan")
    walker.look("plan")
    walker.press("Put this plan to work")
    walker.look("heats")


def give_it_a_hall(walker):
    walker.page.locator("main table a").first.click()
    walker.reads("Say in which hall and when the heat begins.")
    walker.press("Hall and time")
    walker.page.locator("[name=hall_zh]").fill("大礼堂")
    walker.page.locator("[name=hall_en]").fill("Great Hall")
    walker.page.locator("[name=starts_at]").fill("2026-05-06T09:30")
    walker.look("place")
    walker.press("Keep")
    walker.reads("Hall and time are set.")


def draw_lots(walker):
    walker.press("Lots")
    walker.press("Seal a seed")
    walker.look("lot sealed")
    walker.press("Tell the seed and draw")
    walker.agree()
    walker.reads("The order drawn")
    walker.look("lot drawn")


def seat_the_jury(walker, stage):
    walker.press("Jury and helpers")
    walker.press("Propose juries")
    walker.press("Show a proposal")
    walker.look("juries")
    walker.press("Seat these juries")
    heat = Heat.objects.get(stage=stage)
    assert heat.seats.count() == 5
    walker.open(reverse("finals:jury", args=[heat.pk]))
    walker.look("jury")


def write_the_show(walker):
    walker.press("Run of show")
    walker.press("Write a first one")
    walker.look("run of show")
    expect(walker.page.locator("main tbody tr")).to_have_count(6)


def announce_it(walker):
    walker.page.locator(".tabs a").first.click()
    walker.look("heat")
    walker.press("Announce it")
    walker.press("Entries and order")
    walker.look("entries and order")


def anyone_draws_again(walker, stage):
    heat = Heat.objects.get(stage=stage)
    walker.is_now(None)
    walker.open(reverse("finals:programme", args=[stage.contest.edition.slug]))
    walker.look("programme")
    walker.page.locator("main table a").first.click()
    walker.look("heat for everybody")
    walker.press("Draw the lots again")
    walker.press("Draw")
    walker.reads("the seed fits the hash")
    walker.look("lot for everybody")
    drawn = walker.page.locator("#again ol li").all_inner_texts()
    assert drawn == heat.lots.get().order
