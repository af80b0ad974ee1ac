"""A rehearsal is everything but real."""

import uuid

import pytest

from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import NOON, appointed
from leitai.rooms.finals import actions, queries
from leitai.rooms.finals.models import PracticeSheet, Result
from leitai.rooms.finals.rules import HeatState
from leitai.rooms.finals.testing import a_heat, a_session, halves, on_stage, scored
from leitai.rooms.finals.tests.test_hall import body
from leitai.rooms.jury.models import Mark, Seal, Sheet
from leitai.rooms.stages.models import Participation
from leitai.rooms.standings.models import Place, Publication, Standing

pytestmark = pytest.mark.django_db

REAL = (Sheet, Mark, Seal, Standing, Place, Participation, Publication, Result)


def everything(heat):
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in REAL}
    return rows | {"Slot": list(heat.slots.values()), "Order": list(heat.orders.values())}


def test_a_whole_rehearsal_changes_nothing_real():
    heat = a_heat()
    by, before = appointed(heat.stage.contest), everything(heat)
    session = a_session(heat, is_rehearsal=True)

    on_stage(session, 1)
    actions.run_clock(session=session, deed="start", by=by, at=NOON)
    scored(session, 10, 12, 14, 16, 18)
    actions.reveal_marks(session=session, by=by, at=NOON)
    actions.reveal_result(session=session, by=by, at=NOON)
    told = body(session)
    actions.freeze(session=session, by=by, at=NOON)
    actions.shuffle_rehearsal(session=session, by=by, at=NOON)
    with pytest.raises(NotPossible) as unseen:
        on_stage(session, 2)
    for seat in heat.seats.all():
        actions.see_order(session=session, version=2, juror=seat.juror, by=seat.juror.user, at=NOON)
    on_stage(session, 2)
    scored(session, 11, 12, 14, 16, 18, order=2)
    actions.show_results(session=session, by=by, at=NOON)
    shown = body(session)
    actions.close_session(session=session, by=by, at=NOON)

    heat.refresh_from_db()
    assert everything(heat) == before
    assert heat.state == HeatState.READY
    assert unseen.value.verdict.code == "order_unseen"
    assert (told["rehearsal"], told["entry"]["code"], told["result"]) == (
        True, "TEST-1", {"mean": "14.00", "place": 1},
    )  # fmt: skip
    assert [line["score"] for line in shown["standing"]] == ["14.00", "14.00"]
    assert PracticeSheet.objects.count() == 10


def test_real_entries_and_made_up_ones_do_not_meet():
    heat = a_heat()
    rehearsal = on_stage(a_session(heat, is_rehearsal=True))
    session = on_stage(a_session(heat))
    seat, by = heat.seats.first(), appointed(heat.stage.contest)

    def give(where, entry):
        return actions.score(
            session=where, juror=seat.juror, entry=entry, order=1, marks=halves(15), seal=True,
            key=uuid.uuid4(), by=seat.juror.user, at=NOON,
        )  # fmt: skip

    real = heat.slots.get(position=1)
    with pytest.raises(NotPossible):
        give(rehearsal, real.entry_id + 10_000)
    with pytest.raises(NotPossible):
        actions.bring_on_stage(session=rehearsal, slot=real, by=by, at=NOON)
    with pytest.raises(NotPossible):
        actions.bring_on_stage(session=session, slot=rehearsal.practice, by=by, at=NOON)
    give(session, real.entry_id)

    assert not PracticeSheet.objects.exists()
    assert len(queries.hall_of(rehearsal).turns) == 4
