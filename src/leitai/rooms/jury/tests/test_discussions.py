"""The jury talks where it differs; what stood before is kept."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leitai.foundation.models import Letter, Line
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import DAY, NOON, a_contest, appointed, some_rules
from leitai.rooms.jury import actions, queries
from leitai.rooms.jury.models import Discussion, MarkChange, Seal
from leitai.rooms.jury.queries.discussions import Cell
from leitai.rooms.jury.rules import JudgingState
from leitai.rooms.jury.testing import a_juror, a_sheet, sealed
from leitai.rooms.stages.testing import a_stage
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def boss():
    return appointed(a_stage(a_contest(rules=some_rules(stage={"range_flag": 6}))).contest)


@pytest.fixture
def stage(boss):
    """Two entries: on the first the jury differs by ten, on the second by two."""
    stage = a_stage()
    for entry, totals in [(an_entry(), (18, 8)), (an_entry(), (12, 10))]:
        for name, total in zip(("Ada", "Bo"), totals):
            sealed(a_sheet(juror=a_juror(name), entry=entry), total // 2, total - total // 2)
    return stage


@pytest.fixture
def chair(stage, boss):
    juror = a_juror("Chi")
    actions.appoint_chair(stage=stage, juror=juror, by=boss, at=NOON)
    stage.refresh_from_db()
    return juror


@pytest.fixture
def talk(stage, chair, boss):
    actions.begin_discussion(stage=stage, by=boss, at=NOON)
    return stage.discussions.get()


def refused(deed, **told):
    with pytest.raises(NotPossible) as refusal:
        deed(**told, at=NOON)
    return refusal.value.verdict.code


def change(talk, name, why="The demo convinced me.", **marks):
    juror = a_juror(name)
    sheet = queries.panel(talk).get(juror=juror)
    return actions.change_marks(
        discussion=talk, sheet=sheet, marks=marks, why=why, by=juror.user, at=NOON
    )


def test_entries_on_which_the_jury_differs_are_opened_and_each_juror_gets_one_letter(talk, chair):
    assert talk.entry.code == "MED-0001"
    assert (talk.low, talk.high, talk.chair) == (8, 18, chair)
    assert queries.phase(talk.stage) == JudgingState.DISCUSSION
    told = Letter.objects.values_list("to", flat=True)
    people = [chair.email, a_juror("Ada").email, a_juror("Bo").email]
    assert sorted(told) == sorted(people)
    assert Line.objects.filter(verb="jury.discussion_opened").count() == 1


def test_nobody_talks_while_somebody_still_marks(stage, chair, boss):
    a_sheet(juror=a_juror("Dee"))

    assert refused(actions.begin_discussion, stage=stage, by=boss) == "sheets_open"
    begun = actions.begin_discussion(stage=stage, by=boss, at=NOON + 20 * DAY)  # the time is up
    assert begun.state == JudgingState.DISCUSSION


def test_nobody_talks_without_a_chair(stage, boss):
    assert refused(actions.begin_discussion, stage=stage, by=boss) == "no_chair"


def test_where_the_rules_name_no_range_nobody_differs(boss):
    calm = a_stage(a_contest("calm"))
    actions.appoint_chair(stage=calm, juror=a_juror("Eve", contest=calm.contest), by=boss, at=NOON)

    assert refused(actions.begin_discussion, stage=calm, by=boss) == "nobody_differs"


def test_a_juror_changes_marks_with_a_reason_and_both_are_kept(talk):
    made = change(talk, "Bo", landing="7")

    sheet = made[0].sheet
    assert [(c.before, c.after, c.seal) for c in made] == [(4, 7, 2)]
    assert [seal.marks for seal in sheet.seals.all()] == [
        {"landing": "4", "copying": "4"}, {"landing": "7", "copying": "4"},
    ]  # fmt: skip
    sheet.refresh_from_db()
    assert (sheet.total, sheet.state) == (11, "sealed")
    line = Line.objects.get(verb="jury.marks_changed")
    assert line.data["criteria"] == ["landing"]
    assert "7" not in str(line.data["criteria"])
    seen = queries.talk(talk, reader=a_juror("Ada").user, sight=queries.jurors_sight(talk.stage))
    assert seen.rows[0][1][1] == Cell(value=Decimal(7), earlier=(Decimal(4),))
    assert (seen.low, seen.high) == (11, 18)


def test_no_change_without_a_reason_nor_off_the_scale_nor_for_nothing(talk):
    sheet = queries.panel(talk).first()
    told = {"discussion": talk, "sheet": sheet, "by": sheet.juror.user}

    assert refused(actions.change_marks, **told, marks={"landing": "5"}, why=" ") == (
        "reason_missing"
    )
    assert refused(actions.change_marks, **told, marks={"landing": "11"}, why="So") == (
        "off_the_scale"
    )
    assert refused(actions.change_marks, **told, marks={"landing": "9"}, why="So") == (
        "nothing_changed"
    )
    assert not MarkChange.objects.exists()
    assert Seal.objects.filter(sheet=sheet).count() == 1


def test_the_chair_sums_up_and_nothing_moves_any_more(talk, chair):
    actions.write_remark(
        discussion=talk, juror=chair, text="Who saw it run?", by=chair.user, at=NOON
    )
    assert (
        refused(actions.close_discussion, discussion=talk, summary=" ", by=chair.user)
        == "summary_missing"
    )

    actions.close_discussion(discussion=talk, summary="It ran.", by=chair.user, at=NOON)

    assert talk.state == "closed"
    told = {"discussion": talk, "juror": chair, "by": chair.user}
    assert refused(actions.write_remark, **told, text="One more") == "discussion_closed"
    with pytest.raises(NotPossible):
        change(talk, "Bo", landing="7")


def test_a_judging_closes_when_nobody_discusses_any_more(talk, chair, boss):
    told = {"stage": talk.stage, "by": boss}
    assert refused(actions.close_judging, **told) == "discussions_open"

    actions.close_discussion(discussion=talk, summary="It ran.", by=chair.user, at=NOON)
    actions.close_judging(**told, at=NOON)

    assert queries.phase(talk.stage) == JudgingState.CLOSED
    assert refused(actions.open_discussion, **told, entry=talk.entry) == "not_discussing"
    assert refused(actions.close_judging, **told) == "judging_closed"


def test_a_chair_with_a_tie_does_not_lead_and_a_stand_in_does(stage, chair, boss):
    entry = an_entry()
    for name, mark in [("Ada", 10), ("Bo", 2)]:
        sealed(a_sheet(juror=a_juror(name), entry=entry), mark, mark)
    actions.declare_conflict(juror=chair, entry=entry, ground="personal", by=chair.user, at=NOON)

    actions.begin_discussion(stage=stage, by=boss, at=NOON)

    talk = stage.discussions.get(entry=entry)
    assert talk.chair is None
    told = {"discussion": talk, "by": boss}
    assert refused(actions.appoint_stand_in, **told, juror=chair) == "no_chair_possible"
    actions.appoint_stand_in(**told, juror=a_juror("Ada"), at=NOON)
    assert talk.chair == a_juror("Ada")


def test_words_of_a_chair_who_gave_way_still_have_their_name(client, talk, chair, boss):
    actions.write_remark(discussion=talk, juror=chair, text="Hm.", by=chair.user, at=NOON)
    actions.appoint_stand_in(discussion=talk, juror=a_juror("Ada"), by=boss, at=NOON)
    client.force_login(boss)

    page = client.get(at("discussion", talk.pk)).content.decode()

    assert "Chi" in page


def test_an_organiser_opens_one_more_entry(talk, boss):
    other = talk.stage.sheets.exclude(entry=talk.entry).first().entry

    actions.open_discussion(stage=talk.stage, entry=other, by=boss, at=NOON)

    assert talk.stage.discussions.count() == 2
    assert refused(actions.open_discussion, stage=talk.stage, entry=other, by=boss) == "known"


@settings(
    max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["Ada", "Bo"]), st.sampled_from(["landing", "copying"]),
            st.integers(0, 10),
        ),
        max_size=6,
    )
)  # fmt: skip
def test_earlier_marks_never_vanish(talk, steps):
    """Whatever is changed in whatever order, each mark that ever stood is found in its seal, and
    the changes of a criterion lead from the first mark to the one that stands."""
    for name, code, value in steps:
        before = list(Seal.objects.order_by("pk").values_list("pk", "marks", "total"))
        try:
            change(talk, name, **{code: str(value)})
        except NotPossible as refusal:
            assert refusal.verdict.code == "nothing_changed"
        kept = Seal.objects.order_by("pk").values_list("pk", "marks", "total")
        assert list(kept[: len(before)]) == before

    for sheet in queries.panel(talk):
        seals = list(sheet.seals.all())
        assert {c: str(int(v)) for c, v in sheet.given().items()} == seals[-1].marks
        for code in ("landing", "copying"):
            marks = [Decimal(seals[0].marks[code])]
            for each in sheet.mark_changes.filter(criterion__code=code).order_by("pk"):
                assert each.before == marks[-1]
                assert seals[each.seal - 1].marks[code] == str(int(each.after))
                marks.append(each.after)
            assert marks[-1] == sheet.given()[code]


# --- doors


def at(name, pk):
    return reverse(f"jury:{name}", args=[pk])


def test_jurors_read_speak_and_change_on_the_page(client, talk):
    client.force_login(a_juror("Bo").user)
    page = client.get(at("discussion", talk.pk), headers={"Accept-Language": "en"})
    assert "Ada" in page.content.decode()  # an open panel: by name

    client.post(at("remarks", talk.pk), {"text": "I saw it run."})
    client.post(at("changes", talk.pk), {"mark-landing": "8", "mark-copying": "4", "why": "Ran."})

    page = client.get(at("discussion", talk.pk)).content.decode()
    assert "I saw it run." in page
    assert "<del>4</del>" in page
    assert "<ins>8</ins>" in page
    assert Discussion.objects.get().version == 2


def test_a_refusal_keeps_every_word_in_its_field(client, talk):
    client.force_login(a_juror("Bo").user)

    answer = client.post(at("changes", talk.pk), {"mark-landing": "99", "why": "Because of it"})

    assert answer.status_code == 422
    assert 'value="99"' in answer.content.decode()
    assert "Because of it" in answer.content.decode()


def test_the_part_that_refreshes_is_the_part_alone(client, talk):
    client.force_login(a_juror("Bo").user)

    part = client.get(at("discussion", talk.pk), headers={"HX-Request": "true"}).content.decode()

    assert "<table" in part
    assert "<html" not in part


def test_who_comes_through_which_door(client, talk, chair):
    contest = talk.stage.contest
    single = ["discussion", "remarks", "changes", "summary", "stand_in"]
    wide = ["discussions", "sight", "chair", "beginning", "opening", "ending"]

    def doors(user):
        client.force_login(user)
        found = {}
        for name in single + wide:
            pk = talk.pk if name in single else talk.stage_id
            method = client.get if name in ("discussion", "discussions", "sight") else client.post
            found[name] = method(at(name, pk)).status_code
        return found

    stranger = doors(a_juror("Stranger").user)
    supervisor = doors(appointed(contest, Role.SUPERVISOR))
    secretariat = doors(appointed(contest, Role.SECRETARIAT))
    organiser = client.force_login(appointed(contest)) or {
        name: client.post(at(name, talk.pk)).status_code for name in single[1:4]
    }
    juror = doors(a_juror("Bo").user)

    assert set(stranger.values()) == {404}
    for reads in (supervisor, secretariat):
        assert {k for k, v in reads.items() if v == 200} == {"discussions", "sight"}
        assert {reads[name] for name in single} == {404}
        assert {reads[name] for name in wide[2:]} == {403}
    assert set(organiser.values()) == {403}
    assert juror["discussion"] == 200
    assert juror["summary"] == 403
    assert {juror[name] for name in wide} == {404}
    assert juror["stand_in"] == 404


def test_the_organiser_leads_it_through_from_the_page(client, stage, boss):
    chair = a_juror("Chi")
    client.force_login(boss)

    client.post(at("chair", stage.pk), {"juror": chair.pk})
    client.post(at("beginning", stage.pk))
    client.post(at("opening", stage.pk), {"code": "med-0002"})
    page = client.get(at("discussions", stage.pk)).content.decode()
    assert page.count('<a href="/jury/discussions/') == 2

    client.force_login(chair.user)
    assert "MED-0001" in client.get(at("pile", stage.pk)).content.decode()
    for talk in stage.discussions.all():
        client.post(at("summary", talk.pk), {"summary": "Talked through."})
    client.force_login(boss)
    client.post(at("ending", stage.pk))

    stage.refresh_from_db()
    assert queries.phase(stage) == JudgingState.CLOSED


def test_the_list_asks_as_often_for_one_discussion_as_for_two(client, talk, boss):
    client.force_login(boss)

    def asked():
        with CaptureQueriesContext(connection) as found:
            client.get(at("discussions", talk.stage_id))
        return len(found)

    asked()
    one = asked()
    other = talk.stage.sheets.exclude(entry=talk.entry).first().entry
    actions.open_discussion(stage=talk.stage, entry=other, by=boss, at=NOON)

    assert asked() == one
