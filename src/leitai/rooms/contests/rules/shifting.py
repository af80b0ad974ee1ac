"""A rule set of next year: the same windows on the same weekdays."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from leitai.rooms.contests.rules.schema import Rules, Span

A_YEAR_OF_WEEKS = 364


def shift(rules: Rules, *, days: int = A_YEAR_OF_WEEKS, time_zone: str) -> Rules:
    """Move every window by whole days on the edition's own clock, summer time or not."""
    entry = rules.entry.model_copy(update={"span": later(rules.entry.span, days, time_zone)})
    stages = tuple(
        stage.model_copy(update={"span": later(stage.span, days, time_zone)})
        for stage in rules.stages
    )
    return rules.model_copy(update={"entry": entry, "stages": stages})


def later(span: Span, days: int, time_zone: str) -> Span:
    return Span(
        opens_at=moved(span.opens_at, days, time_zone),
        closes_at=moved(span.closes_at, days, time_zone),
    )


def moved(at: datetime | None, days: int, time_zone: str) -> datetime | None:
    """Arithmetic within one zone is arithmetic on the wall clock."""
    return at and at.astimezone(ZoneInfo(time_zone)) + timedelta(days=days)
