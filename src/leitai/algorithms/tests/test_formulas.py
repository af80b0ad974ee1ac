"""Formulas against numpy and the statistics module, against real panels, and against abuse."""

import csv
import os
import statistics
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.algorithms.formulas import (
    FORMULAS,
    MissingMark,
    NotComparable,
    Sheet,
    drop_extremes,
    juror_min_max,
    juror_z,
    median,
    not_comparable,
    raw_mean,
    total,
    trimmed_mean,
)
from leitai.algorithms.ranking import rank
from leitai.values.score import publish

marks = st.decimals(0, 100, places=1)


def sheet(entry: int, juror: int, score: object) -> Sheet:
    return Sheet(entry=entry, juror=juror, score=Decimal(str(score)))


@st.composite
def juries(draw: st.DrawFn) -> list[Sheet]:
    """Every juror sees every entry, so everything can be compared."""
    entries, jurors = draw(st.integers(8, 12)), draw(st.integers(1, 6))
    return [
        Sheet(entry=e, juror=j, score=draw(marks)) for e in range(entries) for j in range(jurors)
    ]


def by_entry(sheets: list[Sheet]) -> dict[int, list[float]]:
    panels = defaultdict(list)
    for one in sheets:
        panels[one.entry].append(float(one.score))
    return panels


@given(juries())
def test_the_plain_formulas_agree_with_statistics(sheets):
    for entry, given_ in by_entry(sheets).items():
        given_.sort()
        kept = given_[1:-1] if len(given_) >= 4 else given_
        expected = {
            raw_mean: statistics.fmean(given_),
            median: statistics.median(given_),
            drop_extremes: statistics.fmean(kept),
        }
        for formula, value in expected.items():
            assert float(formula(sheets).values[entry]) == pytest.approx(value, abs=1e-9)


@given(juries())
def test_z_agrees_with_numpy(sheets):
    jurors = 1 + max(s.juror for s in sheets)
    table = np.array([float(s.score) for s in sheets]).reshape(-1, jurors)
    spread = table.std(axis=0)
    constant = np.ptp(table, axis=0) == 0
    centred = table - table.mean(axis=0)
    z = np.where(constant, 0, centred / np.where(constant, 1, spread)).mean(axis=1)

    found = juror_z(sheets).values

    assert [float(found[e]) for e in range(len(table))] == pytest.approx(z, abs=1e-9)


@given(juries(), st.randoms(use_true_random=False))
def test_the_order_of_the_sheets_changes_nothing(sheets, random):
    shuffled = random.sample(sheets, len(sheets))

    for formula in FORMULAS.values():
        assert formula(shuffled) == formula(sheets)


@given(juries(), st.integers(0, 7), st.decimals(0, 50, places=1))
def test_a_higher_mark_never_lowers_a_plain_score(sheets, position, more):
    lucky = sheets[position]
    raised = [
        Sheet(entry=s.entry, juror=s.juror, score=s.score + more) if s == lucky else s
        for s in sheets
    ]

    for formula in (raw_mean, median, drop_extremes, trimmed_mean):
        before, after = formula(sheets).values, formula(raised).values
        assert after[lucky.entry] >= before[lucky.entry]
        assert {e: v for e, v in after.items() if e != lucky.entry} == {
            e: v for e, v in before.items() if e != lucky.entry
        }


def test_means_are_exact():
    sheets = [sheet(1, j, score) for j, score in enumerate(("0.1", "0.2", "0.3"))]

    assert raw_mean(sheets).values == {1: Decimal("0.2")}


def test_dropping_takes_one_of_several_equal_extremes():
    sheets = [sheet(1, j, score) for j, score in enumerate((90, 90, 80, 70, 70))]

    score = drop_extremes(sheets).scores[1]

    assert score.value == Decimal(80)
    assert len(score.left_out) == 2
    assert score.sheets == 5


def test_a_panel_too_small_to_drop_keeps_all_and_says_so():
    score = drop_extremes([sheet(1, 1, 60), sheet(1, 2, 90)], smallest=3).scores[1]

    assert score.value == Decimal(75)
    assert str(score.note) == "Only 2 marks, fewer than 3: all count."


def test_dropping_from_three_leaves_the_middle():
    sheets = [sheet(1, j, score) for j, score in enumerate((60, 90, 71))]

    assert drop_extremes(sheets, smallest=3).values == {1: Decimal(71)}
    assert drop_extremes(sheets, smallest=4).scores[1].note is not None


def test_dropping_from_two_is_refused():
    with pytest.raises(ValueError, match="leaves none"):
        drop_extremes([], smallest=2)


def test_a_trim_of_a_fifth_takes_one_of_five_at_each_end():
    sheets = [sheet(1, j, score) for j, score in enumerate((10, 50, 60, 70, 100))]

    assert trimmed_mean(sheets).values == {1: Decimal(60)}
    assert trimmed_mean(sheets, share=Decimal(0)).values == {1: Decimal(58)}


def test_min_max_stretches_each_juror_and_leaves_constant_ones_in_the_middle():
    strict = [sheet(e, 1, 40 + e) for e in range(8)]
    same = [sheet(e, 2, 80) for e in range(8)]

    found = juror_min_max([*strict, *same]).values

    assert found[0] == Decimal("0.25")
    assert found[7] == Decimal("0.75")


