"""Journey 7: from sealed sheets to a published shortlist, and what each team is told."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from leitai.foundation.models import Letter
from leitai.rooms.contests.testing import a_contest, appointed, some_rules
from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.testing import a_juror, a_sheet
from leitai.rooms.people.testing import a_person
from leitai.rooms.standings.models import Standing
from leitai.rooms.standings.testing import judged, level
from leitai.rooms.submissions.models import Entry, Member
from tests.browser.walking import BOTH_WAYS, Walker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage(live_server):
    """Six entries; two are level at the line, and one still lacks a sheet."""
    rules = some_rules(stage={"quota": {"total": 2, "reserves": 2}})
    contest = a_contest(rules=rules)
    high_and_low = [(10, 10), (10, 10), (2, 2)]
    panels = [level(9), level(8), level(8), high_and_low, level(5), level(4, jurors=2)]
    stage = judged(contest, *panels)
    late = Entry.objects.order_by("-pk").first()
    a_sheet(juror=a_juror("J3", contest=contest), entry=late)
    # No organisation stands behind the first entry, so its captain is named, masked.
    Member.objects.filter(entry__code="MED-0001").update(name="王小明")
    return stage


@BOTH_WAYS
def test_a_shortlist_is_decided_and_published(walker: Walker, stage):
    organiser, clerk = appointed(stage.contest), a_person("Clerk")
    walker.is_now(organiser)
    walker.open(reverse("site:contest_desk", args=[stage.contest_id]))

    find_the_standing(walker)
    missing_sheets_are_acknowledged(walker, stage)
    z_is_refused_with_its_reason(walker, stage)
    compare_formulas(walker)
    settle_the_tie(walker, stage)
    the_committee_decides(walker, organiser, clerk)
    each_signs_by_own_account(walker, organiser, clerk)
    publish(walker)
    release_what_jurors_say(walker, stage)
    anyone_reads_the_notice(walker)
    each_team_reads_its_own(walker, stage)


def find_the_standing(walker):
    walker.go("Stages")
    walker.look("stages")
    walker.press("Standing")
    walker.reads("No standing yet")
    walker.look("standing-empty")


def missing_sheets_are_acknowledged(walker, stage):
    walker.press("Compute")
    walker.look("standing-refused")
    assert not Standing.objects.exists()
    walker.page.faults.clear()
    walker.field("Compute although sheets are missing").check()
    walker.press("Compute")
    walker.reads("Standing %d is computed.", d=1)
    walker.look("standing")
    assert Standing.objects.get().stage == stage


def z_is_refused_with_its_reason(walker, stage):
    walker.choose("Formula", "mean of marks standardised per juror (50 + 10 z)")
    walker.fill("Why another formula than the rules say", "评委尺度不一")
    walker.field("Compute although sheets are missing").check()
    walker.press("Compute again")
    refusal = walker.page.locator("main").get_by_text("8").filter(visible=True)
    expect(refusal.first).to_be_visible()
    walker.look("standing-z-refused")
    walker.page.faults.clear()
    assert Standing.objects.count() == 1


def compare_formulas(walker):
    walker.press("Compare formulas")
    walker.look("compare")
    walker.press("the middle mark")
    walker.sees("MED-0004")
    walker.reads("would come in")
    walker.look("compare-median")
    walker.press("Back to the standing")


def settle_the_tie(walker, stage):
    walker.reads("First settle the tie at the line.")
    walker.page.get_by_text(walker.says("The chair decides")).click()
    tie = walker.page.locator("section.note")
    walker.field("In this order, one code a line", tie).fill("MED-0003\nMED-0002")
    walker.field("Why", tie).fill("MED-0003 已有第二个现场")
    walker.look("tie")
    walker.press("Settle the tie")
    walker.reads("The tie is settled; a new standing is computed.")
    walker.look("settled")
    last = Standing.objects.latest("number")
    shortlist = last.places.filter(outcome="in").values_list("entry__code", flat=True)
    assert set(shortlist) == {"MED-0001", "MED-0003"}


def the_committee_decides(walker, *people):
    """Those present are listed by their accounts; nothing is decided before enough can sign."""
    walker.press("To the meeting")
    walker.reads("Nobody is listed yet. The record names everybody who was present, and they "
                 "sign it with their own accounts.")  # fmt: skip
    walker.look("meeting")
    for number, person in enumerate(people):
        expect(walker.part("This standing holds")).to_be_disabled()
        if number:  # the form stands open while nobody is listed
            walker.page.get_by_text(walker.says("Add somebody"), exact=True).click()
        walker.fill("E-mail of an account here", person.email)
        walker.fill("Role in the committee", "评审委员")
        walker.press("Add")
        walker.sees(f"{person.name}, 评审委员")
    walker.look("meeting-present")
    walker.fill("What was decided", "评审委员会确认名单。")
    walker.press("This standing holds")
    walker.agree()
    walker.reads("Decided. Now the members of the committee sign.")
    expect(walker.part("Publish")).to_be_disabled()
    walker.look("decided")


def each_signs_by_own_account(walker, organiser, clerk):
    walker.press("Read and sign the record")
    walker.look("record")
    sign(walker)
    walker.press("Back to the standing")
    expect(walker.part("Publish")).to_be_disabled()
    standing = walker.page.url
    walker.is_now(clerk)
    walker.open(record_of_the_letter(clerk))
    walker.look("record-of-a-member")
    sign(walker)
    walker.misses(walker.says("Back to the standing"))
    walker.is_now(organiser)
    walker.open(standing)
    walker.sees(clerk.name)
    walker.look("signed")


def sign(walker):
    walker.press("Sign")
    walker.agree()
    walker.reads("You have signed this record.")


def record_of_the_letter(person):
    """Where the letter that asks this person to sign leads to."""
    letter = Letter.objects.get(to=person.email)
    (path,) = re.findall(r"/standings/\S+", letter.text)
    return path


def publish(walker):
    walker.press("Publish")
    walker.agree()
    walker.reads("Published as version %d.", d=1)
    walker.look("published")


def release_what_jurors_say(walker, stage):
    walker.press("Release comments to the teams")
    walker.look("comments")
    walker.page.locator("label").filter(has_text="J1 on MED-0001").click()
    walker.press("Release the ticked ones")
    walker.page.wait_for_load_state()
    walker.page.get_by_role("link", name=walker.says("released"), exact=True).click()
    walker.sees("J1 on MED-0001")
    walker.look("comments-released")


def anyone_reads_the_notice(walker):
    walker.is_now(None)
    walker.open("/")
    walker.press("Read the public notice")
    walker.look("notice")
    walker.sees("MED-0001")
    walker.sees("MED-0003")
    walker.sees("王*明")
    walker.misses("王小明")
    walker.press("All versions")
    walker.look("notices")


def each_team_reads_its_own(walker, stage):
    entry = Entry.objects.get(code="MED-0001")
    captain = entry.members.get().user
    walker.is_now(captain)
    walker.open("/desk/")
    walker.look("desk")
    title = entry.title_en if walker.language == "en" else entry.title_zh
    walker.page.get_by_role("link", name=title).last.click()  # under its results
    walker.sees("J1 on MED-0001")
    walker.misses("J2 on MED-0001")
    walker.look("result")
    other = Entry.objects.get(code="MED-0002")
    answer = walker.page.request.get(reverse("standings:result", args=[other.pk]))
    assert answer.status == 404
    assert Sheet.objects.sealed().filter(entry=entry).count() == 3
