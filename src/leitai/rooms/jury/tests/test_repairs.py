"""A conflict found late: one sheet falls away, one juror takes over, and it can be undone."""

import pytest
from django.test import Client
from django.urls import reverse

from leitai.foundation.models import Letter, Line
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import DAY, NOON, a_contest, appointed, some_rules
from leitai.rooms.jury import actions, queries
from leitai.rooms.jury.models import Conflict, Juror, Repair, Sheet
from leitai.rooms.jury.rules import SheetState
from leitai.rooms.jury.testing import a_juror, a_jury, sealed
from leitai.rooms.people.testing import a_person
from leitai.rooms.stages.testing import a_stage
from leitai.rooms.submissions.actions import note_reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_():
    def enter(person):
        client = Client()
        client.force_login(person)
        return client

    return enter


@pytest.fixture
def stage():
    """Four entries, each marked by two of five jurors; one sheet is sealed."""
    panel = {"per_entry": 2, "mix": {"technical": 1, "investor": 1}, "load_max": 3}
    stage = a_stage(a_contest(rules=some_rules(stage={"panel": panel})))
    a_jury(stage, entries=4, jurors=6)
    draw = actions.start_draw(stage=stage, by=None, at=NOON, seed=3)
    actions.deploy_draw(draw=draw, by=None, at=NOON)
    sealed(Sheet.objects.select_related("stage", "juror__user").first(), 7, 8)
    Letter.objects.all().delete()
    return stage


@pytest.fixture
def late(stage):
    """The records show a tie to the juror who has sealed already."""
    sheet = Sheet.objects.sealed().get()
    return Conflict.objects.create(
        juror=sheet.juror, entry=sheet.entry, source="derived", ground="same_organisation", at=NOON
    )


def looked(late, stage):
    return queries.mending(late, stage, queries.fallen(late, stage))


def repair(late, stage, juror=None):
    juror = juror or looked(late, stage).takes_over
    return actions.repair_conflict(
        conflict=late, stage=stage, juror=juror, by=a_person("Olga"), at=NOON + DAY
    )


def standing():
    return set(Sheet.objects.standing().values_list("entry", "juror"))


def test_one_sheet_falls_away_and_one_comes_in(stage, late):
    before, kind = standing(), late.juror.kind

    done = repair(late, stage)

    gone, new = before - standing(), standing() - before
    assert gone == {(late.entry_id, late.juror_id)}
    assert new == {(late.entry_id, done.fresh.juror_id)}
    assert done.fresh.juror.kind == kind, "the panel keeps its mix"
    assert done.fell.state == SheetState.RECUSED and done.fell.seals.count() == 1
    assert queries.marks(stage) == []
    assert [letter.to for letter in Letter.objects.all()] == [done.fresh.juror.email]
    assert "rank" not in done.fresh.reason and done.fresh.reason["code"]
    verbs = Line.objects.order_by("-pk").values_list("verb", flat=True)[:3]
    assert set(verbs) == {
        "jury.sheet_recused", "jury.sheet_assigned", "jury.conflict_repaired"
    }  # fmt: skip
    assert not queries.late_conflicts(stage).exists()


def test_it_is_undone_until_the_new_juror_has_looked(stage, late):
    before = standing()
    done = repair(late, stage)

    actions.undo_repair(repair=done, by=a_person("Olga"), at=NOON + DAY)

    assert standing() == before
    assert Sheet.objects.get(pk=done.fell_id).state == SheetState.SEALED
    assert len(queries.marks(stage)) == 1
    with pytest.raises(NotPossible) as twice:
        actions.undo_repair(repair=done, by=a_person("Olga"), at=NOON + DAY)
    assert twice.value.verdict.code == "undone"

    again = repair(late, stage)
    note_reading(
        entry=again.fresh.entry, by=again.fresh.juror.user, as_role="juror", at=NOON + 2 * DAY
    )
    with pytest.raises(NotPossible) as opened:
        actions.undo_repair(repair=again, by=a_person("Olga"), at=NOON + 2 * DAY)
    assert opened.value.verdict.code == "opened"


def test_a_juror_who_stepped_back_leaves_a_seat_to_fill(stage):
    sheet = Sheet.objects.open().select_related("juror", "entry").first()
    tie = actions.declare_conflict(
        juror=sheet.juror, entry=sheet.entry, ground="personal", by=sheet.juror.user, at=NOON
    )
    assert [row.pk for row in queries.late_conflicts(stage)] == [tie.pk]

    done = repair(tie, stage)
    actions.undo_repair(repair=done, by=a_person("Olga"), at=NOON + DAY)

    sheet.refresh_from_db()
    assert sheet.state == SheetState.RECUSED, "the tie is still there"
    assert [row.pk for row in queries.late_conflicts(stage)] == [tie.pk]


def test_of_two_who_press_at_once_one_is_refused(stage, late):
    juror = looked(late, stage).takes_over
    repair(late, stage, juror)

    with pytest.raises(NotPossible) as refusal:
        repair(late, stage, juror)

    assert refusal.value.verdict.code == "repaired"
    assert Repair.objects.count() == 1


def test_nothing_is_done_when_somebody_else_would_be_chosen_by_now(stage, late):
    juror = looked(late, stage).takes_over
    actions.leave_jury(juror=juror, by=None, at=NOON)
    before = standing()

    with pytest.raises(NotPossible) as refusal:
        repair(late, stage, juror)

    assert (refusal.value.verdict.code, standing()) == ("changed", before)


def test_where_nobody_is_free_the_page_says_why(as_, stage, late):
    on_panel = Sheet.objects.standing().filter(entry=late.entry).values("juror")
    Juror.objects.exclude(pk__in=on_panel).update(load_max=0)
    client = as_(appointed(stage.contest))

    page = client.get(reverse("jury:repair", args=[stage.pk, late.pk]))

    assert page.status_code == 200
    assert page.context["mending"].takes_over is None and page.context["shortages"]
    assert reverse("jury:draws", args=[stage.pk]) in page.content.decode()


def test_one_button_repairs_and_one_undoes(as_, stage, late):
    client = as_(appointed(stage.contest))
    url = reverse("jury:repair", args=[stage.pk, late.pk])
    page = client.get(url)
    juror = page.context["mending"].takes_over

    sent = client.post(url, {"juror": juror.pk})
    listed = client.get(sent.url)
    back = client.post(reverse("jury:repair_undoing", args=[Repair.objects.get().pk]))

    assert (sent.status_code, back.status_code) == (302, 302)
    assert [row.fresh.juror for row in listed.context["done"]] == [juror]
    assert Repair.objects.get().undone_at is not None


def test_only_untied_organisers_repair(as_, stage, late):
    url = reverse("jury:repair", args=[stage.pk, late.pk])
    done = repair(late, stage)
    undo = reverse("jury:repair_undoing", args=[done.pk])

    for person in (
        a_person("Nosy"), late.juror.user, appointed(stage.contest, Role.SECRETARIAT),
        appointed(stage.contest, Role.SUPERVISOR),
    ):  # fmt: skip
        assert as_(person).get(url).status_code == as_(person).post(undo).status_code == 404
    mine = appointed(stage.contest, name=late.juror.name)
    assert as_(mine).get(url).status_code == 404
    assert a_juror("J1", contest=stage.contest).contest_id == stage.contest_id
