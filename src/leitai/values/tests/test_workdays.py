"""Working days in China, holidays and worked weekends included."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.values.workdays import china

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 14), True),  # a Saturday worked for the Spring Festival
        (date(2026, 2, 23), False),  # a Monday of the festival
        (date(2026, 2, 24), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
        (date(2025, 10, 8), False),  # National Day and Mid-Autumn together
        (date(2026, 11, 21), False),
        (date(2026, 11, 23), True),
    ],
)
def test_weekends_give_way_to_the_arrangement_of_the_year(day, works):
    assert china().is_working(day) is works


def test_a_notice_of_five_working_days_goes_round_the_national_day():
    assert china().after(date(2026, 9, 29), working_days=5) == date(2026, 10, 12)


def test_five_working_days_of_a_plain_week_end_a_week_later():
    assert china().after(date(2026, 11, 20), working_days=5) == date(2026, 11, 27)


def test_a_year_that_is_not_arranged_yet_says_so():
    assert china().is_known(date(2026, 1, 1), date(2026, 12, 31))
    assert not china().is_known(date(2026, 12, 30), date(2031, 1, 2))
    assert not china().is_working(date(2031, 5, 1))  # by law, whatever the year's arrangement


def test_each_years_worked_weekends_are_weekends_and_its_holidays_are_not_worked():
    assert all(day.weekday() >= 5 for day in china().on)
    assert not china().on & china().off


@given(DAYS, st.integers(1, 30))
def test_counting_there_and_counting_back_agree(day, n):
    last = china().after(day, working_days=n)

    assert china().between(day, last) == n
    assert china().is_working(last)
