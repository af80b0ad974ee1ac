"""Sentences that carry their numbers.

Algorithms speak English only. What they say travels as a code with parameters, so that the
platform can say it in any language: `translate(note.english).format(**note.params)`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Id = int | str
"""Whatever names an entry or a juror: a primary key or a code from a spreadsheet."""


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence: a code for machines, an English template and the numbers in it."""

    code: str
    english: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.english.format(**self.params)


def in_order(ids: "list[Id] | set[Id] | frozenset[Id]") -> list[Id]:
    """Ids in an order that does not depend on how they were handed over."""
    return sorted(ids, key=lambda i: (isinstance(i, str), i))


def named(ids: "list[Id] | tuple[Id, ...]", *, most: int = 5) -> str:
    """A short list for a sentence: "3, 5, 8" or "3, 5, 8, 9, 12 and 40 more"."""
    shown = ", ".join(str(i) for i in ids[:most])
    return shown if len(ids) <= most else f"{shown} and {len(ids) - most} more"
