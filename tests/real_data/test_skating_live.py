"""The same panels once more, through the hall: entry by entry, juror by juror, confirmed and told.

Each segment is a heat: its performances come on stage in their real starting order, and nine jurors
send their marks of all components as a phone would. A mark of 0.0 stands for an empty chair: that
juror has left the seat. One performance of each competition is replayed, and the segment with the
empty chair; LEITAI_REPLAY=whole replays all 15,526 sheets.
"""

import os
import uuid
from decimal import Decimal

import pandas
import pytest

from leitai.rooms.contests.testing import NOON, a_contest, appointed
from leitai.rooms.finals import actions, queries
from leitai.rooms.finals.models import HallSeat, Heat, Order, Slot
from leitai.rooms.finals.rules import HeatState
from leitai.rooms.finals.testing import live_rules
from leitai.rooms.jury.models import Juror, Sheet
from leitai.rooms.jury.testing import a_juror
from leitai.rooms.stages.testing import a_stage, takes_part
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db

JUDGES = [f"j{n}" for n in range(1, 10)]
CODES = {
    "Composition": "composition", "Performance": "performance", "Skating Skills": "skills",
    "Transitions": "transitions", "Interpretation of the Music": "interpretation",
}  # fmt: skip
MARK = {"high": 10, "step": "0.25"}
CRITERIA = [{"code": code, "name": {"en": name}, **MARK} for name, code in CODES.items()]
EMPTY = ("ISU GP 2016 Progressive Skate America", "PAIRS SHORT PROGRAM")


@pytest.fixture
def rows(real_file):
    rows = pandas.read_csv(real_file("skating_panels.csv"), dtype=str)
    names = rows["component"].str.replace(r"\s*/\s*Timing", "", regex=True)
    rows["code"] = names.map(CODES)
    if os.environ.get("LEITAI_REPLAY") != "whole":
        first = rows.groupby("competition")["performance"].first()
        is_empty = (rows["competition"] == EMPTY[0]) & (rows["segment"] == EMPTY[1])
        rows = rows[rows["performance"].isin(first) | is_empty]
    return rows


def a_segment(stage, jurors, number, part):
    """The heat, its jury, and its entries by performance in the real starting order."""
    heat = Heat.objects.create(
        stage=stage, number=number, state=HeatState.READY, starts_at=NOON, capacity=60
    )
    HallSeat.objects.bulk_create(
        HallSeat(heat=heat, juror=juror, number=n) for n, juror in enumerate(jurors, start=1)
    )
    order = part.astype({"starting_number": int}).sort_values("starting_number")
    entries = {}
    for position, performance in enumerate(order["performance"].drop_duplicates(), start=1):
        entry = an_entry(stage.contest, team_name=performance, captain=appointed(stage.contest))
        takes_part(stage, entry)
        Slot.objects.create(heat=heat, stage=stage, entry=entry, position=position)
        entries[performance] = entry.pk
    Order.objects.create(heat=heat, version=1, entries=list(entries.values()), at=NOON)
    return heat, entries


def replay(heat, entries, part, *, by):
    """Through the doors' own actions; says what the hall made of each component."""
    session = actions.open_session(heat=heat, by=by, at=NOON)
    seats = list(heat.seats.select_related("juror__user"))
    empty = [s for s, j in zip(seats, JUDGES) if (part[j].astype(float) == 0).all()]
    for seat in empty:
        actions.leave_seat(seat=seat, why="An empty chair", by=by, at=NOON)
    for performance, entry in entries.items():
        slot = heat.slots.get(entry=entry)
        actions.bring_on_stage(session=session, slot=slot, by=by, at=NOON)
        actions.open_scoring(session=session, by=by, at=NOON)
        given = part[part["performance"] == performance].set_index("code")
        for seat, judge in zip(seats, JUDGES):
            if seat not in empty:
                actions.score(
                    session=session, juror=seat.juror, entry=entry, order=1, seal=True,
                    marks=dict(given[judge]), key=uuid.uuid4(), by=seat.juror.user, at=NOON,
                )  # fmt: skip
        actions.reveal_result(session=session, by=by, at=NOON)
    result = actions.close_session(session=session, by=by, at=NOON)
    assert actions.recount(result=result, by=by, at=NOON).faults == []
    hall = queries.heat_hall(heat)
    return {code: hall.by_criterion(code) for code in CODES.values()}


def test_every_official_panel_score_comes_out_of_the_hall(rows):
    rules = live_rules(
        panel={"per_entry": 9}, criteria=CRITERIA, tie_breaks=["untrimmed_mean", "chair"]
    )
    stage = a_stage(a_contest("skating", rules=rules))
    by = appointed(stage.contest)
    jurors = [a_juror(judge, contest=stage.contest) for judge in JUDGES]
    wrong, incomplete = {}, {}

    for number, (name, part) in enumerate(rows.groupby(["competition", "segment"]), start=1):
        heat, entries = a_segment(stage, jurors, number, part)
        made = replay(heat, entries, part, by=by)
        for row in part.itertuples():
            score = made[row.code][entries[row.performance]]
            if score != Decimal(row.panel_score):
                wrong[(*name, row.performance, row.component)] = (score, row.panel_score)
            if "0.0" in [getattr(row, judge) for judge in JUDGES]:
                incomplete[name] = incomplete.get(name, 0) + 1

    assert wrong == {}
    assert incomplete == {EMPTY: 40}
    assert rows["competition"].nunique() == 17
    assert Sheet.objects.sealed().count() == rows["performance"].nunique() * 9 - 8
    assert Juror.objects.count() == 9
