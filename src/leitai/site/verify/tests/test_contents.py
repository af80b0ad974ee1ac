"""A forger who signs anew, or rewrites the database, is caught by what the rows say together."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.foundation import journal
from leitai.rooms.jury import actions as jury
from leitai.rooms.jury.models import Conflict, Mark, Seat, Sheet
from leitai.rooms.jury.testing import reopened
from leitai.rooms.standings.models import Place, Standing
from leitai.rooms.standings.rules.amending import OUTCOMES
from leitai.site.export import live
from leitai.site.verify.tests.conftest import NOW
from leitai.site.verify.tests.tampering import by_content, check, edited, report, rows, with_rows

pytestmark = pytest.mark.django_db

# Of each kind the columns that something else vouches for.
VOUCHED = {
    "journal": ("number", "verb", "about_type", "about_id", "by_id", "at", "data", "hash"),
    "marks": ("value",),
    "seals": ("marks",),
    "places": ("rank", "score", "outcome", "group_rank", "sheets"),
    "standings": ("number", "formula", "inputs", "state"),
    "decisions": ("digest", "text"),
    "publications": ("number", "body"),
    "draws": ("state",),
    "rules": ("version",),
}
OTHER = st.sampled_from([None, "0", "x", 0, 7, -1, "draft", {}, {"rows": []}, "1e9"])


def test_a_row_that_was_forged_with_care_is_named(members, tmp_path):
    kept = {kind: rows(members, kind) for kind in VOUCHED}

    @settings(max_examples=40, deadline=None)
    @given(st.sampled_from([(k, c) for k in VOUCHED for c in VOUCHED[k]]), st.data())
    def forge(where, data):
        kind, column = where
        at = data.draw(st.integers(0, len(kept[kind]) - 1))
        value = data.draw(OTHER.filter(lambda other: other != kept[kind][at][column]))

        changed = [*kept[kind]]
        changed[at] = changed[at] | {column: value}
        finding = by_content(report(with_rows(members, kind, changed), tmp_path))

        assert finding is not None, (kept[kind][at], value)
        assert finding.line is not None

    forge()


@pytest.mark.parametrize("kind", ["journal", "marks", "seals", "sheets", "places", "seats"])
def test_a_row_that_was_taken_out_is_missed(members, tmp_path, kind):
    found = rows(members, kind)

    told = report(with_rows(members, kind, found[:5] + found[6:]), tmp_path)

    assert by_content(told) is not None


def test_a_changed_line_of_the_journal_is_named_by_its_number(members, tmp_path):
    told = report(edited(members, "journal", 41, by_id=1_000), tmp_path)

    assert by_content(told).line == 42
    assert "Line 42 of the journal" in str(by_content(told))


def test_a_journal_written_anew_is_caught_by_a_digest_somebody_noted(members, tmp_path):
    lines = rows(members, "journal")
    noted = (lines[99]["number"], "0" * 64)

    told = report(members, tmp_path, digests=[noted, (10**9, "1" * 64)])

    assert [f.line for f in check(told, "journal").found] == [100, None]


def test_a_juror_seated_beside_a_conflict_is_named(members, tmp_path):
    seat, draw = rows(members, "seats")[0], rows(members, "draws")[0]
    tie = rows(members, "conflicts")[0] | {
        "juror_id": seat["juror_id"], "entry_id": seat["entry_id"], "at": draw["deployed_at"],
    }  # fmt: skip

    others = rows(members, "conflicts")[1:]
    told = report(with_rows(members, "conflicts", [tie, *others]), tmp_path)

    first = check(told, "seats").found[0]
    assert (first.kind, first.row) == ("seats", seat["id"])
    assert "there was a conflict" in str(first)


def test_a_juror_of_the_wrong_kind_and_too_many_sheets_are_named(members, tmp_path):
    jurors = rows(members, "jurors")
    for juror in jurors:
        juror |= {"kind": "technical", "load_max": 1, "load_min": 0}

    told = report(with_rows(members, "jurors", jurors), tmp_path)

    said = " ".join(str(f) for f in check(told, "seats").found)
    assert "needs" in said
    assert "is the limit" in said


# --- in the living database


@pytest.fixture
def undone(contest):
    with transaction.atomic():
        yield contest
        transaction.set_rollback(True)


def sql(words, *values):
    with connection.cursor() as cursor:
        cursor.execute(words, values)


def one(table, where="true"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT t.id FROM {table} t WHERE {where} ORDER BY t.id OFFSET 2 LIMIT 1")
        return cursor.fetchone()[0]


OF_CONTEST = "t.sheet_id IN (SELECT s.id FROM jury_sheet s JOIN stages_stage g ON g.id = s.stage_id WHERE g.contest_id = {0} AND s.state = 'sealed')"  # noqa: E501
IN_CONTEST = "t.stage_id IN (SELECT id FROM stages_stage WHERE contest_id = {0})"
CHANGES = {
    "a mark": ("marks", "jury_mark", "value = value - 1", OF_CONTEST),
    "a seal": ("seals", "jury_seal", "marks = '{{\"technology\": \"1\"}}'", OF_CONTEST),
    "a sheet's state": ("sheets", "jury_sheet", "state = 'recalled'",
                        IN_CONTEST + " AND t.state = 'sealed'"),
    "who marked": ("standings", "jury_sheet", "juror_id = (SELECT max(id) FROM jury_juror)",
                   IN_CONTEST + " AND t.state = 'sealed'"),
    "a place": ("places", "standings_place", "rank = rank + 1", "t.rank IS NOT NULL"),
    "an outcome": ("places", "standings_place", "outcome = 'in'", "t.outcome = 'out'"),
    "a line of the journal": ("journal", "foundation_line", "at = at + interval '1 hour'",
                              "t.book = 'contest:{0}'"),
    "who takes part": ("participations", "stages_participation", "taken_out_at = now()",
                       IN_CONTEST),
    "an entry's state": ("entries", "submissions_entry", "state = 'refused'",
                         "t.contest_id = {0} AND t.state = 'accepted'"),
}  # fmt: skip


def test_an_untouched_contest_holds(undone):
    told = live.verify(undone)

    assert told.holds, told.first
    assert [check.looked_at > 0 for check in told.checks] == [True] * 5


@pytest.mark.parametrize("what", CHANGES)
def test_a_row_changed_behind_everybodys_back_is_named(undone, what):
    kind, table, change, where = CHANGES[what]
    pk = one(table, where.format(undone.pk))
    sql(f"UPDATE {table} SET {change.format()} WHERE id = %s", pk)

    told = live.verify(undone)

    found = [f for check in told.checks for f in check.found]
    assert kind in {f.kind for f in found}, found
    assert kind == "standings" or pk in {f.row for f in found if f.kind == kind}


def test_marks_and_seal_changed_together_still_do_not_give_the_standing(undone):
    sheet = Sheet.objects.sealed().filter(stage__contest=undone).order_by("pk")[1]
    mark = Mark.objects.filter(sheet=sheet).select_related("criterion").first()
    code = mark.criterion.code
    sql("UPDATE jury_mark SET value = 0 WHERE id = %s", mark.pk)
    sql("UPDATE jury_seal SET marks = jsonb_set(marks, %s, '\"0\"') WHERE sheet_id = %s",
        [code], sheet.pk)  # fmt: skip

    told = live.verify(undone)

    assert not check(told, "standings").holds
    assert "fingerprint" in str(check(told, "standings").found[0])


def test_a_sheet_sealed_anew_changes_no_standing_that_was_computed_before(undone):
    sheet = Sheet.objects.sealed().filter(stage__contest=undone).order_by("pk").first()
    by, later = sheet.juror.user, NOW + timedelta(hours=1)
    until = NOW + timedelta(days=2)
    reopened(sheet, why="A slip.", by=by, at=NOW, until=until)
    jury.save_field(sheet=sheet, field="mark-technology", value="1", base=99, by=by, at=later)
    jury.save_field(sheet=sheet, field="tag-vague-plan", value="1", base=99, by=by, at=later)
    jury.seal_sheet(sheet=sheet, by=by, at=later)

    assert live.verify(undone).holds

    seal = sheet.seals.order_by("-number").first()
    sql("UPDATE jury_seal SET tags = '{copyable}' WHERE id = %s", seal.pk)
    first = live.verify(undone).first
    assert (first.kind, first.row) == ("seals", seal.pk)
    assert "sealed with the hash" in str(first)


def newest(contest):
    return Standing.objects.filter(stage__contest=contest).order_by("-number").first()


def amended(contest, *changes):
    """A standing made of the published one by what people changed, as the committee's deeds do."""
    before = newest(contest)
    kept = {name: getattr(before, name) for name in ("formula", "body", "inputs", "seed")}
    made = Standing.objects.create(
        stage=before.stage, number=before.number + 1, amends=before, at=NOW,
        amendments=[*before.amendments, *changes], **kept,
    )  # fmt: skip
    said = {entry: OUTCOMES[c["what"]] for c in changes for entry in c["entries"]}
    for place in before.places.all():
        place.pk, place.standing = None, made
        place.outcome = said.get(place.entry_id, place.outcome)
        place.save()
    journal.write("standings.standing_computed", about=made, by=None, at=NOW, number=made.number,
                  formula=made.formula, inputs=made.inputs)  # fmt: skip
    return made


