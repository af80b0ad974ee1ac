"""The hall for programs."""

import uuid

import pytest

from leitai.rooms.contests.testing import NOON, appointed
from leitai.rooms.finals import actions
from leitai.rooms.finals.testing import a_heat, a_session, halves, on_stage, scored
from leitai.rooms.jury.models import Seal
from leitai.rooms.people.testing import a_person
from leitai.rooms.stages.models import Stage

pytestmark = pytest.mark.django_db


def url(rest):
    return f"/api/finals/{rest}"


def test_everybody_reads_heats_and_draws_their_lots_again(client, django_assert_max_num_queries):
    heat = a_heat(is_ordered=False)
    by = appointed(heat.stage.contest)
    lot = actions.commit_lot(heat=heat, by=by, at=NOON)
    before = client.get(url(f"heats/{heat.pk}/lots/")).json()
    actions.reveal_lot(lot=lot, by=by, at=NOON)

    with django_assert_max_num_queries(12):
        told = client.get(url("haiwan-3/live/heats/")).json()
    (after,) = client.get(url(f"heats/{heat.pk}/lots/")).json()

    assert (before[0]["seed"], before[0]["commitment"]) == ("", lot.commitment)
    assert [turn["code"] for turn in told[0]["order"]] == after["order"]
    assert after["seed"] == lot.seed


def test_a_planned_heat_is_not_there_yet(client):
    heat = a_heat(state="planned")

    assert client.get(url("haiwan-3/live/heats/")).json() == []
    assert client.get(url(f"heats/{heat.pk}/lots/")).status_code in (401, 404)


def test_a_juror_scores_and_nobody_else(client):
    session = on_stage(a_session(a_heat(entries=1)))
    Stage.objects.update(opens_at=None, closes_at=None)
    seat = session.heat.seats.get(number=2)
    said = {
        "person": seat.juror.user_id, "key": str(uuid.uuid4()), "entry": session.slot.entry_id,
        "order": 1, "marks": halves(15), "seal": True,
    }  # fmt: skip
    door = url(f"sessions/{session.pk}/scores/")
    client.force_login(a_person("Nosy"))
    stranger = client.post(door, said, content_type="application/json")
    client.force_login(seat.juror.user)

    done = client.post(door, said, content_type="application/json").json()
    again = client.post(door, said, content_type="application/json").json()
    seen = client.post(
        url(f"sessions/{session.pk}/order/"),
        {"person": seat.juror.user_id, "version": 1}, content_type="application/json",
    )  # fmt: skip
    other = client.post(
        door, {**said, "person": 1, "key": str(uuid.uuid4())}, content_type="application/json"
    )

    assert stranger.status_code == 404
    assert (done["total"], done["is_sealed"], again) == ("15", True, done)
    assert Seal.objects.count() == 1
    assert (seen.status_code, other.status_code) == (200, 409)


def test_a_result_is_told_with_the_board_and_not_before(client):
    session = on_stage(a_session(a_heat(entries=1)))
    heat, by = session.heat, appointed(session.heat.stage.contest)
    scored(session, 10, 12, 14, 16, 18)
    none = client.get(url(f"heats/{heat.pk}/result/")).status_code
    actions.show_results(session=session, by=by, at=NOON)
    actions.close_session(session=session, by=by, at=NOON)

    told = client.get(url(f"heats/{heat.pk}/result/")).json()

    assert none in (401, 404)
    assert [(row["place"], row["score"]) for row in told["rows"]] == [(1, "14.00")]
