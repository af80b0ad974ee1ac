from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from leitai.values.masking import hide_numbers, mask_name
from leitai.values.money import Money
from leitai.values.score import Scale, publish
from leitai.values.verdict import YES, no
from leitai.values.window import Window

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
HALVES = Scale(Decimal(0), Decimal(10), Decimal("0.5"))
TENTHS_DOWN = Scale(Decimal("1.0"), Decimal("5.0"), Decimal("0.1"), "down")


@given(st.integers(0, 10**12), st.integers(1, 500))
def test_a_split_prize_loses_no_cent(cents, ways):
    parts = [part.cents for part in Money(cents).split(ways)]

    assert sum(parts) == cents
    assert max(parts) - min(parts) <= 1


def test_half_marks_are_on_the_scale_and_quarters_are_not():
    assert Decimal("7.5") in HALVES
    assert Decimal("7.25") not in HALVES
    assert Decimal("10.5") not in HALVES


def test_on_a_scale_that_points_down_one_is_the_best_mark():
    assert TENTHS_DOWN.best == Decimal("1.0")
    assert TENTHS_DOWN.is_better(Decimal("1.2"), Decimal("3.4"))
    assert Decimal("3.7") in TENTHS_DOWN
    assert Decimal("3.75") not in TENTHS_DOWN


def test_published_scores_round_half_up_even_when_computed_as_floats():
    assert publish(2 / 3) == Decimal("0.67")
    assert publish(88.12499999999999) == Decimal("88.13")
    assert publish(Decimal("88.125")) == Decimal("88.13")


def test_verdicts_join_with_and_and_or():
    late = no("late", "Too late.")

    assert (YES and late) is late
    assert (late or YES) is YES


def test_neighbouring_windows_never_overlap():
    first = Window(NOON, NOON + timedelta(hours=1))
    second = Window(first.closes_at, None)

    assert first.closes_at not in first
    assert first.closes_at in second


@given(st.text(min_size=1, max_size=60))
def test_a_masked_name_never_shows_a_long_name_whole(name):
    shown = mask_name(name)

    assert len(name.strip()) < 2 or shown != name.strip() or len(name.split()[0]) == 1


def test_rare_characters_count_as_one():
    assert mask_name("𠮷田明") == "𠮷*明"


def test_phones_and_ids_are_hidden_wherever_they_stand():
    assert "100" not in hide_numbers("电话 10012345678。")
