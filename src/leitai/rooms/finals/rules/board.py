"""What may be shown on the board and on the public's phones, from everything that is known.

One function makes the body that is sent to all watchers. What is not to be seen yet is not in it:
nothing is hidden by a flag, nothing is there "for later". Marks are there once they were revealed,
standings hold only entries whose results were revealed, and a frozen board stays as it was frozen.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from leitai.rooms.finals.rules.clock import Clock
from leitai.rooms.finals.rules.states import Scene

Body = dict[str, Any]
Both = dict[str, str]  # {"zh", "en"}
WITH_STANDING = frozenset({Scene.MARKS, Scene.STANDING, Scene.FROZEN, Scene.RESULTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An entry as everybody may know it."""

    id: int
    number: int
    code: str
    title: Both
    team: Both
    state: str = ""
    picture: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A juror's confirmed total of the entry on stage."""

    seat: int
    total: Decimal
    name: str = ""  # empty where the rules keep names to themselves


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A line of the standing; `is_told`: its result was revealed."""

    id: int
    place: int | None
    score: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything the board could be asked for, secret or not."""

    version: int
    at: datetime
    is_rehearsal: bool
    heat: Mapping[str, Both]  # name, contest, edition, hall
    theme: Mapping[str, str]
    scene: str
    clock: Clock
    cards: Sequence[Card]
    cue: Mapping[str, Any] | None = None
    entry: int | None = None  # on stage
    seats: int = 0  # who mark it
    sealed: Sequence[Sealed] = ()
    shown: Collection[int] = ()  # seats
    dropped: Mapping[int, str] | None = None  # seat: "high" or "low", by the formula
    is_result_shown: bool = False
    standing: Sequence[Ranked] = ()  # of entries whose results were revealed, and of no others
    frozen: Sequence[Mapping[str, Any]] | None = None
    audience: Mapping[str, Any] | None = None


def body(facts: Facts) -> Body:
    """The snapshot, version 1."""
    made: Body = {
        "v": facts.version,
        "at": facts.at.astimezone(UTC).isoformat(),
        "rehearsal": facts.is_rehearsal,
        "heat": dict(facts.heat),
        "theme": dict(facts.theme),
        "scene": facts.scene,
        "order": [
            {"number": c.number, "code": c.code, "title": c.title, "state": c.state}
            for c in facts.cards
        ],
    }
    if facts.scene == Scene.CUE and facts.cue:
        made["cue"] = dict(facts.cue)
    if facts.entry is not None:
        made |= _stage(facts)
    if facts.scene in WITH_STANDING:
        made["standing"] = _standing(facts)
    if facts.audience is not None:
        made["audience"] = _audience(facts.audience)
    return made


def lines(cards: Sequence[Card], standing: Sequence[Ranked]) -> list[dict[str, Any]]:
    """A standing in words; also kept when the board is frozen."""
    by_id = {card.id: card for card in cards}
    return [
        {
            "place": row.place,
            "entry": {"number": by_id[row.id].number, "code": by_id[row.id].code,
                      "title": by_id[row.id].title},
            "score": f"{row.score:f}",
        }
        for row in sorted(standing, key=lambda r: (r.place is None, r.place, by_id[r.id].number))
        if row.id in by_id and row.score is not None
    ]  # fmt: skip


def _stage(facts: Facts) -> Body:
    """The entry on stage, its clock, and of its marks those that were revealed."""
    card = next(c for c in facts.cards if c.id == facts.entry)
    made: Body = {
        "entry": {"id": card.id, "number": card.number, "code": card.code, "title": card.title,
                  "team": card.team, "picture": card.picture},
        "clock": clock(facts.clock),
        "sealed": len(facts.sealed), "seats": facts.seats,
    }  # fmt: skip
    if facts.scene != Scene.MARKS or facts.frozen is not None:
        return made
    shown = [mark for mark in facts.sealed if mark.seat in facts.shown]
    is_whole = bool(shown) and len(shown) == len(facts.sealed) == facts.seats
    dropped = facts.dropped if is_whole and facts.dropped else {}
    made["marks"] = [_mark(mark, dropped) for mark in sorted(shown, key=lambda m: m.seat)]
    row = next((r for r in facts.standing if r.id == facts.entry), None)
    if facts.is_result_shown and is_whole and row is not None and row.score is not None:
        made["result"] = {"mean": f"{row.score:f}", "place": row.place}
    return made


def clock(kept: Clock) -> Body:
    left = None if kept.is_running else float(kept.left_at(datetime.min.replace(tzinfo=UTC)))
    return {
        "phase": kept.code, "seconds": kept.seconds,
        "started_at": kept.started_at.astimezone(UTC).isoformat() if kept.started_at else None,
        "left": left, "paused": not kept.is_running and kept.left is not None,
    }  # fmt: skip


def _mark(mark: Sealed, dropped: Mapping[int, str]) -> Body:
    """Which one is left out would tell of marks still hidden, so it is said of a whole panel."""
    made: Body = {"seat": mark.seat, "total": plain(mark.total)}
    if mark.name:
        made["name"] = {"zh": mark.name, "en": mark.name}
    if mark.seat in dropped:
        made["dropped"] = dropped[mark.seat]
    return made


def _standing(facts: Facts) -> list[dict[str, Any]]:
    if facts.frozen is not None:
        return [dict(line) for line in facts.frozen]
    return lines(facts.cards, facts.standing)


def _audience(told: Mapping[str, Any]) -> Body:
    made: Body = {"open": bool(told["open"])}
    if told.get("is_shown"):
        made["counts"] = told["counts"]
    return made


def plain(number: Decimal) -> str:
    """>>> plain(Decimal("86.500")), plain(Decimal("80"))
    ('86.5', '80')
    """
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
