"""Calibration against known truth, closed forms, other orders, and abuse."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from leitai.algorithms.calibration import (
    calibrate,
    calibration_faults,
    choice_faults,
    choose,
)
from leitai.algorithms.calibration.chances import adding_up, chance_in
from leitai.algorithms.calibration.choosing import saved
from leitai.algorithms.calibration.sampler import Draws
from leitai.algorithms.tests.juries import Jury, jury


def calibrated(made: Jury, *, cuts: tuple[int, ...] = (6,), seed: int = 1):
    return calibrate(**made.arrays, cuts=cuts, seed=seed)


@st.composite
def odd_juries(draw: st.DrawFn) -> dict:
    """Anything that may come: empty, one juror, equal marks, pairs marked twice, loners."""
    n_entries, n_jurors = draw(st.integers(1, 9)), draw(st.integers(1, 5))
    sheet = st.tuples(
        st.integers(0, n_entries - 1),
        st.integers(0, n_jurors - 1),
        st.one_of(st.just(50.0), st.floats(-1e4, 1e4)),
    )
    rows = draw(st.lists(sheet, max_size=25))
    entry, juror, score = ([row[n] for row in rows] for n in range(3))
    return {
        "entry": np.array(entry, dtype=int),
        "juror": np.array(juror, dtype=int),
        "score": np.array(score, dtype=float),
        "n_entries": n_entries,
        "n_jurors": n_jurors,
    }


@settings(max_examples=25)
@given(odd_juries(), st.integers(0, 2**32))
def test_whatever_comes_the_calibration_has_no_faults(given_, seed):
    cuts = [0, 1, 3, 20]

    made = calibrate(**given_, cuts=cuts, seed=seed)

    assert calibration_faults(made, cuts=cuts) == []


def test_the_same_seed_tells_the_same_and_the_order_of_sheets_does_not_matter():
    made = jury()
    turned = np.random.default_rng(3).permutation(len(made.score))

    one = calibrated(made)
    other = calibrate(
        entry=made.entry[turned],
        juror=made.juror[turned],
        score=made.score[turned],
        n_entries=made.n_entries,
        n_jurors=made.n_jurors,
        cuts=[6],
        seed=1,
    )

    assert np.array_equal(one.quality, other.quality)
    assert np.array_equal(one.p_in, other.p_in)
    assert not np.array_equal(one.quality, calibrated(made, seed=2).quality)


def test_names_do_not_matter():
    made = jury(scale=0.3, uneven=0.3)
    random = np.random.default_rng(5)
    entry_as, juror_as = random.permutation(60), random.permutation(12)

    renamed = calibrate(
        entry=entry_as[made.entry],
        juror=juror_as[made.juror],
        score=made.score,
        n_entries=60,
        n_jurors=12,
        cuts=[6],
        seed=1,
    )

    plain = calibrated(made)
    assert np.abs(renamed.quality[entry_as] - plain.quality).max() < 0.12
    assert np.abs(renamed.p_in[entry_as] - plain.p_in).max() < 0.06


def test_another_unit_changes_the_marks_and_not_the_order():
    made = jury()

    stretched = calibrate(**made.arrays | {"score": 3 * made.score - 40}, cuts=[6], seed=1)

    plain = calibrated(made)
    assert np.allclose(stretched.quality, plain.quality, atol=1e-6)
    assert np.allclose(stretched.score, 3 * plain.score - 40, atol=1e-4)
    assert stretched.unit == pytest.approx(3 * plain.unit)


@settings(max_examples=20)
@given(st.integers(0, 239), st.floats(1, 30), st.integers(0, 3))
def test_a_better_mark_never_lowers_an_entry(sheet, by, seed):
    made = jury(seed=seed)
    better = made.score.copy()
    better[sheet] += by

    raised = calibrate(**made.arrays | {"score": better}, cuts=[6], seed=1)

    entry = made.entry[sheet]
    plain = calibrated(made)
    assert raised.score[entry] > plain.score[entry] - 0.1
    # Against entries that this juror did not see, it never loses.
    unseen = np.setdiff1d(np.arange(60), made.entry[made.juror == made.juror[sheet]])
    gained = raised.quality[entry] - raised.quality[unseen].mean()
    assert gained > plain.quality[entry] - plain.quality[unseen].mean() - 0.03


def test_with_one_juror_the_marks_keep_their_order():
    score = np.array([61.0, 72, 55, 90, 83])

    made = calibrate(
        entry=np.arange(5), juror=np.zeros(5), score=score, n_entries=5, n_jurors=1, cuts=[2],
        seed=1,
    )  # fmt: skip

    assert np.argsort(made.quality).tolist() == np.argsort(score).tolist()


def test_strict_wide_and_rough_jurors_are_found():
    made = jury(entries=400, jurors=20, each=6, severity=0.6, scale=0.35, uneven=0.5, seed=4)

    found = calibrated(made, cuts=(40,))

    marks = [made.score[made.juror == j] for j in range(20)]
    assert np.corrcoef(found.severity.value, [m.mean() for m in marks])[0, 1] > 0.9
    assert found.severity_spread.value == pytest.approx(6, abs=2.5)
    assert found.unit == pytest.approx(10, abs=2.5)
    assert found.equal_noise < 0.01
    raw = np.bincount(made.entry, made.score) / 6
    ours, plain = (kendalltau(x, made.truth).statistic for x in (found.quality, raw))
    assert ours > plain + 0.03


def test_ranges_hold_as_often_as_they_say():
    """Of 90 per cent ranges over many small contests about nine in ten hold the truth."""
    inside = []
    for seed in range(12):
        made = jury(seed=seed, scale=0.2, uneven=0.3)
        found = calibrated(made)
        off = np.abs(found.quality - made.truth) / found.quality_sd
        inside.append(off < 1.645)

    assert np.mean(inside) == pytest.approx(0.9, abs=0.035)


def test_a_juror_who_marks_on_another_scale_is_set_right():
    """One of 40 marks some 60 points below all others: strange, and still consistent."""
    made = jury(entries=100, jurors=40, each=5, severity=0.2, noise=0.5, seed=9)
    low = made.score - 60 * (made.juror == 7)

    found = calibrate(**made.arrays | {"score": low}, cuts=[10], seed=1)

    plain = calibrated(made, cuts=(10,))
    assert found.severity.value[7] == pytest.approx(plain.severity.value[7] - 58.5, abs=5)
    assert kendalltau(found.quality, plain.quality).statistic > 0.93


def test_where_jurors_are_alike_little_is_read_into_them():
    made = jury(entries=200, jurors=10, each=5, severity=0.0)

    found = calibrated(made, cuts=(20,))

    raw = np.bincount(made.entry, made.score)
    assert found.scale_spread.value < 0.08
    assert found.equal_noise > 0.8
    assert kendalltau(found.quality, raw).statistic > 0.95


def test_panels_without_a_common_juror_are_two_parts():
    half = jury(entries=20, jurors=4, each=3)
    made = calibrate(
        entry=np.append(half.entry, half.entry + 20),
        juror=np.append(half.juror, half.juror + 4),
        score=np.append(half.score, half.score - 30),
        n_entries=41,
        n_jurors=8,
        cuts=[10],
        seed=1,
    )

    assert made.n_parts == 3  # two halves, and the entry nobody marked
    assert len(np.unique(made.part[:20])) == len(np.unique(made.part[20:40])) == 1
    assert made.quality_sd[40] == pytest.approx(1, abs=0.05)


def test_chances_are_those_of_counting():
    """Known normals: the chance to be among the best, counted over a million true orders."""
    random = np.random.default_rng(7)
    mean, sd = random.normal(0, 1, 12), random.uniform(0.3, 0.9, 12)
    row = np.tile(mean, (4000, 1)), np.tile(sd, (4000, 1))
    quality = random.normal(*row)
    nobody = np.zeros((4000, 1))
    rest = dict.fromkeys(
        ("severity", "scale", "noise", "base", "typical_scale", "severity_spread",
         "scale_spread", "freedom"), nobody)  # fmt: skip

    found = chance_in(Draws(mean=row[0], sd=row[1], quality=quality, **rest), places=4)

    many = random.normal(mean, sd, (250_000, 12))
    fourth = np.sort(many, axis=1)[:, -4]
    counted = (many >= fourth[:, None]).mean(0)
    assert np.abs(found - counted).max() < 0.006


@given(st.lists(st.floats(0, 1), min_size=2, max_size=30), st.data())
def test_chances_add_up_and_keep_their_order(chances, data):
    places = data.draw(st.integers(1, len(chances) - 1))

    made = adding_up(np.array(chances), places)

    assert made.sum() == pytest.approx(places, abs=1e-6)
    order = np.argsort(chances, kind="stable")
    assert (np.diff(made[order]) >= -1e-9).all()


def test_what_a_review_saves_is_the_mean_of_what_it_would_show():
    random = np.random.default_rng(2)
    off, variance, telling = 0.3, 0.4, 0.7
    s = variance * np.sqrt(telling / (1 + variance * telling))

    played = np.maximum(0, -(off + s * random.standard_normal(400_000))).mean()

    assert saved(np.array(off), np.array(variance), telling) == pytest.approx(played, rel=0.02)


@settings(max_examples=20)
@given(st.integers(0, 5), st.integers(0, 60), st.integers(0, 8), st.integers(0, 2**32))
def test_a_second_round_has_no_faults(seed, budget, room, chance):
    made = jury(entries=20, jurors=6, each=2, seed=seed)
    random = np.random.default_rng(chance)
    given_ = {
        "budget": budget,
        "load_left": random.integers(0, room + 1, 6),
        "allowed": random.random((20, 6)) < 0.8,
    }

    chosen = choose(**made.arrays, cut=4, **given_, seed=1)

    assert choice_faults(chosen, entry=made.entry, juror=made.juror, **given_) == []
    again = choose(**made.arrays, cut=4, **given_, seed=1)
    assert [x.tolist() for x in again] == [x.tolist() for x in chosen]


def test_a_second_round_goes_to_the_line_and_to_telling_jurors():
    made = jury(entries=200, jurors=20, each=3, noise=1.0, uneven=0.5, seed=3)
    found = calibrated(made, cuts=(30,))

    entries, jurors = choose(**made.arrays, cut=30, budget=40, load_left=np.full(20, 10), seed=1)

    assert len(entries) == 40
    assert found.p_in[entries, 0].min() > 0.1
    assert found.p_in[entries, 0].max() < 0.9
    assert found.noise.value[jurors].mean() < np.median(found.noise.value)


def test_bad_sheets_are_refused_with_numbers():
    with pytest.raises(ValueError, match="1 scores are no numbers"):
        calibrate(entry=[0], juror=[0], score=[np.nan], n_entries=1, n_jurors=1, cuts=[], seed=1)
    with pytest.raises(ValueError, match="numbered from 0 to 1"):
        calibrate(entry=[2], juror=[0], score=[1], n_entries=2, n_jurors=1, cuts=[], seed=1)
    with pytest.raises(ValueError, match="2 entries, 1 jurors and 1 scores"):
        calibrate(entry=[0, 1], juror=[0], score=[1], n_entries=2, n_jurors=1, cuts=[], seed=1)
