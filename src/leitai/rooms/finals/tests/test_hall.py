"""A heat from its first cue to its result, and what the board may show on the way."""

from datetime import timedelta
from decimal import Decimal

import pytest

from leitai.foundation.models import Broadcast
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import NOON, appointed
from leitai.rooms.finals import actions, queries
from leitai.rooms.finals.models import Result
from leitai.rooms.finals.testing import a_heat, a_live_stage, a_session, on_stage, scored
from leitai.rooms.standings.models import Standing

pytestmark = pytest.mark.django_db


def body(session, of="board"):
    import json

    return json.loads(Broadcast.objects.get(topic=session.topic(of)).body)


def told(session, *totals, position):
    """An entry pitches, is marked and revealed."""
    by = appointed(session.heat.stage.contest)
    on_stage(session, position)
    scored(session, *totals)
    actions.reveal_result(session=session, by=by, at=NOON)


def test_the_clock_is_right_after_any_reload():
    session = on_stage(a_session())
    by, second = appointed(session.heat.stage.contest), timedelta(seconds=1)
    actions.run_clock(session=session, deed="start", by=by, at=NOON)
    actions.run_clock(session=session, deed="pause", by=by, at=NOON + 100 * second)
    paused = body(session)["clock"]
    actions.run_clock(session=session, deed="start", by=by, at=NOON + 300 * second)
    running = body(session)["clock"]
    actions.run_clock(session=session, deed="next", by=by, at=NOON + 700 * second)

    assert (paused["left"], paused["paused"], paused["phase"]) == (380.0, True, "pitch")
    assert running["started_at"] == (NOON + 200 * second).isoformat()
    assert running["left"] is None
    assert body(session)["clock"] == {
        "phase": "questions", "seconds": 420, "started_at": None, "left": 420.0, "paused": False,
    }  # fmt: skip


def test_marks_stand_on_the_board_when_they_were_revealed_and_not_before():
    session = on_stage(a_session())
    by = appointed(session.heat.stage.contest)
    scored(session, 10, 12, 14, 16, 18)
    sealed = body(session)
    actions.reveal_marks(session=session, by=by, at=NOON)
    one = body(session)
    actions.reveal_marks(session=session, all=True, by=by, at=NOON)
    whole = body(session)
    actions.reveal_result(session=session, by=by, at=NOON)

    assert (sealed["sealed"], sealed["seats"], "marks" in sealed) == (5, 5, False)
    assert one["marks"] == [{"seat": 1, "total": "10"}]
    assert [mark.get("dropped") for mark in whole["marks"]] == ["low", None, None, None, "high"]
    assert "result" not in whole
    assert body(session)["result"] == {"mean": "14.00", "place": 1}


def test_a_frozen_board_shows_nothing_of_what_comes_after():
    session = a_session()
    by = appointed(session.heat.stage.contest)
    told(session, 10, 10, 10, 10, 10, position=1)
    actions.freeze(session=session, by=by, at=NOON)
    on_stage(session, 2)
    scored(session, 19, 19, 19, 19, 19)

    with pytest.raises(NotPossible) as refusal:
        actions.reveal_marks(session=session, by=by, at=NOON)
    actions.show_scene(session=session, scene="standing", by=by, at=NOON)

    text = Broadcast.objects.get(topic=session.topic("public")).body
    assert refusal.value.verdict.code == "frozen"
    assert body(session)["scene"] == "frozen"
    assert [line["score"] for line in body(session)["standing"]] == ["10.00"]
    assert "19" not in text.replace(NOON.isoformat(), "")


def test_a_place_is_told_among_those_who_were_told():
    """Else a third place with two lines would say that somebody hidden is ahead."""
    session = a_session()
    by = appointed(session.heat.stage.contest)
    on_stage(session, 1)
    scored(session, 19, 19, 19, 19, 19)
    told(session, 10, 10, 10, 10, 10, position=2)
    assert body(session)["result"]["place"] == 1

    told(session, 15, 15, 15, 15, 15, position=3)
    actions.show_results(session=session, by=by, at=NOON)

    assert [(r["place"], r["score"]) for r in body(session)["standing"]] == [
        (1, "19.00"), (2, "15.00"), (3, "10.00"),
    ]  # fmt: skip


