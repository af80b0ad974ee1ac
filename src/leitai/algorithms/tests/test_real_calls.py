"""A real call for papers with a generated jury: 926 entries, 120 jurors."""

import csv
import os
import random
from collections import Counter
from pathlib import Path

import pytest

from leitai.algorithms.assignment import EntryNeed, JurorOffer, Rules, Seat, faults, repair, seat

RULES = Rules(k=3, mix={"technical": 2, "investor": 1})


@pytest.fixture(scope="module")
def call() -> tuple[list[EntryNeed], list[JurorOffer], frozenset[Seat]]:
    folder = os.environ.get("LEITAI_REAL_DATA")
    if not folder:
        pytest.skip("needs iclr2018_submissions.csv: name its folder in LEITAI_REAL_DATA")
    with (Path(folder) / "iclr2018_submissions.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    entries = [
        EntryNeed(
            id=row["id"],
            text=row["abstract"],
            tags=frozenset(t.strip() for t in row["keywords"].split(";") if t.strip()),
        )
        for row in rows
    ]
    usual = [tag for tag, _ in Counter(t for e in entries for t in sorted(e.tags)).most_common(150)]
    draw = random.Random(11)
    jurors = [
        JurorOffer(
            id=n,
            kind="technical" if n % 5 < 3 else "investor",
            tags=frozenset(draw.sample(usual, 12)),
            text=draw.choice(entries).text,
            organisation=f"house {draw.randrange(70)}",
            load_min=12,
            load_max=30,
        )
        for n in range(120)
    ]
    conflicts = frozenset(
        Seat(draw.choice(entries).id, draw.choice(jurors).id) for _ in range(1400)
    )
    return entries, jurors, conflicts


@pytest.mark.parametrize("objective", ["sum", "fair"])
def test_the_call_is_seated_at_its_bound_with_every_rule_kept(call, objective):
    entries, jurors, conflicts = call

    plan = seat(entries, jurors, rules=RULES, conflicts=conflicts, objective=objective, seed=1)

    assert faults(plan.seats, entries, jurors, rules=RULES, conflicts=conflicts) == []
    assert len(plan.seats) == 3 * 926
    assert plan.figures.connected
    assert plan.figures.total >= 0.999 * plan.figures.bound


def test_when_three_jurors_leave_few_others_move(call):
    entries, jurors, conflicts = call
    before = seat(entries, jurors, rules=RULES, conflicts=conflicts, seed=1)

    mended = repair(before.seats, entries, jurors[3:], rules=RULES, conflicts=conflicts, seed=1)

    assert faults(mended.plan.seats, entries, jurors[3:], rules=RULES, conflicts=conflicts) == []
    assert {s.juror for s in mended.orphaned} == {0, 1, 2}
    assert len(mended.moved) <= 0.05 * len(before.seats)
    assert mended.loss <= 0.05 * before.figures.total
