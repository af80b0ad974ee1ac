"""From sheets with ids and Decimals to arrays, and back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import numpy as np

from leitai.algorithms.calibration.arrays import Calibration, calibrate
from leitai.algorithms.formulas import MissingMark, Sheet
from leitai.algorithms.formulas.values import mean
from leitai.algorithms.notes import Id, in_order
from leitai.values.score import Direction, Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One line of a rubric: its own scale and direction, and its weight in the whole."""

    scale: Scale
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Sheet):
    """A sheet with what a juror report can use besides: single marks, comment, time."""

    marks: tuple[Decimal, ...] = ()
    comment: str = ""
    at: datetime | None = None


def points(marks: Mapping[str, Decimal | None], *, criteria: Mapping[str, Criterion]) -> Decimal:
    """One sheet's criteria as points from 0 (all worst) to 100 (all best).

    Criteria may differ in scale and direction; blank ones are refused.
    """
    blank = tuple(c for c in criteria if marks.get(c) is None)
    if blank:
        raise MissingMark(blank)
    shares = []
    for name, criterion in criteria.items():
        mark, scale = Decimal(str(marks[name])), criterion.scale
        worst = scale.low if scale.direction == "up" else scale.high
        shares.append(criterion.weight * (mark - worst) / (scale.best - worst))
    weights = mean([c.weight for c in criteria.values()])
    return 100 * mean(shares) / weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Sheets as arrays; `sign` is -1 where low marks are good, so that scores here go up."""

    entries: tuple[Id, ...]
    jurors: tuple[Id, ...]
    entry: np.ndarray
    juror: np.ndarray
    score: np.ndarray
    sign: int

    def calibrated(self, *, cuts: Sequence[int], seed: int) -> Calibration:
        return calibrate(
            entry=self.entry,
            juror=self.juror,
            score=self.score,
            n_entries=len(self.entries),
            n_jurors=len(self.jurors),
            cuts=cuts,
            seed=seed,
        )


def table(
    sheets: Sequence[Sheet],
    *,
    better: Direction,
    scale: Scale | None = None,
    entries: Collection[Id] = (),
    jurors: Collection[Id] = (),
) -> Table:
    """`entries` and `jurors` may name some without any sheet."""
    if scale is not None:
        _require_on_scale(sheets, scale)
    of_entries = in_order({s.entry for s in sheets} | set(entries))
    of_jurors = in_order({s.juror for s in sheets} | set(jurors))
    at_entry = {e: n for n, e in enumerate(of_entries)}
    at_juror = {j: n for n, j in enumerate(of_jurors)}
    sign = 1 if better == "up" else -1
    return Table(
        entries=tuple(of_entries),
        jurors=tuple(of_jurors),
        entry=np.array([at_entry[s.entry] for s in sheets], dtype=np.int64),
        juror=np.array([at_juror[s.juror] for s in sheets], dtype=np.int64),
        score=np.array([sign * float(s.score) for s in sheets]),
        sign=sign,
    )


def _require_on_scale(sheets: Sequence[Sheet], scale: Scale) -> None:
    off = [s for s in sheets if s.score not in scale]
    if off:
        first = off[0]
        raise ValueError(
            f"{len(off)} of {len(sheets)} marks are not on the scale from {scale.low} to "
            f"{scale.high} in steps of {scale.step}, the first: {first.score} by juror "
            f"{first.juror} for entry {first.entry}. Correct them, or name the right scale."
        )
