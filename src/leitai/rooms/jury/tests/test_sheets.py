"""A sheet's way from draft to seal and back."""

from datetime import timedelta
from decimal import Decimal

import pytest

from leitai.foundation import journal
from leitai.foundation.models import Letter, Line
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import DAY, NOON, a_contest, some_rules
from leitai.rooms.jury import actions, queries
from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.rules import SheetState
from leitai.rooms.jury.testing import a_juror, a_sheet, marked, reopened, sealed
from leitai.rooms.people.testing import a_person

pytestmark = pytest.mark.django_db


def save(sheet, field, value, base=0):
    return actions.save_field(
        sheet=sheet, field=field, value=value, base=base, by=sheet.juror.user, at=NOON
    )


def seal(sheet, at=NOON):
    return actions.seal_sheet(sheet=sheet, by=sheet.juror.user, at=at)


def test_of_two_who_seal_at_once_one_is_refused():
    sheet = marked(a_sheet(), 7, 8)
    twin = Sheet.objects.get(pk=sheet.pk)
    seal(sheet)

    with pytest.raises(NotPossible) as refusal:
        seal(twin)

    assert refusal.value.verdict.code == "not_open"
    assert sheet.seals.count() == 1


def test_sealing_keeps_the_marks_as_they_stood():
    sheet = sealed(a_sheet(), 7, 8)

    assert (sheet.state, sheet.total, sheet.sealed_at) == (SheetState.SEALED, 15, NOON)
    assert sheet.seals.get().marks == {"landing": "7", "copying": "8"}
    assert Line.objects.filter(verb="jury.sheet_sealed", about_id=sheet.pk).count() == 1
    assert not list(journal.breaks(Line.objects.order_by("number")))


def test_a_weighted_stage_totals_by_its_own_rule():
    criteria = [
        {"code": "a", "name": {"en": "A"}, "low": 1, "high": 5, "step": "0.1", "weight": 3},
        {"code": "b", "name": {"en": "B"}, "low": 1, "high": 5, "step": "0.1", "weight": 1},
    ]
    stage = {"criteria": criteria, "total": "weighted_mean", "direction": "down", "tie_breaks": []}
    contest = a_contest(rules=some_rules(stage=stage))

    sheet = sealed(a_sheet(juror=a_juror("Ada", contest=contest)), "1.2", "3.6")

    assert sheet.total == Decimal("1.8")


def test_the_same_draft_twice_changes_nothing():
    sheet = a_sheet()
    first = save(sheet, "mark-landing", "7").revision

    second = save(sheet, "mark-landing", "7.0").revision

    assert (first, second) == (1, 1)


def test_fields_do_not_get_in_each_others_way():
    sheet = a_sheet()
    save(sheet, "mark-landing", "7")
    save(sheet, "comment", "Fine", base=0)

    save(sheet, "evidence-copying", "Seen on a second site", base=0)

    assert (sheet.revision, sheet.comment) == (3, "Fine")
    assert sheet.given() == {"landing": 7}


def test_a_field_changed_elsewhere_is_not_overwritten():
    sheet = a_sheet()
    save(sheet, "mark-landing", "7")

    with pytest.raises(actions.FieldConflict) as theirs:
        save(sheet, "mark-landing", "3", base=0)

    assert (theirs.value.value, theirs.value.revision) == ("7", 1)
    assert sheet.given() == {"landing": 7}


def test_a_whole_form_is_kept_or_nothing_of_it():
    sheet = a_sheet()
    form = {"mark-landing": "7", "mark-copying": "77"}

    with pytest.raises(NotPossible):
        actions.save_fields(sheet=sheet, fields=form, base=0, by=None, at=NOON)

    assert Sheet.objects.get(pk=sheet.pk).given() == {}


@pytest.mark.parametrize("field", ["mark-nothing", "total", "state", "evidence", "", "mark-"])
def test_a_sheet_has_no_other_fields(field):
    with pytest.raises(NotPossible) as refusal:
        save(a_sheet(), field, "7")

    assert refusal.value.verdict.code == "no_such_field"


def test_marks_stand_still_after_the_stage_has_closed():
    sheet = marked(a_sheet(), 7, 8)

    with pytest.raises(NotPossible) as refusal:
        seal(sheet, at=sheet.stage.closes_at)

    assert refusal.value.verdict.code == "stage_closed"


def test_a_reopened_sheet_keeps_its_first_seal_and_has_time_to_finish():
    sheet = sealed(a_sheet(), 7, 8)
    late = sheet.stage.closes_at + timedelta(hours=1)
    reopened(sheet, why="A slip of the pen", by=a_person("Olga"), at=late, until=late + DAY)
    actions.save_field(
        sheet=sheet, field="mark-landing", value="9", base=9, by=sheet.juror.user, at=late
    )

    seal(sheet, at=late + timedelta(hours=1))

    assert list(sheet.seals.values_list("number", "total")) == [(1, 15), (2, 17)]
    assert sheet.reopenings.get().why == "A slip of the pen"
    assert "A slip of the pen" in Letter.objects.get(to=sheet.juror.email).text


def test_sealed_marks_are_given_on_in_two_queries(django_assert_num_queries):
    first, second = (a_sheet(juror=a_juror(name)) for name in ("Ada", "Bo"))
    sealed(first, 7, 8)
    marked(second, 1, 1)
    stage = first.stage

    with django_assert_num_queries(2):
        [found] = queries.marks(stage)

    assert (found.entry, found.juror, found.total) == (first.entry_id, first.juror_id, 15)
    assert found.marks == {"landing": 7, "copying": 8}


def test_entries_with_too_few_sealed_sheets_are_named():
    sheet = sealed(a_sheet(), 7, 8)
    a_sheet(juror=a_juror("Bo"), entry=sheet.entry)

    [missing] = queries.missing(sheet.stage)

    assert (missing.code, missing.sealed, missing.open, missing.wanted) == (
        sheet.entry.code, 1, 1, 3,
    )  # fmt: skip


def test_two_jurors_read_in_different_orders_and_always_in_the_same():
    entries = [a_sheet(juror=a_juror("Ada")).entry for _ in range(8)]
    for entry in entries:
        a_sheet(juror=a_juror("Bo"), entry=entry)

    def order(name):
        [pile] = queries.piles(a_person(name))
        return [sheet.entry_id for sheet in pile.sheets]

    assert order("Ada") == order("Ada") != order("Bo")
    assert sorted(order("Ada")) == sorted(order("Bo"))


def test_progress_counts_what_is_done_and_where_jurors_differ():
    contest = a_contest(rules=some_rules(stage={"panel": {"per_entry": 2}, "range_flag": 8}))
    one = sealed(a_sheet(juror=a_juror("Ada", contest=contest)), 9, 9)
    sealed(a_sheet(juror=a_juror("Bo", contest=contest), entry=one.entry), 5, 5)
    a_sheet(juror=a_juror("Bo", contest=contest))

    found = queries.progress(one.stage)

    assert (found.entries, found.wanted, found.sheets, found.sealed) == (2, 4, 3, 2)
    assert (found.complete, found.short, found.late, found.idle) == (1, 1, 1, 0)
    assert (found.spread, found.share) == (1, 50)
