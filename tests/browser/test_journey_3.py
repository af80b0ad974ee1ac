"""Journey 3: a team from abroad enters, writes together, hands in, and meets the deadline."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, expect

from leitai.foundation.mail import post
from leitai.foundation.models import Letter
from leitai.rooms.contests.models import Contest, RuleSet
from leitai.rooms.people.models import User
from leitai.rooms.people.testing import a_person
from leitai.rooms.submissions.models import Entry, FieldChange, Version
from leitai.rooms.submissions.testing import a_draft, an_open_contest, handed_in
from tests.browser.walk import Walk, both_ways

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven herons over the bay"


@pytest.fixture
def contest(live_server) -> Contest:
    return an_open_contest(at=timezone.now())


@both_ways
def test_a_team_from_abroad_enters(walk: Walk, contest, browser: Browser):
    sign_up(walk)
    begin(walk)
    write_and_come_back(walk)
    invite_ida(walk)
    write_at_once(walk, browser)
    hand_in(walk)
    change_and_hand_in_again(walk)


def sign_up(walk: Walk) -> None:
    """By e-mail, with the code from the letter; one name is a whole name."""
    walk.open("/e/haiwan-3/")
    walk.look("edition")
    walk.press("Enter the contest")
    walk.look("sign-in")
    walk.press("Create an account")
    walk.look("sign-up")
    walk.main.locator("input[type=email]").fill("suharto@example.org")
    walk.main.locator("input[type=password]").fill(PASSWORD)
    walk.press("Create the account")
    expect(walk.main.locator("[name=code]")).to_be_visible()
    walk.look("code")
    walk.main.locator("[name=code]").fill("WR0NG1")
    walk.main.get_by_role("button").first.click()
    expect(walk.main.locator("[aria-invalid=true], .errorlist").first).to_be_visible()
    walk.look("code-wrong")
    (letter,) = mail.outbox
    code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", letter.body, re.MULTILINE)
    assert code, letter.body
    walk.main.locator("[name=code]").fill(code[1])
    walk.main.get_by_role("button").first.click()
    walk.reads("Who enters?")
    assert User.objects.get().email == "suharto@example.org"


def begin(walk: Walk) -> None:
    walk.look("enter")
    walk.page.locator("header .menu summary .avatar").click()
    walk.press("My desk", within=walk.page.locator("header"))
    walk.look("desk")
    walk.press("Name, language, time zone")
    walk.field("Name", context="of a person").fill("Suharto")
    walk.press("Save")
    walk.look("profile")
    walk.open("/desk/")
    walk.press("Enter")
    walk.main.locator("label", has=walk.page.locator("input[value=overseas]")).click()
    walk.press("Begin")
    expect(walk.page.locator("#id_title_en")).to_be_visible()
    walk.look("form")
    entry = Entry.objects.get()
    assert (entry.kind, entry.members.get().name) == ("overseas", "Suharto")


def saved(walk: Walk) -> None:
    place = walk.page.locator("[data-autosave-state]").first
    expect(place).to_have_attribute("data-state", "saved")


def write_and_come_back(walk: Walk) -> None:
    """What is typed is kept, whether or not a button is pressed."""
    english = walk.page.locator("#id_title_en")
    english.fill("Ears for weld lines")
    walk.page.locator("#id_scenario").select_option("MFG")
    saved(walk)
    walk.page.reload()
    expect(english).to_have_value("Ears for weld lines")
    expect(walk.page.locator("#id_scenario")).to_have_value("MFG")
    walk.page.locator("#id_country").select_option("ID")
    walk.press("Save and go on")
    expect(walk.page.locator("#id_revenue")).to_be_visible()
    walk.page.locator("#id_revenue").fill("a lot")
    walk.press("Save")
    expect(walk.page.locator("#id_revenue")).to_have_value("a lot")
    walk.look("form-error")
    walk.was_refused()
    walk.page.locator("#id_revenue").fill("1200000")
    walk.press("Save")
    walk.reads("Saved.")
    walk.look("form-money")


def invite_ida(walk: Walk) -> None:
    walk.press("Team", within=walk.main.locator(".tabs"))
    mail.outbox.clear()
    walk.fill("Name", "Ida")
    walk.fill("E-mail", "ida@example.org")
    walk.press("Add")
    walk.reads("Added to the team.")
    walk.look("team")


def the_post_goes_out() -> None:
    """What the worker does with letters."""
    for letter in Letter.objects.filter(sent_at=None):
        post(letter.pk, at=timezone.now())


def write_at_once(walk: Walk, browser: Browser) -> None:
    """Ida follows her letter and writes in the same field; both see it, and nothing is lost."""
    the_post_goes_out()
    (letter,) = mail.outbox
    link = re.search(r"https?://\S+/entries/invitations/\S+/", letter.body)
    assert link and letter.to == ["ida@example.org"]
    context = browser.new_context(base_url=walk.url, viewport=walk.page.viewport_size)
    idas = Walk(context.new_page(), language=walk.language, theme="light", url=walk.url,
                story=f"{walk.story}-ida")  # fmt: skip
    address = re.sub(r"^https?://[^/]+", "", link[0])
    idas.open(address)
    idas.look("invited-stranger")
    idas.is_now(a_person("Ida"))
    idas.open(address)
    idas.look("invited")
    idas.press("Join the team")
    idas.press("Form", within=idas.main.locator(".tabs"))
    walk.press("Form", within=walk.main.locator(".tabs"))

    walk.page.locator("#id_summary").fill("It hears bad welds.")
    saved(walk)
    idas.page.locator("#id_tags").fill("audio; welding")
    idas.page.locator("#id_summary").fill("It listens to forty welds a minute.")
    expect(idas.page.locator(".theirs blockquote")).to_have_text("It hears bad welds.")
    idas.look("conflict")
    idas.page.locator(".theirs button").first.scroll_into_view_if_needed()
    idas.page.locator(".theirs button").first.click()
    saved(idas)
    walk.page.reload()
    expect(walk.page.locator("#id_summary")).to_have_value("It listens to forty welds a minute.")
    expect(walk.page.locator("#id_tags")).to_have_value("audio; welding")
    told = FieldChange.objects.filter(key="summary").order_by("pk")
    assert told[0].value == "It hears bad welds."
    idas.open(f"/entries/{Entry.objects.get().pk}/")
    idas.reads("The captain hands in.")
    idas.look("member")
    context.close()
    walk.faults += idas.faults


def hand_in(walk: Walk) -> None:
    """Somebody who presses twice has handed in once."""
    walk.press("Overview", within=walk.main.locator(".tabs"))
    walk.look("entry")
    walk.press("Review and hand in")
    walk.look("review")
    for box in walk.main.get_by_role("checkbox").all():
        box.check()
    walk.part("Hand in").dblclick()
    walk.reads("Handed in. This is your receipt.")
    walk.look("receipt")
    version = Version.objects.get()
    expect(walk.main).to_contain_text(version.receipt)
    expect(walk.main).to_contain_text("Suharto")


def change_and_hand_in_again(walk: Walk) -> None:
    walk.press("Back to the entry")
    walk.look("entry-handed-in")
    walk.press("Form", within=walk.main.locator(".tabs"))
    walk.page.locator("#id_title_en").fill("Ears for every weld line")
    saved(walk)
    walk.press("Overview", within=walk.main.locator(".tabs"))
    walk.reads("There are changes that are not handed in yet. What counts is the last version "
               "handed in.")  # fmt: skip
    walk.look("entry-changed")
    walk.press("Review and hand in")
    for box in walk.main.get_by_role("checkbox").all():
        box.check()
    walk.press("Hand in")
    walk.reads("Receipt")
    assert [v.body["values"]["title_en"] for v in Version.objects.order_by("number")] == [
        "Ears for weld lines", "Ears for every weld line",
    ]  # fmt: skip
    walk.open(f"/entries/{Entry.objects.get().pk}/versions/2/")
    walk.look("version")


@both_ways
def test_the_deadline_passes_while_somebody_writes(walk: Walk, contest):
    """The answer says so, the words stay where they were typed, the version handed in counts."""
    entry = handed_in(a_draft(contest, at=timezone.now()), at=timezone.now())
    walk.at_the_desk_of(entry.begun_by)
    walk.main.get_by_role("link", name="焊缝超声检测").click()
    walk.press("Form", within=walk.main.locator(".tabs"))
    close(contest)
    summary = walk.page.locator("#id_summary")
    summary.fill("The last sentence, typed a minute late")
    state = walk.page.locator("[data-autosave-state]").first
    expect(state).to_have_attribute("data-state", "refused")
    expect(state).to_contain_text(
        walk.says("The deadline has passed; the entry stands as handed in.")
    )
    walk.look("late")
    expect(summary).to_have_value("The last sentence, typed a minute late")
    walk.press("Save")
    walk.reads("Nothing was saved. Your words still stand in the fields below, so that you can "
               "copy them.")  # fmt: skip
    expect(summary).to_have_value("The last sentence, typed a minute late")
    walk.was_refused(409)
    walk.look("late-saved")
    walk.press("Overview", within=walk.main.locator(".tabs"))
    walk.reads("The deadline has passed; the entry stands as handed in.")
    walk.look("late-entry")
    entry.refresh_from_db()
    assert (entry.version, entry.draft.get("summary")) == (1, None)


def close(contest: Contest) -> None:
    """The server's clock cannot be moved, so the window is."""
    held = RuleSet.objects.get(pk=contest.ruleset_id)
    held.body["entry"]["span"]["closes_at"] = (timezone.now() - timedelta(seconds=1)).isoformat()
    held.save()
