"""What each plain formula would decide instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leitai.algorithms.formulas import FORMULAS, NotComparable, Sheet
from leitai.algorithms.notes import Id, Note
from leitai.values.score import Direction

if TYPE_CHECKING:
    from leitai.algorithms.calibration.cut import EntryAtCut


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One formula's short list against the likeliest entries."""

    formula: str
    comes_in: tuple[Id, ...]
    goes_out: tuple[Id, ...]
    expected_right: float | None
    """How many of its list are expected to belong there; None when the formula refuses."""
    refused: tuple[Note, ...] = ()
    note: Note


def changes(
    sheets: Sequence[Sheet],
    *,
    better: Direction,
    places: Mapping[str, int],
    lines: Sequence["EntryAtCut"],
) -> tuple[Change, ...]:
    """Equals at a formula's line are taken in the order of their chances here."""
    ours = _best({x.entry: x.p_in for x in lines}, places=places, lines=lines)
    return tuple(
        _change(code, sheets, better=better, places=places, lines=lines, ours=ours)
        for code in FORMULAS
    )


def _change(
    code: str,
    sheets: Sequence[Sheet],
    *,
    better: Direction,
    places: Mapping[str, int],
    lines: Sequence["EntryAtCut"],
    ours: set[Id],
) -> Change:
    try:
        result = FORMULAS[code](sheets, better=better)
    except NotComparable as refusal:
        return Change(
            formula=code,
            comes_in=(),
            goes_out=(),
            expected_right=None,
            refused=refusal.notes,
            note=Note("formula_refused", "This formula cannot be used on these sheets."),
        )
    sign = 1 if better == "up" else -1
    theirs = _best(
        {e: sign * float(v) for e, v in result.values.items()}, places=places, lines=lines
    )
    chance = {x.entry: x.p_in for x in lines}
    right = sum(chance[e] for e in theirs)
    note = Note(
        "formula_changes",
        "{moved} of {places} places would go to others; {right} of the list are expected to "
        "belong there, instead of {ours}.",
        {
            "moved": len(theirs - ours),
            "places": sum(places.values()),
            "right": f"{right:.1f}",
            "ours": f"{sum(chance[e] for e in ours):.1f}",
        },
    )
    return Change(
        formula=code,
        comes_in=tuple(x.entry for x in lines if x.entry in theirs - ours),
        goes_out=tuple(x.entry for x in lines if x.entry in ours - theirs),
        expected_right=right,
        note=note,
    )


def _best(
    values: Mapping[Id, float], *, places: Mapping[str, int], lines: Sequence["EntryAtCut"]
) -> set[Id]:
    """The best of each group; `lines` are in the order of their chances, and sorting keeps it."""
    best: set[Id] = set()
    for group, number in places.items():
        able = [x.entry for x in lines if x.group == group and x.entry in values]
        best |= set(sorted(able, key=lambda e: -values[e])[:number])
    return best