def test_the_result_is_there_with_the_close_and_a_recount_agrees():
    session = a_session()
    by = appointed(session.heat.stage.contest)
    told(session, 10, 12, 14, 16, 18, position=1)
    told(session, 11, 12, 13, 19, 20, position=2)
    with pytest.raises(NotPossible) as early:
        actions.close_session(session=session, by=by, at=NOON)
    actions.mark_absent(slot=session.heat.slots.get(position=3), why="Ill", by=by, at=NOON)

    result = actions.close_session(session=session, by=by, at=NOON)
    recount = actions.recount(result=result, by=by, at=NOON)

    standing = Standing.objects.get(stage=session.heat.stage)
    placed = standing.places.exclude(rank=None).order_by("rank")
    assert early.value.verdict.code == "not_all_pitched"
    assert [(r["place"], r["score"]) for r in result.rows if r["place"]] == [
        (1, "14.67"), (2, "14.00"),
    ]  # fmt: skip
    assert [p.score for p in placed] == [Decimal("14.67"), Decimal("14.00")]
    assert recount.faults == []


def test_a_recount_sees_a_number_that_is_not_right():
    session = a_session(a_heat(entries=1))
    by = appointed(session.heat.stage.contest)
    told(session, 10, 12, 14, 16, 18, position=1)
    result = actions.close_session(session=session, by=by, at=NOON)
    result.rows[0]["score"] = "14.10"
    result.save()

    assert actions.recount(result=result, by=by, at=NOON).faults == [result.rows[0]["entry"]]


def test_the_chair_settles_a_tie_and_the_standing_follows():
    session = a_session(a_heat(entries=2))
    by = appointed(session.heat.stage.contest)
    told(session, 10, 12, 14, 16, 18, position=1)
    told(session, 10, 12, 14, 16, 18, position=2)
    first, second = session.heat.slots.values_list("entry_id", flat=True)
    assert queries.hall_of(session).tied_places() == [[first, second]]

    actions.talk_tie(heat=session.heat, order=[second, first], why="More proof", by=by, at=NOON)
    result = actions.close_session(session=session, by=by, at=NOON)

    assert [(r["entry"], r["place"]) for r in result.rows] == [(second, 1), (first, 2)]
    assert Standing.objects.get().places.get(rank=1).entry_id == second


def test_a_result_told_stays_and_a_later_one_says_why():
    session = a_session(a_heat(entries=1))
    by = appointed(session.heat.stage.contest)
    told(session, 10, 12, 14, 16, 18, position=1)
    actions.close_session(session=session, by=by, at=NOON)
    actions.reopen_session(session=session, why="A slip", by=by, at=NOON)

    with pytest.raises(NotPossible):
        actions.close_session(session=session, by=by, at=NOON)
    actions.close_session(session=session, why="A slip mended", by=by, at=NOON)

    assert [r.number for r in Result.objects.order_by("number")] == [1, 2]


def test_an_absent_entry_keeps_its_number_and_a_withdrawn_one_its_marks():
    session = a_session()
    by = appointed(session.heat.stage.contest)
    told(session, 10, 12, 14, 16, 18, position=1)
    gone = session.heat.slots.get(position=1)

    actions.mark_absent(slot=session.heat.slots.get(position=2), why="Ill", by=by, at=NOON)
    actions.withdraw(slot=gone, why="Sold", by=by, at=NOON)

    session.refresh_from_db()
    order = [(line["number"], line["state"]) for line in body(session)["order"]]
    assert order == [(1, "withdrawn"), (2, "absent"), (3, "waiting")]
    assert gone.entry.sheets.count() == 5
    assert queries.hall_of(session).standing()[1] == []


def test_a_smaller_jury_than_the_rules_ask_for_needs_a_reason():
    heat = a_heat(entries=1, jurors=4)

    with pytest.raises(NotPossible) as refusal:
        a_session(heat)

    assert refusal.value.verdict.code == "jury_too_small"
    assert a_session(heat, why="One is ill")


def test_the_number_of_queries_does_not_grow(django_assert_num_queries):
    small = a_session(a_heat(entries=1))
    large = a_session(a_heat(a_live_stage("large"), entries=8, jurors=7))
    told(large, 10, 12, 14, 16, 18, 19, 20, position=1)

    for session in (small, large):
        session.refresh_from_db()
        session.heat.stage.contest.edition  # noqa: B018
        with django_assert_num_queries(9):
            queries.hall_of(session)
