"""A team writes its entry: it saves itself, and two who write at once lose nothing."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from leitai.rooms.people.testing import a_person
from leitai.rooms.submissions import actions
from leitai.rooms.submissions.models import Entry, FieldChange
from leitai.rooms.submissions.testing import a_draft, a_pdf

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(context, live_server, person):
    client = Client()
    client.force_login(person)
    cookie = client.cookies["leitai_session"].value
    context.add_cookies([
        {"name": "leitai_session", "value": cookie, "url": live_server.url},
        {"name": "leitai_language", "value": "en", "url": live_server.url},
    ])  # fmt: skip


@pytest.fixture
def entry(live_server):
    return a_draft(at=timezone.now())


def a_member(entry, name):
    now = timezone.now()
    member = actions.add_member(
        entry=entry, name=name, email=f"{name.lower()}@example.org", role="member", about="",
        by=entry.begun_by, at=now,
    )  # fmt: skip
    found, token_at = actions.read_invitation(actions.invitation_token(member))
    return actions.join(member=found, token_at=token_at, by=a_person(name), at=now).user


@pytest.mark.parametrize("page", [1440, 390], indirect=True)
def test_a_draft_saves_itself_and_is_handed_in(page: Page, live_server, entry):
    signed_in(page.context, live_server, entry.begun_by)
    page.goto(reverse("submissions:step", args=[entry.pk, "project"]))

    page.fill("#id_summary", "Ears for weld lines")
    expect(page.locator("[data-autosave-state]").first).to_have_attribute("data-state", "saved")
    page.goto(reverse("submissions:hand_in", args=[entry.pk]))
    for name in ("terms", "truth", "ip"):
        page.check(f"#declared-{name}")
    page.click("form .button.go")

    expect(page.locator("h1")).to_have_text("Receipt")
    entry.refresh_from_db()
    assert (entry.draft["summary"], entry.version) == ("Ears for weld lines", 1)


def test_two_members_who_write_at_once_lose_nothing(
    page: Page, browser: Browser, live_server, entry
):
    ben_at_work = browser.new_context(base_url=live_server.url)
    signed_in(page.context, live_server, entry.begun_by)
    signed_in(ben_at_work, live_server, a_member(entry, "Ben"))
    bens = ben_at_work.new_page()
    form = reverse("submissions:step", args=[entry.pk, "project"])
    page.goto(form)
    bens.goto(form)

    page.fill("#id_summary", "from Ada")
    expect(page.locator("[data-autosave-state]").first).to_have_attribute("data-state", "saved")
    bens.fill("#id_summary", "from Ben")
    expect(bens.locator(".theirs blockquote")).to_have_text("from Ada")
    page.faults.clear()
    bens.locator(".theirs button").first.click()
    expect(bens.locator("[data-autosave-state]").first).to_have_attribute("data-state", "saved")

    assert Entry.objects.get(pk=entry.pk).draft["summary"] == "from Ben"
    told = FieldChange.objects.filter(key="summary").order_by("pk").values_list("value", "was_kept")
    assert list(told) == [("from Ada", True), ("from Ben", False), ("from Ben", True)]
    ben_at_work.close()


def test_a_file_goes_up_without_leaving_the_page(page: Page, live_server, entry, tmp_path):
    signed_in(page.context, live_server, entry.begun_by)
    page.goto(reverse("submissions:step", args=[entry.pk, "money"]))
    plan = tmp_path / "plan.pdf"
    plan.write_bytes(a_pdf().read())

    page.fill("#id_revenue", "12")
    page.set_input_files("#upload-plan", str(plan))
    page.click("#files form button")

    expect(page.locator("#files")).to_contain_text("plan.pdf")
    expect(page.locator("#id_revenue")).to_have_value("12")
    assert entry.attachments.get().layer == "confidential"
