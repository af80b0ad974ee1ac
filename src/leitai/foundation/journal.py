"""What happened, in order, chained line to line so that a change shows.

Every contest has a book of its own (`contest:7`); what belongs to no contest goes into the
`platform` book. A book is a hash chain: each line carries the hash of the line before it, so one
changed, removed or inserted line breaks every later one. Writers of one book wait for each other
until their transactions end (an advisory lock), which keeps the chain in the order of commitment.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from leitai.foundation import chain
from leitai.foundation.chain import GENESIS
from leitai.foundation.models import Line

PLATFORM = "platform"


def write(verb: str, *, about: Model, by: Any, at: datetime, book: str = "", **data: Any) -> Line:
    """Write one line in the same transaction as the deed it tells of.

    `data` must survive JSON and hold no personal data (ids, not names): the journal outlives
    people's wish to be forgotten. `by` is a user, or None for the platform itself.
    """
    line = compose(verb, about=about, by=by, at=at, book=book, **data)
    append(line.book, [line])
    return line


def compose(verb: str, *, about: Model, by: Any, at: datetime, book: str = "", **data: Any) -> Line:
    """A line that is not written yet; hand many of them to `append` at once."""
    return Line(
        book=book or book_of(about),
        verb=verb,
        about_type=about._meta.label_lower,
        about_id=about.pk,
        by_id=by.pk if by is not None else None,
        at=at,
        data=data,
    )


def append(book: str, lines: list[Line]) -> None:
    """Chain the lines to the end of the book, in this order."""
    Line.objects.bulk_create(chained(book, lines), batch_size=2000)


def chained(book: str, lines: list[Line]) -> list[Line]:
    """The lines with their numbers and hashes, for whoever writes them in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [f"journal:{book}"])
    last = Line.objects.filter(book=book).order_by("-number").values_list("number", "hash").first()
    number, previous = last or (0, GENESIS)
    for line in lines:
        number += 1
        line.number, line.hash = number, digest(previous, number, line)
        previous = line.hash
    return lines


def book_of(about: Model) -> str:
    """The contest's own book, when the row says which contest it belongs to."""
    contest_id = getattr(about, "book_contest_id", None) or getattr(about, "contest_id", None)
    return f"contest:{contest_id}" if contest_id else PLATFORM


def digest(previous: str, number: int, line: Line) -> str:
    """The line's hash, over the one before it."""
    return chain.digest(
        previous,
        number,
        book=line.book,
        verb=line.verb,
        about_type=line.about_type,
        about_id=line.about_id,
        by_id=line.by_id,
        at=line.at.astimezone(UTC).isoformat(),  # as it is read back, wherever it was said
        data=line.data,
    )


def breaks(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines of one book, given in order, whose hash does not follow from the line before."""
    previous, expected = GENESIS, 1
    for line in lines:
        if line.number != expected or line.hash != digest(previous, line.number, line):
            yield line
        previous, expected = line.hash, line.number + 1
