"""8,630 official scores of figure skating: nine judges, the highest and the lowest mark dropped."""

from collections import Counter
from decimal import Decimal

import pandas
import pytest

from leitai.rooms.contests.rules import StageRule
from leitai.rooms.standings.rules import EntryIn, SheetIn, places, reckon

JUDGES = [f"j{n}" for n in range(1, 10)]


@pytest.fixture(scope="module")
def rows(real_file):
    return pandas.read_csv(real_file("skating_panels.csv"), dtype=str)


def panel_scores(rows):
    """The score of each row, reckoned as an entry of its own; 0.0 stands for an empty chair."""
    rule = StageRule.model_validate(
        {"code": "panel", "name": {"en": "Panel"}, "formula": "drop_high_low", "places": 2,
         "panel": {"per_entry": 9},
         "criteria": [{"code": "mark", "name": {"en": "Mark"}, "high": 10, "step": "0.25"}]}
    )  # fmt: skip
    sheets = [
        SheetIn(entry=row.Index, juror=n, marks={"mark": Decimal(mark)})
        for row in rows.itertuples()
        for n, mark in enumerate(getattr(row, judge) for judge in JUDGES)
        if Decimal(mark)
    ]
    entries = {i: EntryIn("") for i in rows.index}
    made = places(reckon(rule, sheets=sheets, entries=entries), entries=entries, digits=2)
    return {place.entry: (place.score, place.sheets) for place in made}


def test_every_official_score_is_reproduced(rows):
    wrong = {
        (row.competition, row.performance, component): (scores[row.Index], row.panel_score)
        for component, part in rows.groupby("component")
        for scores in [panel_scores(part)]
        for row in part.itertuples()
        if scores[row.Index][0] != Decimal(row.panel_score)
    }

    assert len(rows) == 8630
    assert wrong == {}


def test_the_rows_with_an_empty_chair_are_these(rows):
    """One judge of one segment gave no marks; official scores there are made of eight."""
    empty = rows[(rows[JUDGES].astype(float) == 0).any(axis=1)]

    assert Counter(zip(empty["competition"], empty["segment"])) == {
        ("ISU GP 2016 Progressive Skate America", "PAIRS SHORT PROGRAM"): 40
    }
    assert {sheets for _score, sheets in panel_scores(empty).values()} == {8}
