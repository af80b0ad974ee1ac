"""The juror report: what each juror's sheets say about how they mark, and how sure that is.

Problem: organisers want to know who is strict, who drifts, who hardly looked, without doing anybody
wrong. Promise: each figure with its range, measured against the jury's own estimate made without
that juror's mark; plain words only where the range leaves little doubt; never a verdict. A strict
juror is not a bad one, and calibration has already allowed for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from leitai.algorithms.calibration import verbal
from leitai.algorithms.calibration.arrays import Calibration
from leitai.algorithms.calibration.copies import Copy, equal_marks, like_words
from leitai.algorithms.calibration.evidence import Floats
from leitai.algorithms.calibration.sheets import Review, Table, table
from leitai.algorithms.notes import Id, Note
from leitai.values.score import Direction

LEAST_FOR_COURSE = 8
"""Fewer sheets cannot show agreement or drift."""
FAR_ABOVE = 1.6
HARDLY_MOVES = 0.3


@dataclass(frozen=True, slots=True)
class Range:
    """A figure; the true one lies between low and high nineteen times in twenty."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class JurorLine:
    juror: Id
    sheets: int
    severity: Range
    """Marks given above (+) or below (-) an average juror, in the unit of the marks."""
    scale: Range
    """How far marks follow quality: 1 as the average juror, 0 not at all."""
    noise: Range
    """Spread of the marks about what quality, severity and scale explain, in marks."""
    agreement: Range | None
    """Correlation with the others' estimate of the same entries; None with too few sheets."""
    drift: Range | None
    """Change of severity from the first sheet to the last, in marks; None without times."""
    p_careless: float
    """The chance that marks scatter far more than usual here, or hardly follow quality."""
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JuryReport:
    jurors: tuple[JurorLine, ...]
    copies: tuple[Copy, ...]
    calibration: Calibration


def report(reviews: Sequence[Review], *, better: Direction = "up", seed: int) -> JuryReport:
    """One line per juror, in the order of their ids. Drift needs the reviews' times."""
    made = table(reviews, better=better)
    calibration = made.calibrated(cuts=[], seed=seed)
    others = without_own(made, calibration)
    rest = _residuals(made, calibration, others)
    careless, piles = _careless(calibration), _piles(made)
    lines = []
    for n, juror in enumerate(made.jurors):
        own = piles[n]
        times = [reviews[i].at for i in own.tolist()]
        lines.append(
            JurorLine(
                juror=juror,
                sheets=len(own),
                agreement=_agreement(made.score[own], others[own]),
                drift=_drift(made.sign * rest[own], times),
                p_careless=float(careless[n]),
                notes=(),
                **_figures(calibration, n, made.sign),
            )
        )
    copies = (*equal_marks(reviews), *like_words(reviews))
    return JuryReport(jurors=verbal.described(lines), copies=copies, calibration=calibration)


def _piles(made: Table) -> list[np.ndarray]:
    """Which sheets are whose, in the order they came."""
    order = np.argsort(made.juror, kind="stable")
    return np.split(order, np.cumsum(np.bincount(made.juror, minlength=len(made.jurors)))[:-1])


def without_own(made: Table, c: Calibration) -> Floats:
    """For each sheet the entry's quality as the other sheets alone give it."""
    d = c.draws
    scale, base = d.scale.mean(0), d.severity.mean(0)
    weight = scale / (d.noise**2).mean(0)
    mark = (made.score - c.centre) / c.spread
    tells = (weight * scale)[made.juror]
    says = weight[made.juror] * (mark - base[made.juror])
    size = len(made.entries)
    precision = 1 + np.bincount(made.entry, tells, size)[made.entry] - tells
    linear = np.bincount(made.entry, says, size)[made.entry] - says
    return linear / precision


def _residuals(made: Table, c: Calibration, others: Floats) -> Floats:
    """Marks less what severity, scale and the others' estimate explain, in marks."""
    d = c.draws
    explained = d.severity.mean(0)[made.juror] + d.scale.mean(0)[made.juror] * others
    return made.score - c.centre - c.spread * explained


def _figures(c: Calibration, n: int, sign: int) -> dict[str, Range]:
    severity = sign * float(c.severity.value[n])
    return {
        "severity": _range(severity, float(c.severity.sd[n])),
        "scale": _range(float(c.scale.value[n]), float(c.scale.sd[n]), least=0.0),
        "noise": _range(float(c.noise.value[n]), float(c.noise.sd[n]), least=0.0),
    }


def _range(value: float, sd: float, *, least: float = -np.inf) -> Range:
    return Range(value, max(least, value - 1.96 * sd), value + 1.96 * sd)


def _agreement(marks: Floats, others: Floats) -> Range | None:
    """Pearson's correlation with Fisher's range; a juror with one mark for all agrees by 0."""
    if len(marks) < LEAST_FOR_COURSE:
        return None
    if marks.std() == 0 or others.std() == 0:
        return Range(0.0, 0.0, 0.0)
    r = float(np.clip(np.corrcoef(marks, others)[0, 1], -0.999999, 0.999999))
    z, wide = np.arctanh(r), 1.96 / np.sqrt(len(marks) - 3)
    return Range(r, float(np.tanh(z - wide)), float(np.tanh(z + wide)))


def _drift(rest: Floats, times: Sequence[object]) -> Range | None:
    """The slope of a straight line through the residuals in the order of their times."""
    if len(rest) < LEAST_FOR_COURSE or any(at is None for at in times):
        return None
    course = np.argsort(np.argsort(np.array(times), kind="stable")) / (len(rest) - 1) - 0.5
    slope = float(course @ rest / (course @ course))
    left = rest - rest.mean() - slope * course
    se = np.sqrt((left @ left) / (len(rest) - 2) / (course @ course))
    wide = float(student.ppf(0.975, len(rest) - 2) * se)
    return Range(slope, slope - wide, slope + wide)


def _careless(c: Calibration) -> Floats:
    """For each juror, the share of draws in which the marks scatter far or hardly move."""
    d = c.draws
    far = d.noise > FAR_ABOVE * np.median(d.noise, axis=1)[:, None]
    flat = d.scale < HARDLY_MOVES * d.scale.mean(1)[:, None]
    return (far | flat).mean(0)
