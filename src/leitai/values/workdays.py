"""Working days: weekends, public holidays, and the weekend days that are worked for them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "calendars"
SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of one country that differ from the plain week."""

    off: frozenset[date]
    on: frozenset[date]
    every_year: frozenset[tuple[int, int]]
    """(month, day): holidays by law, where a year's own arrangement is not known."""
    years: frozenset[int]
    """Those whose arrangement is known."""

    def is_working(self, day: date) -> bool:
        if day in self.on:
            return True
        if day in self.off or day.weekday() >= SATURDAY:
            return False
        return day.year in self.years or (day.month, day.day) not in self.every_year

    def after(self, day: date, *, working_days: int) -> date:
        """The last of so many working days that follow `day`, which itself does not count.

        >>> china().after(date(2026, 9, 30), working_days=2)
        datetime.date(2026, 10, 9)
        """
        while working_days > 0:
            day += ONE_DAY
            working_days -= self.is_working(day)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days follow `first` up to and with `last`."""
        days = (last - first).days
        return sum(self.is_working(first + n * ONE_DAY) for n in range(1, days + 1))

    def is_known(self, first: date, last: date) -> bool:
        """Whether the arrangement of every year from first to last is known."""
        return set(range(first.year, last.year + 1)) <= self.years


@cache
def china() -> Calendar:
    """Mainland China, from `calendars/cn.json`: a new year is a new entry there."""
    told = _told()
    off: set[date] = set()
    on: set[date] = set()
    for year, days in told["years"].items():
        off |= {date(int(year), m, d) for part in days["off"] for m, d in _days(part)}
        on |= {date(int(year), m, d) for part in days["on"] for m, d in _days(part)}
    return Calendar(
        off=frozenset(off),
        on=frozenset(on),
        every_year=frozenset(day for part in told["every_year"] for day in _days(part)),
        years=frozenset(map(int, told["years"])),
    )


@cache
def china_sources() -> dict[int, str]:
    """By year, the paper that arranged its holidays."""
    return {int(year): days["source"] for year, days in _told()["years"].items()}


def _told() -> Any:
    return json.loads((FOLDER / "cn.json").read_text(encoding="utf-8"))


def _days(part: str) -> Iterator[tuple[int, int]]:
    """ "05-01" is one day, "05-01..05-05" five; counted in a leap year so that 02-29 may be."""
    first, _, last = part.partition("..")
    day, end = (date.fromisoformat(f"2024-{x}") for x in (first, last or first))
    while day <= end:
        yield day.month, day.day
        day += ONE_DAY
