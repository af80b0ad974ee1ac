"""From a shortlist to a hall with a jury, an order and a programme."""

import pytest

from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import NOON, appointed
from leitai.rooms.finals import actions
from leitai.rooms.finals.models import Lot
from leitai.rooms.finals.queries import plans
from leitai.rooms.finals.queries.plans import JuryWish
from leitai.rooms.finals.rules import lot as draws
from leitai.rooms.finals.rules.planning import Wish
from leitai.rooms.finals.testing import a_heat, a_live_stage
from leitai.rooms.jury.models import Conflict
from leitai.rooms.jury.testing import a_juror
from leitai.rooms.people.testing import an_organisation
from leitai.rooms.stages.testing import takes_part
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db


def planned(stage, **wish):
    by = appointed(stage.contest)
    asked = Wish(**{"number": 2, **wish})
    seen = plans.plan(stage, asked).digest
    return actions.plan_heats(stage=stage, wish=asked, seen=seen, by=by, at=NOON)


def with_entries(n, stage=None, **fields):
    stage = stage or a_live_stage()
    for _ in range(n):
        takes_part(stage, an_entry(stage.contest, **fields))
    return stage


def test_a_plan_that_was_previewed_is_put_to_work_and_no_other():
    stage = with_entries(5)
    seen = plans.plan(stage, Wish(number=2)).digest
    takes_part(stage, an_entry(stage.contest))
    with pytest.raises(NotPossible) as refusal:
        actions.plan_heats(
            stage=stage, wish=Wish(number=2), seen=seen, by=appointed(stage.contest), at=NOON
        )

    first, second = planned(stage)

    assert refusal.value.verdict.code == "changed"
    assert (first.slots.count(), second.slots.count(), first.name_en) == (3, 3, "MED 1")
    heats = dict(stage.participations.values_list("entry_id", "heat"))
    assert {heats[slot.entry_id] for slot in second.slots.all()} == {2}


def test_a_plan_may_be_made_again_until_lots_are_drawn():
    stage = with_entries(4)
    planned(stage)
    (heat,) = planned(stage, number=1)
    by = appointed(stage.contest)
    actions.commit_lot(heat=heat, by=by, at=NOON)

    with pytest.raises(NotPossible) as refusal:
        planned(stage)

    assert refusal.value.verdict.code == "is_drawn"


def test_the_seed_is_told_by_its_hash_and_then_itself():
    heat = a_heat(is_ordered=False)
    by = appointed(heat.stage.contest)
    lot = actions.commit_lot(heat=heat, by=by, at=NOON)
    before = (lot.commitment, lot.order, lot.revealed_at)

    order = actions.reveal_lot(lot=lot, by=by, at=NOON)
    again = actions.reveal_lot(lot=lot, by=by, at=NOON)

    lot = Lot.objects.get()
    codes = dict(heat.slots.values_list("entry_id", "entry__code"))
    assert before == (draws.commitment(lot.seed), [], None)
    assert draws.faults(
        told=lot.commitment, seed=lot.seed, codes=lot.codes, drawn=lot.order
    ) == []  # fmt: skip
    assert [codes[e] for e in order.entries] == lot.order
    assert [codes[e] for e in heat.slots.values_list("entry_id", flat=True)] == lot.order
    assert again == order


def test_juries_keep_the_rules_and_nobody_sits_where_there_is_a_tie():
    stage = with_entries(4, a_live_stage(panel={"per_entry": 3, "mix": {"investor": 1}}))
    heats = planned(stage)
    house = an_organisation("One house")
    kinds = ["technical", "technical", "investor"] * 3
    jurors = [
        a_juror(f"J{n}", contest=stage.contest, kind=kind, organisation=house if n < 2 else None)
        for n, kind in enumerate(kinds)
    ]
    tied = heats[0].slots.first().entry
    for juror in jurors[2:6]:
        Conflict.objects.create(
            juror=juror, entry=tied, source="declared", ground="personal", at=NOON
        )
    by, wish = appointed(stage.contest), JuryWish()
    seen = plans.jury_plan(stage, wish).digest

    actions.seat_jury(stage=stage, wish=wish, seen=seen, by=by, at=NOON)

    for heat in heats:
        seats = list(heat.seats.select_related("juror"))
        assert len(seats) == 3 and sum(seat.is_chair for seat in seats) == 1
        assert any(seat.juror.kind == "investor" for seat in seats)
        assert sum(seat.juror.organisation_id == house.pk for seat in seats) <= 1
        assert seats[0].reason["code"] in ("strongest", "next", "joined")
    assert not heats[0].seats.filter(juror__in=jurors[2:6]).exists()


def test_too_few_jurors_are_told_in_words():
    stage = with_entries(2)
    planned(stage, number=1)
    a_juror("Only", contest=stage.contest)
    by = appointed(stage.contest)

    with pytest.raises(NotPossible) as refusal:
        actions.seat_jury(stage=stage, wish=JuryWish(), seen="", by=by, at=NOON)

    assert refusal.value.verdict.code == "too_few_jurors"
    assert str(refusal.value.verdict.reason)


def test_an_entry_is_moved_to_a_heat_with_room():
    stage = with_entries(4)
    first, second = planned(stage, capacity=3)
    by, slot = appointed(stage.contest), first.slots.first()

    actions.move_slot(slot=slot, heat=second, by=by, at=NOON)
    with pytest.raises(NotPossible) as full:
        actions.move_slot(slot=first.slots.first(), heat=second, by=by, at=NOON)

    assert (second.slots.count(), slot.position) == (3, 3)
    assert full.value.verdict.code == "over_capacity"
    assert stage.participations.get(entry=slot.entry).heat == 2


def test_the_run_of_show_follows_the_order_and_can_be_changed():
    heat = a_heat(entries=2)
    by = appointed(heat.stage.contest)
    cues = actions.write_show(heat=heat, by=by, at=NOON)
    extra = actions.add_cue(
        heat=heat, fields={"kind": "video", "title_en": "Film", "minutes": 3}, by=by, at=NOON
    )

    actions.move_cue(cue=extra, position=2, by=by, at=NOON)
    actions.remove_cue(cue=cues[0], by=by, at=NOON)

    assert [(c.position, c.kind) for c in heat.cues.all()] == [
        (1, "video"), (2, "pitch"), (3, "pitch"), (4, "awards"),
    ]  # fmt: skip


def test_a_beginning_at_night_is_marked():
    stage = with_entries(1, country="FR")
    with_entries(1, stage)
    (heat,) = planned(stage, number=1)
    by = appointed(stage.contest)

    actions.change_heat(heat=heat, fields={"starts_at": NOON.replace(hour=2)}, by=by, at=NOON)

    late = [slot.is_out_of_hours for slot in heat.slots.order_by("entry__code")]
    assert (heat.time_zone, late) == ("Asia/Shanghai", [True, False])
