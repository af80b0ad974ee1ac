"""A jury is drawn, looked at, changed by hand, put to work and repaired."""

import pytest

from leitai.foundation.models import JobState, Letter
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import NOON, a_contest, some_rules
from leitai.rooms.jury import actions
from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.rules import ConflictGround, DrawState, SheetState
from leitai.rooms.jury.testing import a_juror, a_jury, sealed
from leitai.rooms.people.testing import a_person
from leitai.rooms.stages.rules import State as StageState
from leitai.rooms.stages.testing import a_stage, takes_part
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db


def a_drawn_stage(*, entries=4, jurors=6, state=StageState.PLANNED, **panel):
    contest = a_contest(rules=some_rules(stage={"panel": {"per_entry": 3, **panel}}))
    stage = a_stage(contest, state=state)
    return stage, a_jury(stage, entries=entries, jurors=jurors)


def drawn(stage, **how):
    return actions.start_draw(stage=stage, by=a_person("Olga"), at=NOON, seed=7, **how)


def deployed(stage, **how):
    return actions.deploy_draw(draw=drawn(stage, **how), by=a_person("Olga"), at=NOON)


def seats(stage):
    standing = Sheet.objects.standing().filter(stage=stage)
    return set(standing.values_list("entry__code", "juror__name"))


def test_a_draw_proposes_a_panel_for_each_entry_with_a_reason_for_each_seat():
    stage, _jurors = a_drawn_stage()

    draw = drawn(stage)

    assert (draw.state, draw.job.state) == (DrawState.PROPOSED, JobState.DONE)
    assert draw.figures["seats"] == draw.seats.count() == 12
    assert draw.figures["components"] == [4]
    assert all(seat.reason["code"] for seat in draw.seats.all())
    assert not Sheet.objects.exists()


def test_the_same_seed_draws_the_same_panels():
    stage, _jurors = a_drawn_stage()

    one, two = drawn(stage), drawn(stage)

    pairs = [set(d.seats.values_list("entry", "juror")) for d in (one, two)]
    assert pairs[0] == pairs[1]


def test_nobody_with_a_conflict_is_seated():
    stage, jurors = a_drawn_stage()
    entry = Entry.objects.first()
    for juror in jurors[:3]:
        actions.declare_conflict(
            juror=juror, entry=entry, ground=ConflictGround.PERSONAL, by=juror.user, at=NOON
        )

    draw = drawn(stage)

    seated = {seat.juror for seat in draw.seats.filter(entry=entry)}
    assert seated == set(jurors[3:])


def test_deploying_makes_sheets_opens_the_stage_and_writes_to_each_juror_once():
    stage, jurors = a_drawn_stage()

    deployed(stage)

    stage.refresh_from_db()
    assert stage.state == StageState.OPEN
    assert Sheet.objects.open().filter(stage=stage).count() == 12
    assert Letter.objects.filter(to__in=[j.email for j in jurors]).count() == 6


def test_a_draw_is_deployed_once():
    stage, _jurors = a_drawn_stage()
    draw = drawn(stage)
    actions.deploy_draw(draw=draw, by=a_person("Olga"), at=NOON)

    with pytest.raises(NotPossible) as refusal:
        actions.deploy_draw(draw=draw, by=a_person("Olga"), at=NOON)

    assert refusal.value.verdict.code == "not_proposed"
    assert Sheet.objects.count() == 12


def test_a_proposal_that_a_new_conflict_has_broken_is_not_deployed():
    stage, _jurors = a_drawn_stage()
    draw = drawn(stage)
    seat = draw.seats.first()
    actions.declare_conflict(
        juror=seat.juror, entry=seat.entry, ground="other", by=seat.juror.user, at=NOON
    )

    with pytest.raises(NotPossible) as refusal:
        actions.deploy_draw(draw=draw, by=a_person("Olga"), at=NOON)

    assert refusal.value.verdict.code == "out_of_date"
    assert not Sheet.objects.exists()


def test_too_few_jurors_are_told_in_numbers_with_ways_out():
    stage, _jurors = a_drawn_stage(entries=4, jurors=3, load_max=2)

    draw = drawn(stage)

    assert (draw.state, draw.job.state) == (DrawState.FAILED, JobState.DONE)
    [shortage] = draw.shortages
    assert (shortage["note"]["params"]["need"], shortage["note"]["params"]["carry"]) == (12, 6)
    assert shortage["ways_out"]


