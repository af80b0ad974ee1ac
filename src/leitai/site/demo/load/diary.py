"""Journal lines of a whole edition, kept until all rows are there, then chained by time."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db.models import Model

from leitai.foundation import journal
from leitai.foundation.models import Line
from leitai.site.demo.load.pour import pour


class Diary:
    def __init__(self) -> None:
        self._lines: dict[str, list[Line]] = defaultdict(list)

    def note(
        self, verb: str, *, about: Model, by: Any, at: datetime, book: str, **data: Any
    ) -> None:
        """`book` is told, since asking each row for its contest would cost a query a row."""
        line = journal.compose(verb, about=about, by=by, at=at, book=book, **data)
        self._lines[book].append(line)

    def close(self) -> int:
        """Write everything down; says how many lines it were."""
        written = 0
        for book, lines in self._lines.items():
            lines.sort(key=lambda line: line.at)  # what came first at one moment stays first
            pour(journal.chained(book, lines))
            written += len(lines)
        self._lines.clear()
        return written
