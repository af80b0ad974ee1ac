"""Changes that a browser kept on a dead network: none lost, none twice, none over another's."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import DAY, NOON, a_contest, some_rules
from leitai.rooms.jury import actions
from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.rules import SheetState
from leitai.rooms.jury.testing import a_juror, a_sheet, marked
from leitai.rooms.people.testing import a_person

pytestmark = pytest.mark.django_db


def change(sheet, value, *, key=None, field="mark-landing", base=0, after=(), at=NOON):
    return actions.apply_change(
        sheet=sheet, key=key or uuid4(), field=field, value=value, base=base, after=after,
        by=sheet.juror.user, at=at,
    )  # fmt: skip


def test_the_same_change_twice_is_applied_once():
    sheet, key = a_sheet(), uuid4()
    first = change(sheet, "7", key=key)

    again = change(sheet, "7", key=key)

    assert (first.is_new, again.is_new, again.value) == (True, False, "7")
    assert (sheet.revision, sheet.changes.count()) == (1, 1)


def test_an_old_change_that_comes_again_does_not_undo_what_another_device_wrote():
    sheet, key = a_sheet(), uuid4()
    change(sheet, "7", key=key)
    change(sheet, "9", base=1)

    again = change(sheet, "7", key=key)

    assert (again.is_new, again.value, sheet.given()) == (False, "9", {"landing": 9})


def test_changes_out_of_order_leave_the_newer_one():
    sheet, first, second = a_sheet(), uuid4(), uuid4()
    change(sheet, "8", key=second, after=[first])

    with pytest.raises(actions.FieldConflict):
        change(sheet, "7", key=first)

    assert sheet.given() == {"landing": 8}


def test_ones_own_change_whose_answer_was_lost_is_no_conflict():
    sheet, first = a_sheet(), uuid4()
    change(sheet, "7", key=first)

    kept = change(sheet, "8", base=0, after=[first])

    assert (kept.value, sheet.given()) == ("8", {"landing": 8})


def test_of_two_devices_the_later_one_is_asked():
    sheet = a_sheet()
    change(sheet, "7")

    with pytest.raises(actions.FieldConflict) as theirs:
        change(sheet, "3", base=0)

    assert (theirs.value.value, sheet.given()) == ("7", {"landing": 7})


def test_another_field_of_ones_own_does_not_vouch_for_this_one():
    sheet, mine = a_sheet(), uuid4()
    change(sheet, "7")
    change(sheet, "Two sites", field="evidence-landing", key=mine)

    with pytest.raises(actions.FieldConflict):
        change(sheet, "3", base=0, after=[mine])


def seal(sheet, seen, key=None, at=NOON):
    return actions.seal_as_seen(
        sheet=sheet, key=key or uuid4(), seen=seen, by=sheet.juror.user, at=at
    )


def test_a_seal_that_is_asked_for_twice_is_one_seal():
    sheet, key = marked(a_sheet(), 7, 8), uuid4()
    seen = {"mark-landing": "7", "mark-copying": "8.0", "comment": ""}
    seal(sheet, seen, key)

    seal(sheet, seen, key)

    assert (sheet.state, sheet.seals.count()) == (SheetState.SEALED, 1)


def test_nobody_seals_what_they_did_not_see():
    sheet = marked(a_sheet(), 7, 8)

    with pytest.raises(NotPossible) as refusal:
        seal(sheet, {"mark-landing": "7", "mark-copying": "9"})

    assert refusal.value.verdict.code == "changed_elsewhere"
    assert Sheet.objects.get(pk=sheet.pk).state == SheetState.ASSIGNED


def test_a_sheet_that_missed_the_end_may_be_given_time():
    sheet = a_sheet()
    late = sheet.stage.closes_at + timedelta(hours=1)
    with pytest.raises(NotPossible) as refusal:
        change(sheet, "7", at=late)
    assert refusal.value.verdict.code == "stage_closed"

    actions.reopen_sheet(
        sheet=sheet, why="The train", by=a_person("Olga"), at=late, until=late + DAY
    )

    assert change(sheet, "7", at=late).value == "7"


# --- the doors


def send(client, sheet, *changes, person=None):
    body = {"person": person or sheet.juror.user_id, "changes": changes}
    return client.post(
        reverse("jury:kept_changes", args=[sheet.pk]), json.dumps(body),
        content_type="application/json", headers={"Accept": "application/json"},
    )  # fmt: skip


def said(value, field="mark-landing", base=0, after=()):
    return {"id": str(uuid4()), "field": field, "value": value, "base": base, "after": list(after)}


@pytest.fixture
def sheet():
    from django.utils import timezone

    now = timezone.now()
    span = {"opens_at": now - DAY, "closes_at": now + DAY}
    contest = a_contest(rules=some_rules(stage={"span": span}))
    return a_sheet(juror=a_juror("Ada", contest=contest))


@pytest.fixture
def ada(sheet):
    client = Client()
    client.force_login(sheet.juror.user)
    return client


def test_each_change_is_answered_by_its_name(ada, sheet):
    good, bad = said("7"), said("77", "mark-copying")

    told = send(ada, sheet, good, bad).json()["results"]

    assert [(one["id"], one["is"]) for one in told] == [
        (good["id"], "kept"),
        (bad["id"], "refused"),
    ]
    assert "0" in told[1]["reason"]
    assert sheet.given() == {"landing": 7}


def test_a_conflict_shows_the_other_value(ada, sheet):
    send(ada, sheet, said("7"))

    [told] = send(ada, sheet, said("3")).json()["results"]

    assert (told["is"], told["value"], told["revision"]) == ("conflict", "7", 1)


def test_changes_of_another_account_are_not_taken(ada, sheet):
    answer = send(ada, sheet, said("7"), person=sheet.juror.user_id + 1)

    assert (answer.status_code, answer.json()["code"]) == (403, "other_person")
    assert sheet.given() == {}


@pytest.mark.parametrize("name", ["kept_changes", "seal_seen", "sheet_print"])
def test_another_jurors_sheet_is_not_there(sheet, name):
    client = Client()
    client.force_login(a_juror("Bo", contest=sheet.juror.contest).user)
    address = reverse(f"jury:{name}", args=[sheet.pk])

    answer = client.get(address) if name == "sheet_print" else client.post(address)

    assert answer.status_code == 404


def test_a_stranger_is_sent_to_sign_in(client, sheet):
    answer = send(client, sheet, said("7"))

    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]


@pytest.mark.parametrize(
    "body", ["", "[]", '{"person": 1}', '{"person": 1, "changes": [{"id": 3}]}']
)
def test_what_cannot_be_read_is_refused_in_words(ada, sheet, body):
    for name in ("kept_changes", "seal_seen"):
        answer = ada.post(
            reverse(f"jury:{name}", args=[sheet.pk]), body,
            content_type="application/json", headers={"Accept": "application/json"},
        )  # fmt: skip
        assert (answer.status_code, answer.json()["code"]) == (409, "bad_request")


def test_sealing_what_was_seen_leads_to_the_pile(ada, sheet):
    marked(sheet, 7, 8)
    body = {"person": sheet.juror.user_id, "id": str(uuid4()), "seen": {"mark-landing": "7"}}

    answer = ada.post(
        reverse("jury:seal_seen", args=[sheet.pk]), json.dumps(body), "application/json"
    )

    pile = reverse("jury:pile", args=[sheet.stage_id])
    assert answer.json() == {"state": "sealed", "next": pile}


def test_only_a_jurors_own_pages_may_be_kept_by_the_browser(ada, sheet):
    mine = [reverse("jury:pile", args=[sheet.stage_id]), reverse("jury:sheet", args=[sheet.pk])]
    others = [reverse("jury:piles"), reverse("jury:recusal", args=[sheet.pk]), reverse("site:desk")]

    assert {ada.get(page).get("Leitai-Keep") for page in mine} == {str(sheet.juror.user_id)}
    assert {ada.get(page).get("Leitai-Keep") for page in others} == {None}


def test_the_organisers_record_of_a_sheet_is_not_kept(sheet):
    from leitai.rooms.contests.testing import appointed

    marked(sheet, 7, 8)
    client = Client()
    client.force_login(appointed(sheet.juror.contest))

    answer = client.get(reverse("jury:sheet", args=[sheet.pk]))

    assert (answer.status_code, answer.get("Leitai-Keep")) == (200, None)


def test_the_worker_and_the_page_for_no_connection_tell_nothing_of_anybody(ada, client):
    assert client.get(reverse("jury:away")).status_code == 200
    assert ada.get(reverse("jury:away")).status_code == 302
    assert client.get(reverse("jury:worker")).status_code in (200, 404)  # 404 before the build
