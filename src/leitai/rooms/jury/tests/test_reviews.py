"""Tables of marks: all rows or none, every bad cell named, and nobody gets a letter."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from leitai.foundation import journal, mail
from leitai.foundation.models import Letter, Line
from leitai.foundation.refusals import NotPossible
from leitai.foundation.tables.testing import a_sheet as a_table
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import Role, StageRule
from leitai.rooms.contests.testing import NOON, a_contest, appointed, some_rules
from leitai.rooms.jury import actions, queries
from leitai.rooms.jury.models import Juror, Seal, Sheet
from leitai.rooms.jury.testing import a_juror, a_sheet, sealed
from leitai.rooms.people.testing import a_person
from leitai.rooms.stages import actions as stages
from leitai.rooms.stages.rules import State
from leitai.rooms.stages.testing import a_stage
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db
HEAD = "项目编号,评委,Deployable,copying,评语,熟悉程度,Room\n"
FINER = "2.5 is finer than the scale, which goes in steps of 1."
GOOD = HEAD + "P1,7,8,9,很好,3,A\nP1,8,7,7,,1,A\nP2,7,10,0,,2,B\n"


@pytest.fixture(autouse=True)
def english_at_noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    with translation.override("en"):
        yield


@pytest.fixture
def stage():
    return a_stage(a_contest(), state=State.PLANNED)


def taken(stage, text):
    return actions.import_reviews(stage=stage, sheet=a_table(text), by=a_person("Ora"), at=NOON)


def problems(stage, text):
    found = actions.preview_reviews(stage, a_table(text)).problems
    return {(p.cell, p.value, str(p.reason)) for p in found}


def test_rows_become_sealed_sheets_of_entries_and_jurors_that_were_not_there(stage):
    made = taken(stage, GOOD)

    assert [sheet.total for sheet in made] == [17, 14, 10]
    assert [(e.external_id, e.state, e.title_zh) for e in Entry.objects.order_by("pk")] == [
        ("P1", "accepted", "项目 P1"), ("P2", "accepted", "项目 P2"),
    ]  # fmt: skip
    assert {(j.name, j.email, j.user) for j in Juror.objects.all()} == {
        ("№ 7", "juror-7@import.invalid", None), ("№ 8", "juror-8@import.invalid", None),
    }  # fmt: skip
    assert Seal.objects.get(sheet=made[0]).marks == {"landing": "8", "copying": "9"}
    assert made[0].comment == "很好"
    assert made[0].reason == {"code": "imported", "expertise": "3"}
    stage.refresh_from_db()
    assert stage.state == State.OPEN
    assert len(queries.marks(stage)) == 3


def test_the_journal_tells_of_each_sheet_and_its_chain_holds(stage):
    taken(stage, GOOD)

    book = Line.objects.filter(book=f"contest:{stage.contest_id}").order_by("number")
    verbs = list(book.values_list("verb", flat=True))
    assert verbs.count("jury.sheet_imported") == 3
    assert verbs.count("jury.juror_imported") == 2
    assert verbs[-1] == "jury.reviews_imported"
    assert list(journal.breaks(book)) == []


def test_known_entries_and_jurors_are_found_again(stage):
    entry = an_entry(stage.contest, code="MED-0009")
    juror = a_juror("Jo", contest=stage.contest)

    preview = actions.preview_reviews(stage, a_table(HEAD + "MED-0009,JO@example.org,1,2,,,\n"))
    made = taken(stage, HEAD + "MED-0009,JO@example.org,1,2,,,\n")

    assert (preview.entries, preview.jurors) == (0, 0)
    assert (made[0].entry, made[0].juror) == (entry, juror)


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ("P1,7,11,2,,,\n", {("C2", "11", "11 is above 10.")}),
        ("P1,7,1,2.5,,,\n", {("D2", "2.5", FINER)}),
        ("P1,7,,2,,,\n", {("C2", "", "“Deployable” is empty.")}),
        ("P1,,1,2,,,\n,8,1,2,,,\n",
         {("B2", "", "“Juror” is empty."), ("A3", "", "“Entry” is empty.")}),
        ("P1,Bo,1,2,,,\nP1,BO,3,4,,,\n", {("A3", "P1", "Row 2 already has the same key.")}),
    ],
)  # fmt: skip
def test_every_bad_cell_is_named_and_nothing_is_taken(stage, rows, cells):
    assert problems(stage, HEAD + rows) == cells
    with pytest.raises(NotPossible) as refusal:
        taken(stage, HEAD + rows)

    assert refusal.value.verdict.code == "bad_table"
    assert Entry.objects.count() == Juror.objects.count() == Sheet.objects.count() == 0


def test_a_column_that_is_missing_is_asked_for(stage):
    assert problems(stage, "项目编号,评委,copying\nP1,7,3\n") == {
        ("", "", "No column gives “Deployable”.")
    }


def test_the_same_table_twice_doubles_nothing(stage):
    taken(stage, GOOD)

    again = "This juror has a sheet on this entry already."
    assert {(cell, reason) for cell, _v, reason in problems(stage, GOOD)} == {
        ("B2", again), ("B3", again), ("B4", again),
    }  # fmt: skip
    with pytest.raises(NotPossible):
        taken(stage, GOOD)
    assert Sheet.objects.count() == 3


def test_marks_of_entries_that_are_not_valid_are_refused(stage):
    an_entry(stage.contest, code="MED-0009", state="refused")

    (problem,) = problems(stage, HEAD + "MED-0009,7,1,2,,,\n")

    assert problem[0] == "A2" and "only valid ones are marked" in problem[2]


def test_a_closed_stage_takes_no_marks(stage):
    stages.open_stage(stage=stage, by=None, at=NOON)
    stages.close_stage(stage=stage, by=None, at=NOON)

    with pytest.raises(NotPossible) as refusal:
        taken(stage, GOOD)

    assert refusal.value.verdict.code == "stage_closed"


def test_jurors_from_a_table_are_never_mailed(stage, mailoutbox):
    taken(stage, GOOD)
    assert Letter.objects.count() == 0

    letter = Letter.objects.create(
        to=Juror.objects.first().email, subject="s", text="t", written_at=NOON
    )
    mail.post(letter.pk, at=NOON)

    assert mailoutbox == []


def test_a_criterion_that_may_be_left_blank_counts_where_it_was_marked():
    criteria = [
        {"code": c, "name": {"en": c}, "low": 1, "high": 5, "step": "0.1", "optional": c == "b"}
        for c in "ab"
    ]
    rules = some_rules(stage={"criteria": criteria, "total": "weighted_mean", "tie_breaks": []})
    stage = a_stage(a_contest(rules=rules))

    made = taken(stage, "entry,juror,a,b\n1,1,2.0,3.0\n2,1,2.0,\n")
    by_hand = sealed(a_sheet(juror=a_juror(), entry=made[0].entry), "2.5")

    assert [sheet.total for sheet in made] == [Decimal("2.5"), Decimal("2.0")]
    assert by_hand.total == Decimal("2.5")


def test_the_sheet_says_which_criterion_may_be_left_blank(client):
    criteria = [
        {"code": c, "name": {"en": c}, "low": 1, "high": 5, "optional": c == "b"} for c in "ab"
    ]
    rules = some_rules(stage={"criteria": criteria, "total": "weighted_mean", "tie_breaks": []})
    sheet = a_sheet(juror=a_juror(contest=a_contest(rules=rules)))
    client.force_login(sheet.juror.user)

    page = client.get(reverse("jury:sheet", args=[sheet.pk]), headers={"Accept-Language": "en"})
    told = client.get(f"/api/jury/sheets/{sheet.pk}").json()

    assert page.content.decode().count("may be left blank") == 1
    assert [c["is_optional"] for c in told["criteria"]] == [False, True]


def test_a_sum_cannot_leave_a_criterion_blank():
    criteria = [{"code": "a", "name": {"en": "a"}, "high": 5, "optional": True}]

    with pytest.raises(ValueError, match="blank_does_not_fit"):
        StageRule.model_validate({"code": "s", "name": {}, "criteria": criteria})


# --- in the browser


def sent(client, stage, content, name="marks.csv"):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return client.post(reverse("jury:reviews", args=[stage.pk]), {"file": file})


def test_the_organiser_sends_looks_chooses_columns_and_takes(stage, client):
    client.force_login(appointed(stage.contest))
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (["Who", "What", "landing", "copying"], ["Bo", "P1", 3, 4]):
        book.active.append(row)
    book.save(out)
    page = sent(client, stage, out.getvalue(), "marks.xlsx").url

    guessed = client.get(page, headers={"Accept-Language": "en"})
    assert "No column gives “Juror”." in guessed.content.decode()
    assert b'value="import"' not in guessed.content
    columns = {"map_juror": 0, "map_entry": 1, "map_mark-landing": 2, "map_mark-copying": 3}
    assert b'value="import"' in client.post(page, columns).content
    done = client.post(page, {**columns, "do": "import"})

    assert done.url == reverse("jury:progress", args=[stage.pk])
    assert Sheet.objects.get().total == 7


def test_a_page_called_csv_is_refused_with_the_mend(stage, client):
    client.force_login(appointed(stage.contest))

    answer = sent(client, stage, "<!doctype html><html><body>marks</body></html>")

    assert answer.status_code == 422
    assert Sheet.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "status"), [(None, 404), (Role.SECRETARIAT, 403), (Role.SUPERVISOR, 403)]
)
def test_only_organisers_bring_marks_in(stage, client, role, status):
    ora = appointed(stage.contest, name="Ora")
    client.force_login(ora)
    page = sent(client, stage, GOOD).url
    client.force_login(appointed(stage.contest, role) if role else a_person("Stranger"))

    assert client.get(reverse("jury:reviews", args=[stage.pk])).status_code == status
    assert sent(client, stage, GOOD).status_code == status
    assert client.get(page).status_code == status
    assert client.post(page, {"do": "import"}).status_code == status
    assert Sheet.objects.count() == 0


def test_another_organisers_file_does_not_open(stage, client):
    client.force_login(appointed(stage.contest, name="Ora"))
    page = sent(client, stage, GOOD).url
    client.force_login(appointed(stage.contest, name="Otto"))

    assert client.get(page).status_code == 404


# --- on the command line


def test_the_command_founds_what_is_missing(tmp_path):
    file = tmp_path / "marks.csv"
    file.write_text("entry,juror,fit,zeal\n1,a,1.5,2.0\n1,b,3.0,1.0\n2,a,5.0,5.0\n")
    told = {"new": "old-years/y2014", "criteria": "fit,zeal", "scale": "1.0-5.0/0.1"}

    call_command("import_reviews", str(file), direction="down", **told)

    contest = Contest.objects.get(edition__slug="old-years", slug="y2014")
    rule = contest.stages.get().rule
    assert (rule.direction, rule.total, rule.panel.per_entry) == ("down", "weighted_mean", 1)
    assert contest.entries.count() == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"new": "a/b"}, "--new needs --criteria"),
        ({"new": "a/b", "criteria": "fit", "scale": "5-1"}, "1.0-5.0/0.1"),
        ({"new": "A b", "criteria": "fit", "scale": "1-5"}, "EDITION/CONTEST"),
        ({"new": "a/b", "criteria": "fit", "scale": "1-5"}, "B2"),
        ({"new": "a/b", "criteria": "x", "scale": "1-9", "map": ["mark-x=no"]}, "No column no"),
        ({"contest": "nowhere/x"}, "No single contest"),
        ({"new": "a/b", "criteria": "fit", "scale": "1-9", "by": "no@example.org"}, "Nobody here"),
    ],
)
def test_the_command_says_what_to_do(tmp_path, options, words):
    file = tmp_path / "marks.csv"
    file.write_text("entry,fit,juror\n1,7,a\n")

    with pytest.raises(CommandError, match=words):
        call_command("import_reviews", str(file), **options)
    assert Contest.objects.count() == 0


def test_a_file_that_is_not_there_is_said_so():
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_reviews", "nowhere.csv", contest="x/y")
