"""Some entries are read once more: a whole band, or those where one more review tells most."""

import pytest
from django.urls import reverse

from leitai.foundation.models import Letter
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, a_contest, appointed, some_rules
from leitai.rooms.jury import actions, queries
from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.rules import DrawState, SheetState
from leitai.rooms.jury.testing import a_juror, a_jury, sealed
from leitai.rooms.people.models import Organisation
from leitai.rooms.people.testing import a_person
from leitai.rooms.stages.rules import State as StageState
from leitai.rooms.stages.testing import a_stage
from leitai.rooms.submissions.models import Entry

pytestmark = pytest.mark.django_db
OLGA = {"at": NOON, "seed": 7}


@pytest.fixture
def stage():
    """Six entries, the earlier the better, each marked by three of eight jurors."""
    panel = {"per_entry": 3, "mix": {"technical": 1, "investor": 1}, "load_max": 6}
    rules = some_rules(stage={"panel": panel, "quota": {"total": 2}, "band_factor": "2"})
    stage = a_stage(a_contest(rules=rules), state=StageState.OPEN)
    a_jury(stage, entries=6, jurors=8)
    draw = actions.start_draw(stage=stage, by=a_person("Olga"), **OLGA)
    actions.deploy_draw(draw=draw, by=a_person("Olga"), at=NOON)
    for sheet in Sheet.objects.select_related("entry", "juror__user", "stage"):
        mark = 9 - int(sheet.entry.code[-1])
        sealed(sheet, mark, mark + sheet.juror_id % 2)
    Letter.objects.all().delete()
    return stage


def ranks(n):
    return {entry.pk: rank for rank, entry in enumerate(Entry.objects.order_by("code")[:n], 1)}


def band(stage, *, n=4, each=1):
    return actions.look_at_band(stage=stage, ranks=ranks(n), each=each, by=a_person("Olga"), **OLGA)


def telling(stage, budget=5):
    return actions.look_where_telling(
        stage=stage, budget=budget, places={"": 2}, by_group=False, by=a_person("Olga"), **OLGA
    )


def panels():
    found = {}
    for entry, juror in Sheet.objects.standing().values_list("entry", "juror"):
        found.setdefault(entry, []).append(juror)
    return found


def test_each_entry_of_the_band_gets_a_juror_who_has_not_seen_it(stage):
    before = panels()

    draw = band(stage)

    seats = list(draw.seats.values_list("entry", "juror"))
    assert (draw.state, draw.figures["seats"]) == (DrawState.PROPOSED, 4)
    assert {entry for entry, _juror in seats} == set(ranks(4))
    assert not [juror for entry, juror in seats if juror in before[entry]]
    assert [s.reason["rank"] for s in draw.seats.order_by("entry__code")] == [1, 2, 3, 4]
    assert panels() == before


def test_a_whole_second_panel_has_the_kinds_the_rules_ask_for(stage):
    draw = band(stage, n=2, each=3)

    for entry in ranks(2):
        kinds = {seat.juror.kind for seat in draw.seats.filter(entry=entry)}
        assert kinds == {"technical", "investor"}


def test_deploying_adds_sheets_leaves_the_others_and_tells_each_new_juror_once(stage):
    before = panels()
    draw = band(stage)

    actions.deploy_draw(draw=draw, by=a_person("Olga"), at=NOON)

    new = Sheet.objects.open()
    assert new.count() == 4
    assert all(
        set(before[entry]) < set(now) for entry, now in panels().items() if entry in ranks(4)
    )
    assert not [s for s in new if {"rank", "chance"} & s.reason.keys()]
    letters = Letter.objects.values_list("to", "subject")
    assert {to for to, _ in letters} == {s.juror.email for s in new}
    assert len(letters) == len({s.juror_id for s in new})


def test_a_budget_goes_to_entries_near_the_line_and_never_twice_to_one_juror(stage):
    before = panels()

    draw = telling(stage)

    seats = [(s.entry_id, s.juror_id) for s in draw.seats.all()]
    assert len(set(seats)) == draw.figures["seats"] == 5
    assert not [juror for entry, juror in seats if juror in before[entry]]
    assert all(0 <= s.reason["chance"] <= 100 for s in draw.seats.all())
    assert queries.seating_of(draw).faults(queries.seating_of(draw).of_draw(draw)) == []


