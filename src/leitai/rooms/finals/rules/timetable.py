"""When each point of the run of show is due, as far as one can say before the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A point and how long it takes; `entry` where somebody pitches."""

    minutes: int
    entry: int | None = None


def due(parts: Sequence[Part], *, starts_at: datetime | None) -> list[datetime | None]:
    """When each part begins; nothing is known without a beginning.

    >>> from datetime import UTC
    >>> nine = datetime(2026, 5, 4, 9, tzinfo=UTC)
    >>> [f"{at:%H:%M}" for at in due([Part(minutes=5), Part(minutes=15)], starts_at=nine)]
    ['09:00', '09:05']
    """
    if starts_at is None:
        return [None] * len(parts)
    told, at = [], starts_at
    for part in parts:
        told.append(at)
        at += timedelta(minutes=part.minutes)
    return told


def ends(parts: Sequence[Part], *, starts_at: datetime | None) -> datetime | None:
    length = timedelta(minutes=sum(part.minutes for part in parts))
    return None if starts_at is None else starts_at + length


def turns(
    order: Sequence[int], parts: Sequence[Part], *, starts_at: datetime | None, turn_minutes: int
) -> dict[int, datetime]:
    """When each entry goes on stage: by the run of show where it names the entry, else one turn
    after the other."""
    if starts_at is None:
        return {}
    turn = timedelta(minutes=turn_minutes)
    plain = {entry: starts_at + turn * n for n, entry in enumerate(order)}
    shown = {
        part.entry: at
        for part, at in zip(parts, due(parts, starts_at=starts_at))
        if part.entry is not None and at is not None
    }
    return plain | {entry: at for entry, at in shown.items() if entry in plain}
