"""Reasons that jurors tick beside their comment."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import NOON
from leitai.rooms.jury import actions, rules
from leitai.rooms.jury.rules import SheetState
from leitai.rooms.jury.rules.seals import digest
from leitai.rooms.jury.testing import a_sheet, marked, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def tick(sheet, code, value="1", base=0):
    return actions.save_field(
        sheet=sheet, field=f"tag-{code}", value=value, base=base, by=sheet.juror.user, at=NOON
    )


def test_tags_stand_in_the_order_of_the_rules_and_can_be_unticked():
    sheet = a_sheet()

    tick(sheet, "unclear-costs")
    tick(sheet, "copyable", "on")
    assert sheet.tags == ["copyable", "unclear-costs"]
    assert sheet.revision == 2
    tick(sheet, "copyable", "", base=2)

    sheet.refresh_from_db()
    assert sheet.tags == ["unclear-costs"]


def test_two_windows_tick_different_tags_without_a_word_and_the_same_one_is_asked_about():
    sheet = a_sheet()
    tick(sheet, "copyable")
    tick(sheet, "real-need", base=0)

    with pytest.raises(actions.FieldConflict) as theirs:
        tick(sheet, "copyable", "", base=0)

    assert theirs.value.value == "1"


def test_a_tag_the_rules_do_not_know_is_no_field_of_the_sheet():
    with pytest.raises(NotPossible) as refusal:
        tick(a_sheet(), "handsome")

    assert refusal.value.verdict.code == "no_such_field"


def test_the_seal_keeps_what_was_ticked_and_a_seal_without_hashes_as_ever():
    sheet = a_sheet()
    tick(sheet, "copyable")
    seal = sealed(sheet, 7, 8).seals.get()
    assert seal.tags == ["copyable"]
    words = {
        "salt": seal.salt, "sheet": sheet.pk, "number": 1, "entry": sheet.entry.code,
        "juror": sheet.juror_id, "marks": seal.marks, "evidence": {}, "comment": "",
        "total": seal.total, "at": seal.at,
    }  # fmt: skip

    assert seal.digest == digest(**words, tags=["copyable"]) != digest(**words)
    assert digest(**words) == digest(**words, tags=[])


def test_ticks_come_in_from_a_dead_network_like_every_other_field(client):
    sheet = marked(a_sheet(), 7, 8)
    client.force_login(sheet.juror.user)
    change = {"id": str(uuid4()), "field": "tag-copyable", "value": "1", "base": 0, "after": []}

    def send(body, name="jury:kept_changes"):
        said = json.dumps({"person": sheet.juror.user_id, **body})
        return client.post(reverse(name, args=[sheet.pk]), said, content_type="application/json",
                           headers={"accept": "application/json"})  # fmt: skip

    assert send({"changes": [change]}).json()["results"][0]["is"] == "kept"
    assert send({"changes": [change]}).json()["results"][0]["is"] == "known"
    unseen = send({"id": str(uuid4()), "seen": {"tag-copyable": ""}}, "jury:seal_seen")
    assert unseen.json()["code"] == "changed_elsewhere"
    seen = {"mark-landing": "7", "tag-copyable": "1", "tag-real-need": ""}
    assert send({"id": str(uuid4()), "seen": seen}, "jury:seal_seen").status_code == 200

    sheet.refresh_from_db()
    assert (sheet.state, sheet.tags) == (SheetState.SEALED, ["copyable"])


def test_without_scripts_a_box_left_empty_is_unticked(client):
    sheet = marked(a_sheet(), 7, 8)
    tick(sheet, "copyable")
    client.force_login(sheet.juror.user)
    page = reverse("jury:draft", args=[sheet.pk])
    base = {"base": sheet.revision, "ticks": "yes"}

    client.post(page, base | {"tag-thin-evidence": "1"})
    sheet.refresh_from_db()
    assert sheet.tags == ["thin-evidence"]

    client.post(page, {"base": sheet.revision, "comment": "Fine."})
    sheet.refresh_from_db()
    assert sheet.tags == ["thin-evidence"]


def test_page_and_paper_show_them(client):
    sheet = a_sheet()
    tick(sheet, "copyable")
    client.force_login(sheet.juror.user)
    client.cookies["leitai_language"] = "en"
    page = reverse("jury:sheet", args=[sheet.pk])

    text = client.get(page).content.decode()
    assert 'name="tag-copyable" value="1" aria-label="Can be copied as it is" checked' in text
    sealed(sheet, 7, 8)

    answer = client.get(reverse("jury:sheet_print", args=[sheet.pk]))
    assert answer.status_code == 200
    assert rules.tags_of(sheet.stage.contest.rules.jury)[0][0] == "real-need"
