"""Teams that join from afar pitch when it is day where they are, as far as the order allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import numpy as np
from scipy.optimize import linear_sum_assignment

FROM, UNTIL = 8, 22  # o'clock, where the team is


def is_zone(name: str) -> bool:
    return name in available_timezones()


def is_day(at: datetime, zone: str, *, lasting: timedelta = timedelta(0)) -> bool:
    """From 08:00 to 22:00 on that clock, to the end of the turn.

    >>> from datetime import UTC
    >>> is_day(datetime(2026, 5, 4, 6, tzinfo=UTC), "Europe/Paris")
    True
    >>> is_day(datetime(2026, 5, 4, 1, tzinfo=UTC), "Europe/Paris")
    False
    """
    begins = at.astimezone(ZoneInfo(zone))
    ends = (at + lasting).astimezone(ZoneInfo(zone))
    closing = begins.replace(hour=UNTIL, minute=0, second=0, microsecond=0)
    return begins.hour >= FROM and begins <= closing and ends <= closing


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """An order, who was moved for the clock's sake, and who pitches out of hours all the same."""

    order: tuple[int, ...]
    moved: tuple[int, ...] = ()
    out_of_hours: tuple[int, ...] = ()


def fit(
    order: Sequence[int], *, zones: Mapping[int, str], starts: Sequence[datetime],
    lasting: timedelta,
) -> Fitted:  # fmt: skip
    """The order with as few out of hours as possible, and then as near to the drawn one as can be.

    `starts` are the beginnings of the turns, `zones` those of teams from afar.
    """
    n = len(order)
    if not n or not any(e in zones for e in order):
        return Fitted(order=tuple(order))
    fits = np.ones((n, n), dtype=bool)
    for row, entry in enumerate(order):
        if entry in zones:
            fits[row] = [is_day(at, zones[entry], lasting=lasting) for at in starts[:n]]
    away = np.abs(np.subtract.outer(np.arange(n), np.arange(n))).astype(float)
    cost = away**2 + np.where(fits, 0.0, float(n**3 + 1))
    rows, places = linear_sum_assignment(cost)
    at_place = {int(p): order[int(r)] for r, p in zip(rows, places)}
    made = tuple(at_place[p] for p in range(n))
    late = tuple(order[int(r)] for r, p in zip(rows, places) if not fits[r, p])
    return Fitted(
        order=made, moved=tuple(e for e, was in zip(made, order) if e != was), out_of_hours=late
    )


def at_night(
    order: Sequence[int], *, zones: Mapping[int, str], starts: Sequence[datetime],
    lasting: timedelta,
) -> tuple[int, ...]:  # fmt: skip
    """Who would pitch out of hours in this order as it is."""
    turns = zip(order, starts)
    return tuple(e for e, at in turns if e in zones and not is_day(at, zones[e], lasting=lasting))


ZONES: Mapping[str, str] = {
    "AE": "Asia/Dubai", "AU": "Australia/Sydney", "BR": "America/Sao_Paulo",
    "CA": "America/Toronto", "CH": "Europe/Zurich", "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen", "EG": "Africa/Cairo", "ES": "Europe/Madrid",
    "FI": "Europe/Helsinki", "FR": "Europe/Paris", "GB": "Europe/London",
    "ID": "Asia/Jakarta", "IE": "Europe/Dublin", "IL": "Asia/Jerusalem", "IN": "Asia/Kolkata",
    "IT": "Europe/Rome", "JP": "Asia/Tokyo", "KE": "Africa/Nairobi", "KR": "Asia/Seoul",
    "NL": "Europe/Amsterdam", "NO": "Europe/Oslo", "NZ": "Pacific/Auckland",
    "PL": "Europe/Warsaw", "PT": "Europe/Lisbon", "RU": "Europe/Moscow", "SE": "Europe/Stockholm",
    "SG": "Asia/Singapore", "TH": "Asia/Bangkok", "US": "America/New_York",
    "VN": "Asia/Ho_Chi_Minh", "ZA": "Africa/Johannesburg",
}  # fmt: skip


def zone_of(country: str) -> str:
    """A first guess, by the country's capital of business; empty where there is none to make.

    >>> zone_of("FR"), zone_of("CN")
    ('Europe/Paris', '')
    """
    return ZONES.get(country, "")