def test_what_people_amended_is_applied_to_what_the_marks_gave(undone):
    before = Place.objects.filter(standing=newest(undone))
    gone, follows = before.filter(outcome="in")[0], before.filter(outcome="reserve")[0]
    made = amended(undone, {"what": "gone", "entries": [gone.entry_id]},
                   {"what": "promoted", "entries": [follows.entry_id]})  # fmt: skip

    assert live.verify(undone).holds

    sql("UPDATE standings_standing SET amendments = '[]' WHERE id = %s", made.pk)
    found = {f.kind for f in check(live.verify(undone), "standings").found}
    assert found == {"places"}


def test_a_conflict_found_late_or_lifted_before_the_draw_is_no_fault(undone):
    seat = Seat.objects.filter(draw__stage__contest=undone).select_related("draw").first()
    tie = Conflict(juror_id=seat.juror_id, entry_id=seat.entry_id, source="declared",
                   ground="personal", at=seat.draw.deployed_at + timedelta(days=1))  # fmt: skip
    tie.save()

    assert check(live.verify(undone), "seats").holds


def test_the_report_names_a_row_before_it_names_a_member(members, tmp_path):
    told = report(edited(members, "marks", 0, value="0"), tmp_path)

    assert not check(told, "signature").holds
    assert told.first.kind == "marks"
    assert replace(told.first, line=None).place == "rows/marks.jsonl"
