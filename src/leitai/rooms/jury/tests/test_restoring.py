"""Opened again, and not sealed in time: the last seal counts again, and everybody can read so."""

from datetime import timedelta

import pytest
from django.urls import reverse

from leitai.foundation.models import Letter, Line
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import DAY, NOON, a_contest, appointed, some_rules
from leitai.rooms.jury import actions, queries
from leitai.rooms.jury.models import Reminder
from leitai.rooms.jury.rules import SheetState
from leitai.rooms.jury.testing import a_juror, a_sheet, marked, reopened, sealed
from leitai.rooms.people.testing import a_person

pytestmark = pytest.mark.django_db
SPAN = {"opens_at": NOON - 9 * DAY, "closes_at": NOON + DAY}
LATER = NOON + 3 * DAY


@pytest.fixture
def sheet():
    """Sealed, opened again for two days longer than its stage, and changed since."""
    contest = a_contest(rules=some_rules(stage={"span": SPAN}))
    sheet = a_sheet(juror=a_juror(contest=contest), comment="Good.", tags=["copyable"])
    sealed(sheet, 7, 8)
    reopened(sheet, by=a_person("Second"), at=NOON, until=LATER)
    by = sheet.juror.user
    for field, value in {"mark-landing": "2", "mark-copying": "", "tag-copyable": "",
                         "comment": "Bad.", "evidence-landing": "Hm"}.items():  # fmt: skip
        actions.save_field(sheet=sheet, field=field, value=value, base=99, by=by, at=NOON)
    return sheet


def test_when_its_time_is_over_the_last_seal_counts_again(sheet):
    assert queries.marks(sheet.stage) == []

    assert actions.restore_lapsed(by=None, at=LATER - timedelta(seconds=1)) == 0
    assert actions.restore_lapsed(by=None, at=LATER) == 1
    assert actions.restore_lapsed(by=None, at=LATER) == 0

    sheet.refresh_from_db()
    (counted,) = queries.marks(sheet.stage)
    assert {code: float(mark) for code, mark in counted.marks.items()} == {
        "landing": 7.0, "copying": 8.0,
    }  # fmt: skip
    assert (sheet.state, sheet.comment, sheet.tags) == (SheetState.SEALED, "Good.", ["copyable"])
    assert (sheet.total, sheet.sealed_at, sheet.told_evidence()) == (15, NOON, {})
    assert Line.objects.get(verb="jury.seal_restored").data == {"seal": 1}
    last = Letter.objects.order_by("pk").last()
    assert last.to == sheet.juror.email and sheet.entry.code in last.subject


def test_who_still_has_time_or_never_sealed_is_left_alone(sheet):
    fresh = marked(a_sheet(juror=a_juror("Slow", contest=sheet.stage.contest)), 5)
    by = a_person("Otto")
    actions.reopen_sheet(sheet=fresh, why="No network", until=LATER, by=by, at=NOON)

    with pytest.raises(NotPossible) as early:
        actions.restore_seal(sheet=sheet, by=None, at=NOON)
    assert early.value.verdict.code == "still_time"
    assert not actions.restore_seal(sheet=fresh, by=None, at=LATER + DAY)
    assert actions.restore_lapsed(by=None, at=LATER + DAY) == 1

    fresh.refresh_from_db()
    assert fresh.state == SheetState.ASSIGNED


def test_sealed_again_in_time_the_new_seal_stays(sheet):
    by = sheet.juror.user
    actions.save_field(sheet=sheet, field="mark-copying", value="3", base=99, by=by, at=NOON)
    actions.seal_sheet(sheet=sheet, by=by, at=NOON + 2 * DAY)

    assert actions.restore_lapsed(by=None, at=LATER) == 0
    assert sheet.seals.count() == 2 and sheet.total == 5


def test_the_plan_reminds_of_a_sheet_that_has_an_end_of_its_own(sheet):
    plan = actions.plan_reminders(
        stage=sheet.stage, days=[1], is_on=True, by=a_person("Olga"), at=NOON
    )
    sheet.stage.state = "closed"
    sheet.stage.save()
    plan.stage.refresh_from_db()
    assert plan not in queries.running_plans()
    assert list(queries.plans_of_reopened(at=NOON + 2 * DAY)) == [plan]

    assert actions.remind_by_plan(plan=plan, by=None, at=NOON + DAY) == 0
    assert actions.remind_by_plan(plan=plan, by=None, at=NOON + 2 * DAY) == 1
    assert actions.remind_by_plan(plan=plan, by=None, at=NOON + 2 * DAY) == 0
    assert Reminder.objects.get().juror == sheet.juror


def test_the_record_says_whether_the_earlier_seal_counts(client, sheet, monkeypatch):
    client.force_login(appointed(sheet.stage.contest))
    client.cookies["leitai_language"] = "en"
    page = reverse("jury:sheet", args=[sheet.pk])

    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    assert "the earlier seal does not count now" in client.get(page).content.decode()
    actions.restore_lapsed(by=None, at=LATER)
    assert "the earlier seal counts again" in client.get(page).content.decode()
