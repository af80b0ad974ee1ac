"""The pages of a team: who may open them, and what they do."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import appointed
from leitai.rooms.demands.testing import a_demand
from leitai.rooms.people.testing import a_person, a_speaker
from leitai.rooms.submissions import actions
from leitai.rooms.submissions.models import Attachment, Entry, FieldChange, Version, Viewing
from leitai.rooms.submissions.testing import a_draft, a_pdf, an_open_contest, handed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def entry(now):
    return a_draft(at=now)


def signed_in(person):
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(person)
    return client


def at(name, *args):
    return reverse(f"submissions:{name}", args=args)


OWN_PAGES = ["entry", "form", "team", "answers", "hand_in", "withdraw"]


@pytest.mark.parametrize("name", OWN_PAGES)
def test_the_captain_opens_every_page_of_the_entry(entry, name):
    response = signed_in(entry.begun_by).get(at(name, entry.pk), follow=True)

    assert response.status_code == 200


@pytest.mark.parametrize("name", OWN_PAGES)
def test_someone_elses_draft_looks_like_nothing(entry, name):
    stranger = signed_in(a_person("Nosy"))

    theirs = stranger.get(at(name, entry.pk))
    nothing = stranger.get(at(name, 999_999))

    assert (theirs.status_code, nothing.status_code) == (404, 404)


@pytest.mark.parametrize("name", OWN_PAGES)
def test_organisers_do_not_open_a_teams_own_pages(entry, name):
    organiser = signed_in(appointed(entry.contest))

    assert organiser.get(at(name, entry.pk)).status_code == 404


POSTS = ["kind", "card_shown", "fields", "team", "answers", "hand_in", "withdraw"]


@pytest.mark.parametrize("name", POSTS)
def test_strangers_change_nothing(entry, name):
    before = Entry.objects.values().get(pk=entry.pk)

    assert signed_in(a_person("Nosy")).post(at(name, entry.pk), {}).status_code == 404
    assert Client().post(at(name, entry.pk), {}).status_code == 302
    assert Entry.objects.values().get(pk=entry.pk) == before


CAPTAINS = ["team", "hand_in", "withdraw", "card_shown"]


@pytest.mark.parametrize("name", CAPTAINS)
def test_members_do_not_do_the_captains_deeds(entry, now, name):
    ben = a_member(entry, now)

    assert signed_in(ben).post(at(name, entry.pk), {}).status_code == 403


def a_member(entry, now, name="Ben"):
    member = actions.add_member(
        entry=entry, name=name, email=f"{name}@example.org".lower(), role="member", about="",
        by=entry.begun_by, at=now,
    )  # fmt: skip
    found, token_at = actions.read_invitation(actions.invitation_token(member))
    return actions.join(member=found, token_at=token_at, by=a_person(name), at=now).user


def test_entering_begins_a_draft_and_leads_to_the_form(now):
    contest = an_open_contest(at=now)
    ada = signed_in(a_person("Ada"))
    page = at("enter", contest.edition.slug, contest.slug)

    assert Client().get(page).status_code == 302
    assert b"Begin" in ada.get(page).content
    response = ada.post(page, {"kind": "overseas", "scenario": "MED"}, follow=True)

    entry = Entry.objects.get()
    assert (entry.kind, entry.code) == ("overseas", "MED-0001")
    assert b"Title in English" in response.content


def test_whoever_comes_to_answer_a_demand_goes_on_with_that(now):
    contest = an_open_contest(at=now)
    demand = a_demand(contest)
    ada, page = signed_in(a_person("Ada")), at("enter", contest.edition.slug, contest.slug)

    asked = ada.get(page, {"demand": demand.pk})
    response = ada.post(page, {"kind": "company", "demand": demand.pk})

    assert f'name="demand" value="{demand.pk}"' in asked.content.decode()
    assert response.url == at("answers", Entry.objects.get().pk) + f"?demand={demand.pk}"
    assert ada.get(page, {"demand": "x" * 99}).status_code == 200


def test_entries_come_through_the_channel_in_the_link(now):
    contest = an_open_contest(at=now)
    park = contest.channels.create(code="park", name_en="Park")
    page = at("enter", contest.edition.slug, contest.slug)

    signed_in(a_person("Ada")).post(page, {"kind": "company", "channel": "park"})

    assert Entry.objects.get().channel == park


def save(client, entry, **body):
    return client.post(
        at("fields", entry.pk), json.dumps(body), content_type="application/json",
        headers={"Accept": "application/json"},
    )  # fmt: skip


def test_a_field_saves_itself(entry):
    response = save(signed_in(entry.begun_by), entry, field="summary", value="words", base=9)

    assert (response.status_code, response.json()) == (200, {"revision": 3})


def test_a_clash_shows_the_other_text_and_who_wrote_it(entry, now):
    ada, ben = signed_in(entry.begun_by), signed_in(a_member(entry, now))
    save(ada, entry, field="tags", value="AI; weld", base=2)

    response = save(ben, entry, field="tags", value="mine", base=2)

    told = response.json()
    assert (response.status_code, told["revision"], told["value"], told["by"]) == (
        409, 3, "AI; weld", "Ada",
    )  # fmt: skip
    assert FieldChange.objects.filter(value=["mine"], was_kept=False).exists()


@pytest.mark.parametrize(
    "body", ["", "[]", "null", "{", '{"field": {}}', '{"value": 1}', "[" * 9000]
)
def test_nonsense_is_answered_politely(entry, body):
    response = signed_in(entry.begun_by).post(
        at("fields", entry.pk), body, content_type="application/json",
        headers={"Accept": "application/json"},
    )  # fmt: skip

    assert response.status_code in (400, 422)
    assert response.json()["reason"]


def test_a_field_posted_after_the_deadline_is_refused_with_a_reason(now):
    entry = a_draft(at=now - timedelta(days=2))

    response = save(signed_in(entry.begun_by), entry, field="summary", value="late", base=9)

    assert (response.status_code, response.json()["code"]) == (409, "entries_closed")


def test_a_form_posted_after_the_deadline_gives_the_words_back(now):
    entry = a_draft(at=now - timedelta(days=2))

    response = signed_in(entry.begun_by).post(
        at("step", entry.pk, "project"), {"base": "9", "summary": "an hour of typing"}
    )

    assert response.status_code == 409
    assert b"an hour of typing" in response.content
    assert b"The deadline has passed" in response.content
    assert "summary" not in Entry.objects.get().draft


def test_the_plain_button_saves_a_whole_step(entry):
    sent = {"base": "2", "title_zh": "新名", "scenario": "MED", "summary": "S", "tags": "a; b",
            "is_listed": "false", "then": "next"}  # fmt: skip

    response = signed_in(entry.begun_by).post(at("step", entry.pk, "project"), sent)

    assert response.url == at("step", entry.pk, "money")
    draft = Entry.objects.get().draft
    assert (draft["title_zh"], draft["tags"], draft["is_listed"]) == ("新名", ["a", "b"], False)


def test_two_tabs_without_script_lose_nothing(entry):
    ada = signed_in(entry.begun_by)
    page, sent = (
        at("step", entry.pk, "project"),
        {"base": "2", "title_zh": "焊缝超声检测", "scenario": "MFG"},
    )
    ada.post(page, {**sent, "summary": "first tab"})

    response = ada.post(page, {**sent, "summary": "second tab"})

    assert response.status_code == 409
    assert b"second tab" in response.content
    assert b"first tab" in response.content
    base = re.search(rb'name="base" value="(\d+)"', response.content)[1].decode()
    assert ada.post(page, {**sent, "summary": "second tab", "base": base}).status_code == 302
    assert Entry.objects.get().draft["summary"] == "second tab"


def test_one_bad_answer_keeps_the_good_ones(entry):
    response = signed_in(entry.begun_by).post(
        at("step", entry.pk, "project"),
        {"base": "2", "title_zh": "好名", "scenario": "MFG", "founded_on": "yesterday"},
    )

    assert response.status_code == 422
    assert b"yesterday" in response.content
    assert Entry.objects.get().draft["title_zh"] == "好名"


def test_handing_in_twice_shows_the_same_receipt(entry):
    ada, sent = signed_in(entry.begun_by), {"declared": ["terms", "truth", "ip"]}

    first = ada.post(at("hand_in", entry.pk), sent)
    second = ada.post(at("hand_in", entry.pk), sent)

    assert first.url == second.url == at("receipt", entry.pk, 1)
    assert Version.objects.count() == 1
    assert Version.objects.get().receipt.encode() in ada.get(first.url).content


def test_versions_show_what_changed(entry, now):
    handed_in(entry, at=now)
    actions.save_field(
        entry=entry, key="title_zh", value="焊缝声学检测", base=9, by=entry.begun_by, at=now
    )
    handed_in(entry, at=now)
    ada = signed_in(entry.begun_by)

    assert "<del>超</del>" in ada.get(at("version", entry.pk, 2)).content.decode().replace("\n", "")
    assert ada.get(at("version", entry.pk, 3)).status_code == 404
    assert signed_in(a_person("Nosy")).get(at("version", entry.pk, 1)).status_code == 404
    assert signed_in(a_person("Nosy")).get(at("receipt", entry.pk, 1)).status_code == 404


def test_an_invitation_leads_through_sign_in_to_the_team(entry, now):
    member = actions.add_member(
        entry=entry, name="Bo", email="bo@example.org", role="member", about="",
        by=entry.begun_by, at=now,
    )  # fmt: skip
    link = at("join", actions.invitation_token(member))

    stranger = Client(headers={"Accept-Language": "en"})
    assert b"Make an account" in stranger.get(link).content
    assert "/account/login" in stranger.post(link).url
    bo = signed_in(a_person("Bo"))
    assert bo.post(link).url == at("entry", entry.pk)
    assert bo.get(at("entry", entry.pk)).status_code == 200


def test_an_expired_invitation_says_so_and_shows_nothing(now):
    entry = a_draft(at=now - timedelta(days=15))
    member = actions.add_member(
        entry=entry, name="Bo", email="bo@example.org", role="member", about="",
        by=entry.begun_by, at=now - timedelta(days=15),
    )  # fmt: skip

    response = signed_in(a_person("Bo")).get(at("join", actions.invitation_token(member)))

    assert response.status_code == 410
    assert b"expired" in response.content
    assert "焊缝".encode() not in response.content


def test_a_made_up_invitation_is_nothing():
    assert Client().get(at("join", "made:up")).status_code == 404


def test_files_go_up_and_only_the_team_sees_drafts(entry):
    ada = signed_in(entry.begun_by)

    ada.post(at("upload", entry.pk, "plan"), {"file": a_pdf()})

    file = Attachment.objects.get()
    assert ada.get(at("file", file.pk)).status_code == 302
    for nosy in (
        a_person("Nosy"),
        appointed(entry.contest),
        appointed(entry.contest, Role.SUPERVISOR),
    ):
        assert signed_in(nosy).get(at("file", file.pk)).status_code == 404
    assert signed_in(a_person("Nosy")).post(at("remove_file", file.pk)).status_code == 404
    assert signed_in(a_person("Nosy")).post(at("upload", entry.pk, "plan")).status_code == 404


def test_a_page_called_pdf_is_refused_with_the_mend(entry):
    from django.core.files.uploadedfile import SimpleUploadedFile

    fake = SimpleUploadedFile("plan.pdf", b"<!doctype html><script>1</script>")

    response = signed_in(entry.begun_by).post(
        at("upload", entry.pk, "plan"), {"file": fake}, follow=True
    )

    assert b"web page" in response.content
    assert not Attachment.objects.exists()


def test_an_upload_by_script_answers_with_the_files_and_a_word(entry):
    ada = Client(headers={"Accept-Language": "en", "HX-Request": "true"})
    ada.force_login(entry.begun_by)

    kept = ada.post(at("upload", entry.pk, "plan"), {"file": a_pdf("plan.pdf")})
    refused = ada.post(at("upload", entry.pk, "plan"), {})

    assert b'id="files"' in kept.content and b"plan.pdf" in kept.content
    assert "error" in refused["HX-Trigger"]
    assert ada.post(at("upload", entry.pk, "nothing"), {"file": a_pdf()}).status_code == 404


def test_confidential_files_are_noted_and_carry_the_readers_name(entry, now):
    actions.attach(entry=entry, key="plan", upload=a_pdf(), by=entry.begun_by, at=now)
    handed_in(entry, at=now)
    file, organiser = Attachment.objects.get(), appointed(entry.contest)

    response = signed_in(organiser).get(at("file", file.pk))
    refused = signed_in(appointed(entry.contest, Role.SUPERVISOR)).get(at("file", file.pk))

    assert response.status_code == 302
    assert [(v.by, v.as_role, v.attachment) for v in Viewing.objects.all()] == [
        (organiser, "staff", file)
    ]
    assert refused.status_code == 403
    pdf = b"".join(signed_in(organiser).get(response.url).streaming_content)
    assert pdf.startswith(b"%PDF") and len(pdf) > 2000


def test_the_teams_own_reading_is_not_noted(entry, now):
    actions.attach(entry=entry, key="plan", upload=a_pdf(), by=entry.begun_by, at=now)

    signed_in(entry.begun_by).get(at("file", Attachment.objects.get().pk))

    assert not Viewing.objects.exists()


def test_withdrawing_asks_for_a_reason_and_a_second_look(entry):
    ada = signed_in(entry.begun_by)

    assert ada.post(at("withdraw", entry.pk), {"reason": "No time"}).status_code == 200
    assert Entry.objects.get().state == "draft"
    ada.post(at("withdraw", entry.pk), {"reason": "No time", "sure": "on"})

    assert Entry.objects.get().state == "withdrawn"
    assert ada.get(at("entry", entry.pk)).status_code == 200


def test_answering_a_demand_with_what_its_owner_may_see(entry, now):
    demand = a_demand(entry.contest)
    ada = signed_in(entry.begun_by)

    ada.post(at("answers", entry.pk), {"demand": demand.pk, "shows": "teaser", "note": "0.3 %"})
    handed_in(entry, at=now)

    answer = entry.answers.get()
    owner = signed_in(a_speaker(a_person("Olga"), demand.owner))
    assert "焊缝超声检测" in owner.get(at("answered", demand.pk)).content.decode()
    assert owner.get(at("record", entry.pk)).status_code == 200
    assert owner.get(at("record", entry.pk) + "?layer=confidential").status_code == 404
    nosy = signed_in(a_person("Nosy"))
    assert nosy.get(at("answered", demand.pk)).status_code == 404
    assert nosy.post(at("take_back_consent", answer.pk)).status_code == 404
    assert nosy.post(at("remove_answer", answer.pk)).status_code == 404
    ada.post(at("take_back_consent", answer.pk))
    assert owner.get(at("record", entry.pk)).status_code == 404
    assert "焊缝超声检测" not in owner.get(at("answered", demand.pk)).content.decode()


@pytest.mark.parametrize("name", ["remove_member", "invite_again", "make_captain"])
def test_strangers_do_not_touch_a_team(entry, now, name):
    a_member(entry, now)
    member = entry.members.get(name="Ben")

    assert signed_in(a_person("Nosy")).post(at(name, member.pk)).status_code == 404
    assert entry.members.filter(pk=member.pk).exists()


def test_members_may_leave(entry, now):
    ben = a_member(entry, now)

    response = signed_in(ben).post(at("remove_member", entry.members.get(name="Ben").pk))

    assert response.url == at("mine")
    assert not entry.members.filter(user=ben).exists()


def test_my_entries_are_mine(entry):
    assert "焊缝超声检测" in signed_in(entry.begun_by).get(at("mine")).content.decode()
    assert b"No entries yet" in signed_in(a_person("Nosy")).get(at("mine")).content
    assert Client().get(at("mine")).status_code == 302
