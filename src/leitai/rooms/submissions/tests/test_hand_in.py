"""Handing in: receipts, versions, deadlines, withdrawal, and the secretariat's answers."""

import pytest

from leitai.foundation.models import Line
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import DAY, NOON
from leitai.rooms.people.models import Consent
from leitai.rooms.people.testing import a_person
from leitai.rooms.submissions import actions, queries, rules
from leitai.rooms.submissions.models import Entry, Version
from leitai.rooms.submissions.testing import a_draft, a_pdf, an_open_contest, handed_in

pytestmark = pytest.mark.django_db
ALL = ["terms", "truth", "ip"]


def test_handing_in_gives_a_receipt_and_fills_the_columns():
    entry = a_draft(tags="超声; AI", summary="secret sauce")

    version = actions.hand_in(entry=entry, declared=ALL, by=entry.begun_by, at=NOON)

    entry.refresh_from_db()
    assert version.receipt == f"HW3-O-{entry.pk:06d}-1"
    assert (entry.state, entry.version, entry.handed_in_at) == ("submitted", 1, NOON)
    assert (entry.title_zh, entry.scenario.code, entry.tags) == (
        "焊缝超声检测",
        "MFG",
        ["超声", "AI"],
    )
    assert Line.objects.filter(verb="submissions.entry_handed_in", about_id=entry.pk).count() == 1
    purposes = Consent.objects.about(entry).values_list("purpose", flat=True)
    assert set(purposes) == {"terms", "public_card"}


def test_pressing_twice_makes_one_version():
    entry = a_draft()
    twin = Entry.objects.get(pk=entry.pk)

    first = actions.hand_in(entry=entry, declared=ALL, by=entry.begun_by, at=NOON)
    second = actions.hand_in(entry=twin, declared=ALL, by=entry.begun_by, at=NOON)

    assert first == second
    assert Version.objects.count() == 1


def test_what_is_missing_is_named():
    entry = a_draft(title_zh="")

    with pytest.raises(NotPossible) as refusal:
        actions.hand_in(entry=entry, declared=ALL, by=entry.begun_by, at=NOON)

    assert refusal.value.verdict.code == "incomplete"
    assert "名称" in str(refusal.value.verdict.reason)


def test_nothing_is_handed_in_without_the_declaration():
    entry = a_draft()

    with pytest.raises(NotPossible) as refusal:
        actions.hand_in(entry=entry, declared=["terms"], by=entry.begun_by, at=NOON)

    assert refusal.value.verdict.code == "not_declared"
    assert not Version.objects.exists()


def test_a_team_of_one_is_too_small_where_three_are_asked_for():
    entry = a_draft(an_open_contest(team_min=3))

    verdict = actions.may_hand_in(entry)

    assert verdict.code == "team_too_small"


def test_an_overseas_team_needs_no_chinese():
    entry = a_draft(kind="overseas", title_zh="", title_en="Kiro", country="ID")

    handed_in(entry)

    assert (entry.title_en, entry.country) == ("Kiro", "ID")


def test_changes_after_the_hand_in_show_until_they_are_handed_in():
    entry = handed_in(a_draft(summary="old words"))
    actions.save_field(
        entry=entry, key="summary", value="new words", base=9, by=entry.begun_by, at=NOON
    )

    standing = queries.standing_of(entry)

    assert [(d.key, d.parts[-1]) for d in standing.differences] == [("summary", ("same", " words"))]
    assert entry.versions.first().body["values"]["summary"] == "old words"


def test_a_change_handed_in_again_is_the_next_version():
    entry = handed_in(a_draft())
    actions.save_field(
        entry=entry, key="title_zh", value="新名", base=9, by=entry.begun_by, at=NOON
    )

    handed_in(entry)

    assert (entry.version, entry.title_zh) == (2, "新名")
    assert [v.number for v in entry.versions.all()] == [2, 1]