def test_juries_without_a_common_juror_are_not_compared():
    sheets = [sheet(e, j, 50 + e) for e in range(10) for j in (1, 2)]
    sheets += [sheet(e, j, 50 + e) for e in range(10, 18) for j in (3, 4)]

    with pytest.raises(NotComparable) as refusal:
        juror_z(sheets)

    (note,) = refusal.value.notes
    assert note.code == "not_connected"
    assert note.params == {"parts": 2, "sizes": "10/2, 8/2"}


def test_jurors_with_few_sheets_are_counted_in_the_refusal():
    sheets = [sheet(e, 1, 50 + e) for e in range(9)] + [sheet(e, 2, 50) for e in range(7)]

    (note,) = not_comparable(sheets)

    assert note.code == "too_few_sheets"
    assert note.params == {"short": 1, "jurors": 2, "least": 8, "fewest": 7}
    assert not_comparable(sheets, least=7) == ()


def test_no_sheets_are_no_ground_for_comparison():
    assert not_comparable([])[0].code == "no_sheets"


def test_two_sheets_of_one_juror_are_refused():
    with pytest.raises(ValueError, match="two sheets"):
        raw_mean([sheet(1, 1, 50), sheet(1, 1, 60)])


def test_a_scale_where_low_is_good_stays_that_way():
    sheets = [sheet(e, j, 1 + e) for e in range(8) for j in range(2)]

    found = juror_z(sheets, better="down")

    assert found.better == "down"
    assert min(found.values, key=found.values.get) == 0


def test_z_may_be_printed_around_fifty():
    sheets = [sheet(e, 1, e) for e in range(8)]

    plain, printed = juror_z(sheets), juror_z(sheets, centre=Decimal(50), spread=Decimal(10))

    assert printed.values[3] == 50 + 10 * plain.values[3]


def test_criteria_become_a_weighted_mean_or_a_sum():
    given_ = {"technology": Decimal(80), "market": Decimal(60)}
    weights = {"technology": Decimal(30), "market": Decimal(10)}

    assert total(given_, weights=weights) == Decimal(75)
    assert total(given_, weights=dict.fromkeys(given_, Decimal(1)), how="sum") == Decimal(140)


def test_a_blank_criterion_is_refused_or_left_out_of_the_mean():
    given_ = {"technology": Decimal(80), "market": None}
    weights = {"technology": Decimal(1), "market": Decimal(1)}

    with pytest.raises(MissingMark, match="market"):
        total(given_, weights=weights)
    with pytest.raises(MissingMark):
        total(given_, weights=weights, how="sum", missing="skip")
    assert total(given_, weights=weights, missing="skip") == Decimal(80)


@given(juries())
@settings(max_examples=20)
def test_every_formula_tells_its_rule(sheets):
    for formula in FORMULAS.values():
        told = str(formula(sheets).rule)
        assert told.endswith(".")
        assert "{" not in told


def real(name: str) -> Path:
    folder = os.environ.get("LEITAI_REAL_DATA")
    if not folder or not (Path(folder) / name).exists():
        pytest.skip(f"needs {name}: name its folder in LEITAI_REAL_DATA")
    return Path(folder) / name


def test_official_skating_panels_are_recomputed_to_two_decimals():
    """All 8,630 of them, once a judge is told from a zero: in one segment of 40 rows the ninth
    judge was away and stands in the file as 0.0, which no judge can give.
    """
    rows = list(csv.DictReader(real("skating_panels.csv").open(encoding="utf-8")))
    sheets = [
        sheet(number, j, row[f"j{j}"])
        for number, row in enumerate(rows)
        for j in range(1, 10)
        if Decimal(row[f"j{j}"])
    ]

    found = drop_extremes(sheets).values

    official = {n: Decimal(row["panel_score"]) for n, row in enumerate(rows)}
    assert len(official) == 8630
    assert len(sheets) == 9 * 8630 - 40
    assert {n: publish(score) for n, score in found.items()} == official


def test_grant_reviews_where_low_is_good_match_pandas():
    pandas = pytest.importorskip("pandas")
    table = pandas.read_csv(real("aibs_reviews.csv"))
    sheets = [
        sheet(int(p), int(r), s)
        for p, r, s in zip(table.proposal, table.reviewer, table.overall, strict=True)
    ]

    found = raw_mean(sheets, better="down")

    expected = table.groupby("proposal").overall.mean()
    assert len(found.scores) == 72
    for proposal, mean in expected.items():
        assert float(found.values[proposal]) == pytest.approx(mean, abs=1e-12)
    assert publish(found.values[10]) == Decimal("2.50")
    places = rank({e: publish(v) for e, v in found.values.items()}, better=found.better)
    published = expected.map(lambda mean: float(publish(Decimal(str(round(mean, 10))))))
    by_pandas = published.rank(method="min").astype(int)
    assert {p.entry: p.place for p in places.places} == by_pandas.to_dict()
    with pytest.raises(NotComparable):
        juror_z(sheets, better="down")
