"""The cut on real reviews: scales where low is good, steps, panels without a common juror."""

import csv
import os
from decimal import Decimal
from pathlib import Path

import pytest

from leitai.algorithms.calibration import Cut, cut, cut_faults
from leitai.algorithms.formulas import Sheet
from leitai.values.score import Scale


def reviews(name: str) -> list[Sheet]:
    folder = os.environ.get("LEITAI_REAL_DATA")
    if not folder:
        pytest.skip(f"needs {name}: name its folder in LEITAI_REAL_DATA")
    with (Path(folder) / name).open(encoding="utf-8") as file:
        return [
            Sheet(
                entry=int(row["proposal"]),
                juror=int(row["reviewer"]),
                score=Decimal(row["overall"]),
            )
            for row in csv.DictReader(file)
            if row["overall"] not in {"", "NA"}
        ]


def codes(made: Cut) -> set[str]:
    return {note.code for note in made.notes}


def test_grant_reviews_of_an_institute_where_one_is_best():
    sheets = reviews("aibs_reviews.csv")
    scale = Scale(Decimal(1), Decimal(5), Decimal("0.1"), direction="down")

    made = cut(sheets, places=14, scale=scale, seed=1)

    assert cut_faults(made) == []
    assert all(1 <= x.low <= x.score <= x.high <= 5 for x in made.entries)
    assert made.entries[0].score < made.entries[-1].score
    # Jurors alike and few sheets: the order stays close to the plain mean's.
    raw = next(c for c in made.changes if c.formula == "raw_mean")
    assert len(raw.comes_in) <= 2


def test_grant_reviews_whose_panels_share_nobody():
    sheets = reviews("nih_reviews.csv")
    scale = Scale(Decimal(1), Decimal(9), direction="down")

    made = cut(sheets, places=200, scale=scale, compare=False, seed=1)

    assert cut_faults(made) == []
    assert {"cannot_be_compared", "loads_too_small"} <= codes(made)
    assert made.calibration.n_parts > 100
    # With 1.3 reviews a reviewer nothing may be read into how they use the scale.
    assert made.calibration.scale_spread.value < 0.05
    assert made.calibration.equal_noise > 0.5
