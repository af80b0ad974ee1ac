"""Formulas that only add, sort and divide: exact Decimals throughout."""

import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import Literal

from leitai.algorithms.formulas.values import MissingMark, Result, Score, Sheet, mean, panels
from leitai.algorithms.notes import Note, in_order
from leitai.values.score import Direction


def total(
    marks: Mapping[str, Decimal | None],
    *,
    weights: Mapping[str, Decimal],
    how: Literal["sum", "mean"] = "mean",
    missing: Literal["refuse", "skip"] = "refuse",
) -> Decimal:
    """One sheet's criteria as one number: the weighted mean, or the weighted sum.

    Rubrics whose criteria carry their points (30 + 20 + ...) take "sum" with weights of 1;
    rubrics marked on one scale with weights in per cent take "mean". "skip" leaves blank
    criteria out of a mean; a sum has no fair way to do so and always refuses.
    """
    blank = tuple(c for c, weight in weights.items() if weight and marks.get(c) is None)
    given = [(marks[c], weights[c]) for c in weights if c not in blank and weights[c]]
    if (blank and (missing == "refuse" or how == "sum")) or not given:
        raise MissingMark(blank or tuple(weights))
    with localcontext(prec=50):
        points = sum((mark * weight for mark, weight in given if mark is not None), Decimal(0))
        return points if how == "sum" else points / sum(weight for _, weight in given)


def raw_mean(sheets: Iterable[Sheet], *, better: Direction = "up") -> Result:
    """The plain mean of all marks."""
    rule = Note("raw_mean", "The score is the mean of all jurors' marks.")
    scores = {
        entry: Score(value=mean([s.score for s in panel]), sheets=len(panel))
        for entry, panel in panels(sheets).items()
    }
    return Result(rule=rule, better=better, scores=scores)


def drop_extremes(
    sheets: Iterable[Sheet], *, better: Direction = "up", smallest: int = 4
) -> Result:
    """Leave out one highest and one lowest mark, and take the mean of the rest.

    A panel with fewer than `smallest` marks (at least 3) keeps them all and its score says so.
    Of several equal extremes one is dropped: the juror with the lowest id.
    """
    if smallest < 3:
        raise ValueError(f"Dropping two of {smallest} marks leaves none; use panels of 3 or more.")
    rule = Note(
        "drop_extremes",
        "The highest and the lowest mark are left out; the score is the mean of the others. "
        "With fewer than {smallest} marks all count.",
        {"smallest": smallest},
    )
    scores = {
        entry: _without_ends(panel, ends=1 if len(panel) >= smallest else 0, least=smallest)
        for entry, panel in panels(sheets).items()
    }
    return Result(rule=rule, better=better, scores=scores)


def trimmed_mean(
    sheets: Iterable[Sheet], *, better: Direction = "up", share: Decimal = Decimal("0.2")
) -> Result:
    """Leave out this share of the marks at each end, rounded down to whole marks."""
    if not 0 <= share < Decimal("0.5"):
        raise ValueError(f"A share of {share} at each end leaves no marks; use less than 0.5.")
    rule = Note(
        "trimmed_mean",
        "{percent} % of the marks at each end, rounded down to whole marks, are left out; "
        "the score is the mean of the others.",
        {"percent": f"{(share * 100).normalize():f}"},
    )
    scores = {
        entry: _without_ends(panel, ends=int(share * len(panel)), least=math.ceil(1 / share or 1))
        if share
        else Score(value=mean([s.score for s in panel]), sheets=len(panel))
        for entry, panel in panels(sheets).items()
    }
    return Result(rule=rule, better=better, scores=scores)


def median(sheets: Iterable[Sheet], *, better: Direction = "up") -> Result:
    """The middle mark, or the mean of the two in the middle."""
    rule = Note("median", "The score is the middle mark, or the mean of the two middle ones.")
    scores = {}
    for entry, panel in panels(sheets).items():
        marks = sorted(s.score for s in panel)
        middle = marks[(len(marks) - 1) // 2 : len(marks) // 2 + 1]
        scores[entry] = Score(value=mean(middle), sheets=len(panel))
    return Result(rule=rule, better=better, scores=scores)


def _without_ends(panel: Sequence[Sheet], *, ends: int, least: int) -> Score:
    if ends == 0:
        note = Note(
            "too_few_to_drop",
            "Only {sheets} marks, fewer than {least}: all count.",
            {"sheets": len(panel), "least": least},
        )
        return Score(value=mean([s.score for s in panel]), sheets=len(panel), note=note)
    by_mark = sorted(panel, key=lambda s: s.score)
    kept = by_mark[ends:-ends]
    dropped = tuple(in_order({s.juror for s in panel} - {s.juror for s in kept}))
    return Score(value=mean([s.score for s in kept]), sheets=len(panel), left_out=dropped)
