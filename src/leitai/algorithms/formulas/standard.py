"""Formulas that rescale each juror's marks before they are put together.

They compare jurors by the entries they share, so they refuse where that cannot be done.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from leitai.algorithms import graph
from leitai.algorithms.formulas.values import NotComparable, Result, Score, Sheet, panels
from leitai.algorithms.notes import Id, Note, in_order
from leitai.values.score import Direction

LEAST_SHEETS = 8
TWELVE_PLACES = Decimal("1e-12")


def juror_z(
    sheets: Iterable[Sheet],
    *,
    better: Direction = "up",
    least: int = LEAST_SHEETS,
    centre: Decimal = Decimal(0),
    spread: Decimal = Decimal(1),
) -> Result:
    """The mean of marks standardised per juror: (mark - juror's mean) / juror's deviation.

    The deviation is that of the juror's own sheets (population). A juror who gave everyone the
    same mark says nothing, so each of those marks counts as 0. Raises `NotComparable` when the
    graph falls apart or a juror has fewer than `least` sheets. `centre` and `spread` only move
    the printed numbers, as in 50 + 10 z. On a scale where low is good, low stays good.
    """
    sheets = list(sheets)
    _require_comparable(sheets, least=least)
    rule = Note(
        "juror_z",
        "Each juror's marks are standardised by that juror's own mean and spread; "
        "the score is {centre} + {spread} × the mean of the standardised marks.",
        {"centre": centre, "spread": spread},
    )
    means = _mean_of_rescaled(sheets, _standardise)
    scores = {
        entry: Score(value=centre + spread * score.value, sheets=score.sheets)
        for entry, score in means.items()
    }
    return Result(rule=rule, better=better, scores=scores)


def juror_min_max(
    sheets: Iterable[Sheet], *, better: Direction = "up", least: int = LEAST_SHEETS
) -> Result:
    """The mean of marks stretched per juror so that the lowest is 0 and the highest 1.

    A juror who gave everyone the same mark says nothing: each of those marks counts as 0.5.
    Raises `NotComparable` as `juror_z` does.
    """
    sheets = list(sheets)
    _require_comparable(sheets, least=least)
    rule = Note(
        "juror_min_max",
        "Each juror's lowest mark becomes 0 and the highest 1; the score is the mean.",
    )
    return Result(rule=rule, better=better, scores=_mean_of_rescaled(sheets, _stretch))


def not_comparable(sheets: Iterable[Sheet], *, least: int = LEAST_SHEETS) -> tuple[Note, ...]:
    """Why marks of different jurors cannot be standardised; empty when they can."""
    sheets = list(sheets)
    if not sheets:
        return (Note("no_sheets", "There are no sheets yet."),)
    return _split(sheets) + _too_few(sheets, least=least)


def _split(sheets: Sequence[Sheet]) -> tuple[Note, ...]:
    parts = graph.components((s.entry, s.juror) for s in sheets)
    if len(parts) == 1:
        return ()
    sizes = [(len(part.entries), len(part.jurors)) for part in parts]
    return (
        Note(
            "not_connected",
            "The jury falls into {parts} parts that share no juror (entries/jurors: {sizes}). "
            "Marks cannot be compared across them: let jurors read entries of another part, "
            "or use the plain mean with places per part.",
            {
                "parts": len(parts),
                "sizes": ", ".join(f"{e}/{j}" for e, j in sizes[:8])
                + (", ..." if len(sizes) > 8 else ""),
            },
        ),
    )


def _too_few(sheets: Sequence[Sheet], *, least: int) -> tuple[Note, ...]:
    counts: dict[Id, int] = defaultdict(int)
    for sheet in sheets:
        counts[sheet.juror] += 1
    short = [juror for juror in in_order(set(counts)) if counts[juror] < least]
    if not short:
        return ()
    return (
        Note(
            "too_few_sheets",
            "{short} of {jurors} jurors have fewer than {least} sheets (the fewest: {fewest}), "
            "too few to tell a strict juror from weak entries. Give them more entries, "
            "or use the plain mean.",
            {
                "short": len(short),
                "jurors": len(counts),
                "least": least,
                "fewest": min(counts.values()),
            },
        ),
    )


def _require_comparable(sheets: Sequence[Sheet], *, least: int) -> None:
    if reasons := not_comparable(sheets, least=least):
        raise NotComparable(reasons)


def _mean_of_rescaled(
    sheets: Sequence[Sheet], rescale: Callable[[list[float]], list[float]]
) -> dict[Id, Score]:
    piles: dict[Id, list[Sheet]] = defaultdict(list)
    for panel in panels(sheets).values():
        for sheet in panel:
            piles[sheet.juror].append(sheet)
    found: dict[Id, list[float]] = defaultdict(list)
    for pile in piles.values():
        rescaled = rescale([float(s.score) for s in pile])
        for sheet, value in zip(pile, rescaled, strict=True):
            found[sheet.entry].append(value)
    return {
        entry: Score(
            value=Decimal(math.fsum(found[entry]) / len(found[entry])).quantize(TWELVE_PLACES),
            sheets=len(found[entry]),
        )
        for entry in in_order(set(found))
    }


def _standardise(marks: list[float]) -> list[float]:
    if min(marks) == max(marks):
        return [0.0] * len(marks)
    mean = math.fsum(marks) / len(marks)
    deviation = math.sqrt(math.fsum((mark - mean) ** 2 for mark in marks) / len(marks))
    return [(mark - mean) / deviation for mark in marks]


def _stretch(marks: list[float]) -> list[float]:
    low, high = min(marks), max(marks)
    return [0.5 if low == high else (mark - low) / (high - low) for mark in marks]
