"""Sheets in, scores out, and the ways a formula may refuse."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from leitai.algorithms.notes import Id, Note, in_order
from leitai.values.score import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One juror's verdict on one entry, as one number."""

    entry: Id
    juror: Id
    score: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One entry's score and what it was made from."""

    value: Decimal
    sheets: int
    left_out: tuple[Id, ...] = ()
    """The jurors whose mark was dropped, in the order of their ids."""
    note: Note | None = None
    """Set where the formula could not be used as written for this entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    rule: Note
    better: Direction
    scores: Mapping[Id, Score]

    @property
    def values(self) -> dict[Id, Decimal]:
        return {entry: score.value for entry, score in self.scores.items()}


class NotComparable(ValueError):
    """Standardising would compare what cannot be compared; `notes` say why, in numbers."""

    def __init__(self, notes: tuple[Note, ...]) -> None:
        self.notes = notes
        super().__init__(" ".join(str(note) for note in notes))


class MissingMark(ValueError):
    """A sheet lacks the mark of a criterion that counts."""

    def __init__(self, criteria: tuple[str, ...]) -> None:
        self.criteria = criteria
        super().__init__(
            f"No mark for {', '.join(criteria)}: complete the sheet, or count only given marks."
        )


def panels(sheets: Iterable[Sheet]) -> dict[Id, list[Sheet]]:
    """The sheets of each entry, both in the order of their ids."""
    panels: dict[Id, dict[Id, Sheet]] = defaultdict(dict)
    for sheet in sheets:
        if sheet.juror in panels[sheet.entry]:
            raise ValueError(f"Juror {sheet.juror} has two sheets for entry {sheet.entry}.")
        panels[sheet.entry][sheet.juror] = sheet
    return {e: [panels[e][j] for j in in_order(set(panels[e]))] for e in in_order(set(panels))}


def mean(marks: Sequence[Decimal]) -> Decimal:
    with localcontext(prec=50):
        return sum(marks, Decimal(0)) / len(marks)