def test_after_the_deadline_nothing_is_handed_in():
    entry = a_draft()

    with pytest.raises(NotPossible) as refusal:
        handed_in(entry, at=NOON + DAY)

    assert refusal.value.verdict.code == "entries_closed"


def test_a_returned_entry_comes_back_after_the_deadline():
    entry = handed_in(a_draft())
    late = NOON + 3 * DAY
    actions.return_entry(entry=entry, until=NOON + 5 * DAY, by=a_person("Clerk"), at=NOON + 2 * DAY)
    actions.save_field(
        entry=entry, key="summary", value="mended", base=9, by=entry.begun_by, at=late
    )

    handed_in(entry, at=late)

    assert (entry.state, entry.version, entry.returned_until) == ("submitted", 2, None)


def test_a_returned_entry_may_come_back_unchanged():
    entry = handed_in(a_draft())
    actions.return_entry(entry=entry, until=NOON + 5 * DAY, by=None, at=NOON)

    handed_in(entry)

    assert (entry.state, entry.version) == ("submitted", 2)


def test_a_returned_entry_is_not_mended_after_its_own_deadline():
    entry = handed_in(a_draft())
    actions.return_entry(entry=entry, until=NOON + 5 * DAY, by=None, at=NOON)

    assert entry.may_edit(NOON + 5 * DAY).code == "entries_closed"


def test_checks_move_the_entry_and_can_be_taken_back():
    entry = handed_in(a_draft())
    actions.refuse_entry(entry=entry, by=None, at=NOON)
    actions.put_back_entry(entry=entry, by=None, at=NOON)
    actions.accept_entry(entry=entry, by=None, at=NOON)

    assert entry.state == rules.State.ACCEPTED


def test_a_withdrawn_entry_cannot_be_accepted():
    entry = handed_in(a_draft())
    actions.withdraw_entry(entry=entry, reason="No time", by=entry.begun_by, at=NOON)

    with pytest.raises(NotPossible):
        actions.accept_entry(entry=entry, by=None, at=NOON)

    assert entry.withdrawal.reason == "No time"
    assert Line.objects.get(verb="submissions.entry_withdrawn").data == {"version": 1}


def test_replaced_files_stay_with_the_version_that_had_them():
    entry = a_draft()
    old = actions.attach(entry=entry, key="plan", upload=a_pdf(), by=entry.begun_by, at=NOON)
    handed_in(entry)
    new = actions.attach(entry=entry, key="plan", upload=a_pdf(pages=2), by=entry.begun_by, at=NOON)
    handed_in(entry)

    bodies = [v.body["files"][0]["id"] for v in entry.versions.all()]
    assert bodies == [new.pk, old.pk]
    assert entry.attachments.filter(removed_at=None).get() == new


def test_an_upload_that_began_in_time_may_finish():
    entry = a_draft()

    actions.attach(
        entry=entry, key="plan", upload=a_pdf(), by=entry.begun_by, at=NOON + DAY - DAY / 1000
    )
    with pytest.raises(NotPossible):
        actions.attach(entry=entry, key="plan", upload=a_pdf(), by=entry.begun_by, at=NOON + DAY)

    assert entry.attachments.count() == 1


def test_an_organisation_we_know_is_found_and_not_made_twice():
    fields = [
        {"key": "organisation_name", "label": {"en": "Firm"}},
        {"key": "title_zh", "label": {"en": "Title"}},
        {"key": "scenario", "label": {"en": "Scenario"}, "kind": "scenario"},
    ]
    contest = an_open_contest(steps=[{"code": "a", "name": {"en": "A"}, "fields": fields}])

    one = handed_in(a_draft(contest, organisation_name="砺石智能（苏州）有限公司"))
    ben = a_person("Ben")
    other = handed_in(a_draft(contest, by=ben, organisation_name="砺石智能(苏州) 有限公司"))

    assert one.organisation == other.organisation
