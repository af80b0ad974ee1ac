"""Time zones people choose from, by a city whose name they know."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

CITIES: dict[str, Any] = {
    "Asia/Shanghai": _("Shanghai"), "Asia/Singapore": _("Singapore"), "Asia/Tokyo": _("Tokyo"),
    "Asia/Kolkata": _("Delhi"), "Asia/Dubai": _("Dubai"), "Asia/Jerusalem": _("Jerusalem"),
    "Europe/Moscow": _("Moscow"), "Europe/Berlin": _("Berlin"), "Europe/Paris": _("Paris"),
    "Europe/London": _("London"), "Europe/Dublin": _("Dublin"),
    "Africa/Johannesburg": _("Cape Town"), "Africa/Nairobi": _("Nairobi"),
    "America/Sao_Paulo": _("São Paulo"), "America/New_York": _("New York"),
    "America/Chicago": _("Chicago"), "America/Los_Angeles": _("Los Angeles"),
    "Australia/Sydney": _("Sydney"), "UTC": "UTC",
}  # fmt: skip


def city(zone: str) -> Any:
    """Its name as people say it; a zone we have no word for keeps its own.

    >>> city("Pacific/Auckland")
    'Auckland'
    """
    return CITIES.get(zone) or zone.rsplit("/", 1)[-1].replace("_", " ")


def offset(at: datetime, zone: str) -> str:
    """>>> offset(datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC")), "Asia/Kolkata")
    'UTC+5:30'
    """
    away = at.astimezone(ZoneInfo(zone)).utcoffset()
    minutes = int(away.total_seconds() // 60) if away else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "−"
    return f"UTC{sign}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"