def test_the_mix_of_kinds_is_kept():
    stage, _jurors = a_drawn_stage(mix={"technical": 1, "investor": 2})

    draw = drawn(stage)

    for entry in Entry.objects.all():
        kinds = sorted(seat.juror.kind for seat in draw.seats.filter(entry=entry))
        assert kinds == ["investor", "investor", "technical"]


def test_when_a_juror_leaves_a_repair_moves_only_the_orphaned_seats():
    stage, jurors = a_drawn_stage(entries=8, jurors=8)
    deployed(stage)
    before = seats(stage)
    gone = jurors[0]
    orphaned = actions.leave_jury(juror=gone, by=a_person("Olga"), at=NOON)

    draw = deployed(stage, keeps_seats=True)

    assert orphaned == len([pair for pair in before if pair[1] == gone.name]) > 0
    assert {pair for pair in before if pair[1] != gone.name} <= seats(stage)
    assert (draw.figures["added"], draw.figures["moved"]) == (orphaned, 0)
    assert len(seats(stage)) == 24


def test_a_sealed_sheet_of_a_juror_who_left_counts_on():
    stage, jurors = a_drawn_stage(state=StageState.OPEN)
    deployed(stage)
    sheet = sealed(jurors[0].sheets.first(), 7, 8)
    actions.leave_jury(juror=jurors[0], by=a_person("Olga"), at=NOON)

    deployed(stage, keeps_seats=True)

    sheet.refresh_from_db()
    assert sheet.state == SheetState.SEALED
    assert Sheet.objects.standing().filter(entry=sheet.entry).count() == 3


def test_a_new_entry_gets_its_panel_and_nobody_else_moves():
    stage, _jurors = a_drawn_stage(state=StageState.OPEN)
    deployed(stage)
    before = seats(stage)
    takes_part(stage, an_entry(stage.contest))

    deployed(stage, keeps_seats=True)

    assert before < seats(stage)
    assert len(seats(stage)) == 15


def test_a_seat_changed_by_hand_keeps_the_rules():
    stage, jurors = a_drawn_stage()
    draw = drawn(stage)
    seat = draw.seats.first()
    inside = draw.seats.filter(entry=seat.entry).last().juror
    panel = set(draw.seats.filter(entry=seat.entry).values_list("juror", flat=True))
    outside = next(j for j in jurors if j.pk not in panel)

    actions.swap_seat(seat=seat, juror=outside, by=a_person("Olga"), at=NOON)

    assert seat.juror == outside
    with pytest.raises(NotPossible) as refusal:
        actions.swap_seat(seat=seat, juror=inside, by=a_person("Olga"), at=NOON)
    assert refusal.value.verdict.code == "breaks_rules"


def test_without_entries_or_jurors_there_is_no_draw():
    stage = a_stage(a_contest())

    with pytest.raises(NotPossible) as no_entries:
        drawn(stage)
    takes_part(stage, an_entry(stage.contest))
    with pytest.raises(NotPossible) as no_jurors:
        drawn(stage)

    codes = [refusal.value.verdict.code for refusal in (no_entries, no_jurors)]
    assert codes == ["no_entries", "no_jurors"]


def test_a_cancelled_draw_proposes_nothing():
    stage, _jurors = a_drawn_stage()
    draw = drawn(stage)

    actions.discard_draw(draw=draw, by=a_person("Olga"), at=NOON)
    actions.compute_draw(draw=draw, tell=lambda share, doing: None, at=NOON)

    draw.refresh_from_db()
    assert draw.state == DrawState.DISCARDED


def test_a_juror_who_joined_after_the_draw_may_be_put_on_a_seat_by_hand():
    stage, _jurors = a_drawn_stage()
    draw = drawn(stage)
    late = a_juror("Late", contest=stage.contest)

    actions.swap_seat(seat=draw.seats.first(), juror=late, by=a_person("Olga"), at=NOON)

    assert draw.seats.filter(juror=late).get().reason["code"] == "by_hand"
