"""A date for people's own calendars, as RFC 5545 writes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

WIDTH = 73  # octets a line, with room for the blank that goes before a folded one


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    where: str = ""
    text: str = ""
    url: str = ""


def calendar(dates: Sequence[Date], *, at: datetime) -> str:
    """One file. The same `uid` in a later one moves the date in a calendar that knows it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Leitai//finals//EN", "METHOD:PUBLISH"]
    for date in dates:
        lines += [
            "BEGIN:VEVENT", f"UID:{date.uid}", f"DTSTAMP:{_instant(at)}",
            f"DTSTART:{_instant(date.starts_at)}", f"DTEND:{_instant(date.ends_at)}",
            f"SUMMARY:{_text(date.title)}", f"LOCATION:{_text(date.where)}",
            f"DESCRIPTION:{_text(date.text)}", f"URL:{date.url}", "END:VEVENT",
        ]  # fmt: skip
    lines = [line for line in [*lines, "END:VCALENDAR"] if not line.endswith(":")]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _instant(at: datetime) -> str:
    """>>> _instant(datetime(2026, 9, 6, 6, 30, tzinfo=UTC))
    '20260906T063000Z'
    """
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    r"""Line breaks, commas and the like are written out; other control characters fall away.

    >>> _text("Hall A, row 1;\nsecond floor")
    'Hall A\\, row 1\\;\\nsecond floor'
    """
    plain = words.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in plain if c == "\n" or (c.isprintable() and c not in "\u2028\u2029"))
    for char in ("\\", ";", ","):
        kept = kept.replace(char, f"\\{char}")
    return kept.replace("\n", "\\n")


def _folded(line: str) -> str:
    """No letter is torn apart.

    >>> _folded("SUMMARY:" + "擂" * 40).count("\\r\\n ")
    1
    """
    pieces, piece = [], ""
    for char in line:
        if len((piece + char).encode()) > WIDTH:
            pieces.append(piece)
            piece = ""
        piece += char
    return "\r\n ".join([*pieces, piece])