def test_conflicts_and_colleagues_and_full_piles_are_left_out_of_both_ways(stage):
    house = Organisation.objects.create(name_zh="甲", key="jia")
    entry = Entry.objects.order_by("code").first()
    panel = panels()[entry.pk]
    free = list(stage.contest.jurors.exclude(pk__in=panel).order_by("pk"))
    tied, colleague, full = free[:3]
    stage.contest.jurors.filter(pk__in=[panel[0], colleague.pk]).update(organisation=house)
    actions.declare_conflict(juror=tied, entry=entry, ground="other", by=tied.user, at=NOON)
    stage.contest.jurors.filter(pk=full.pk).update(load_max=full.sheets.count())

    for draw in (band(stage, n=1, each=2), telling(stage, budget=9)):
        seated = set(draw.seats.filter(entry=entry).values_list("juror", flat=True))
        assert not seated & {tied.pk, colleague.pk, full.pk, *panel}
        assert not draw.seats.filter(juror=full).exists()


def test_more_than_jurors_can_carry_is_refused_in_numbers(stage):
    with pytest.raises(NotPossible) as refusal:
        band(stage, n=6, each=9)

    assert refusal.value.verdict.code == "no_room"
    assert "54" in str(refusal.value.verdict.reason)


def test_a_juror_who_recused_meanwhile_makes_the_proposal_void(stage):
    draw = band(stage)
    seat = draw.seats.first()
    actions.declare_conflict(
        juror=seat.juror, entry=seat.entry, ground="other", by=seat.juror.user, at=NOON
    )

    with pytest.raises(NotPossible) as refusal:
        actions.deploy_draw(draw=draw, by=a_person("Olga"), at=NOON)

    assert refusal.value.verdict.code == "out_of_date"


def test_a_second_look_may_be_thrown_away_and_leaves_nothing(stage):
    before = panels()

    actions.discard_draw(draw=band(stage), by=a_person("Olga"), at=NOON)

    assert panels() == before
    assert not Letter.objects.exists()


def test_progress_and_what_is_missing_count_the_sheets_asked_for_on_top(stage):
    actions.deploy_draw(draw=band(stage), by=a_person("Olga"), at=NOON)

    progress = queries.progress(stage)

    assert (progress.wanted, progress.sealed, progress.complete) == (22, 18, 2)
    assert [(m.sealed, m.open, m.wanted) for m in queries.missing(stage)] == [(3, 1, 4)] * 4


def test_when_a_new_juror_of_a_second_look_leaves_a_repair_fills_the_seat(stage):
    actions.deploy_draw(draw=band(stage), by=a_person("Olga"), at=NOON)
    sheet = Sheet.objects.open().first()
    a_juror("Late", contest=stage.contest, kind=sheet.juror.kind)
    actions.leave_jury(juror=sheet.juror, by=a_person("Olga"), at=NOON)

    draw = actions.start_draw(stage=stage, by=a_person("Olga"), keeps_seats=True, **OLGA)
    actions.deploy_draw(draw=draw, by=a_person("Olga"), at=NOON)

    assert sorted(len(panel) for panel in panels().values()) == [3, 3, 4, 4, 4, 4]
    sheet.refresh_from_db()
    assert sheet.state == SheetState.RECALLED


def test_a_seat_of_a_second_look_is_changed_by_hand_within_the_rules(stage):
    draw = band(stage)
    seat = draw.seats.first()
    panel = {*panels()[seat.entry_id], seat.juror_id}
    outside = stage.contest.jurors.exclude(pk__in=panel).first()
    inside = stage.contest.jurors.get(pk=panels()[seat.entry_id][0])

    with pytest.raises(NotPossible):
        actions.swap_seat(seat=seat, juror=inside, by=a_person("Olga"), at=NOON)
    seat.refresh_from_db()
    actions.swap_seat(seat=seat, juror=outside, by=a_person("Olga"), at=NOON)

    assert seat.juror == outside


def test_who_sees_no_scores_does_not_see_who_is_near_the_line(stage, client):
    page = reverse("jury:draw", args=[telling(stage).pk])

    client.force_login(appointed(stage.contest, Role.SECRETARIAT))
    assert client.get(page).status_code == 403
    client.force_login(appointed(stage.contest))
    assert client.get(page).status_code == 200
