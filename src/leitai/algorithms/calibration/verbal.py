"""Plain words for a juror's line, only where the range leaves little doubt."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from leitai.algorithms.notes import Note

if TYPE_CHECKING:
    from leitai.algorithms.calibration.report import JurorLine, Range

CLEAR = 1.5
"""With 200 jurors and several figures each, ten ranges miss by luck alone: words wait until the
usual value lies this many half-widths away (three standard errors)."""


def clear(found: "Range", usual: float) -> bool:
    return abs(found.value - usual) > CLEAR * (found.high - found.value)


def described(lines: Sequence["JurorLine"]) -> tuple["JurorLine", ...]:
    """Each line with its words; agreement is held against the usual one of this jury."""
    agreed = [line.agreement.value for line in lines if line.agreement]
    usual = median(agreed) if agreed else 0.0
    return tuple(replace(line, notes=_notes(line, usual)) for line in lines)


def _notes(line: "JurorLine", usual: float) -> tuple[Note, ...]:
    notes = (
        *_severity(line), *_scale(line), *_agreement(line, usual), *_drift(line), *_careless(line)
    )  # fmt: skip
    as_usual = Note("as_usual", "Nothing stands out in {sheets} sheets.", {"sheets": line.sheets})
    return notes or (as_usual,)


def _severity(line: "JurorLine") -> tuple[Note, ...]:
    if not clear(line.severity, 0):
        return ()
    # Said as higher or lower, not as strict or generous: on some scales low marks are good.
    higher = line.severity.value > 0
    return (
        Note(
            "marks_higher" if higher else "marks_lower",
            "Marks about {by} higher than an average juror ({low} to {high})."
            if higher
            else "Marks about {by} lower than an average juror ({low} to {high}).",
            {
                "by": f"{abs(line.severity.value):.2g}",
                "low": f"{min(abs(line.severity.low), abs(line.severity.high)):.2g}",
                "high": f"{max(abs(line.severity.low), abs(line.severity.high)):.2g}",
            },
        ),
    )


def _scale(line: "JurorLine") -> tuple[Note, ...]:
    if not clear(line.scale, 1):
        return ()
    wider = line.scale.value > 1
    return (
        Note(
            "uses_more_of_the_scale" if wider else "stays_in_the_middle",
            "Spreads marks more than others: good and weak entries lie {times} times as far apart."
            if wider
            else "Stays near the middle: good and weak entries lie only {times} times as far "
            "apart as with others.",
            {"times": f"{line.scale.value:.2g}"},
        ),
    )


def _agreement(line: "JurorLine", usual: float) -> tuple[Note, ...]:
    if line.agreement is None:
        return (
            Note(
                "too_few_to_tell",
                "Too few sheets ({sheets}) to tell agreement or drift.",
                {"sheets": line.sheets},
            ),
        )
    if line.agreement.high >= usual:
        return ()
    return (
        Note(
            "agrees_less",
            "Agrees less with the other jurors than is usual here (correlation {value}, {low} to "
            "{high}, usually {usual}). The juror may see what others miss: worth a talk.",
            {
                "usual": f"{usual:.2f}",
                "value": f"{line.agreement.value:.2f}",
                "low": f"{line.agreement.low:.2f}",
                "high": f"{line.agreement.high:.2f}",
            },
        ),
    )


def _drift(line: "JurorLine") -> tuple[Note, ...]:
    if line.drift is None or not clear(line.drift, 0):
        return ()
    up = line.drift.value > 0
    return (
        Note(
            "drifts_up" if up else "drifts_down",
            "Marks rose by about {by} from the first sheet to the last ({low} to {high})."
            if up
            else "Marks fell by about {by} from the first sheet to the last ({low} to {high}).",
            {
                "by": f"{abs(line.drift.value):.2g}",
                "low": f"{min(abs(line.drift.low), abs(line.drift.high)):.2g}",
                "high": f"{max(abs(line.drift.low), abs(line.drift.high)):.2g}",
            },
        ),
    )


def _careless(line: "JurorLine") -> tuple[Note, ...]:
    if line.p_careless < 0.9:
        return ()
    return (
        Note(
            "scatters",
            "Marks scatter far more than usual here, or hardly follow quality (chance {percent} "
            "%). Calibration already gives them less weight; a look at the sheets may tell why.",
            {"percent": min(99, round(100 * line.p_careless))},
        ),
    )
