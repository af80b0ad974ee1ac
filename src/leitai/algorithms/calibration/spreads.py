"""How much jurors differ: learned from the marks, over fixed grids.

Each grid begins (or ends) with "not at all", so that the sampler weighs the plain model, in which
jurors differ by severity alone, against the richer ones, and uses freedom only where it is earned.
While a spread is drawn the jurors' own values are integrated out; drawing both in turn would get
stuck near zero.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from leitai.algorithms.calibration.evidence import Floats

SEVERITY_GRID = np.array([0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 1.0, 1.4, 2.0])
ODD_SEVERITY = 3.0
ODD = 0.02
"""One juror in fifty may be anywhere in severity, as one who marked on another scale."""
SCALE_GRID = np.array([0, 0.06, 0.12, 0.18, 0.24, 0.3, 0.36, 0.45, 0.6])
FREEDOM_GRID = np.array([2.5, 3.5, 5, 7, 10, 14, 20, 30, 50, np.inf])


@dataclass(frozen=True, slots=True)
class Moments:
    """What the jurors' marks say about severity and scale, as sums over their sheets.

    p.. is the precision matrix of a juror's (severity, scale), h. the matching linear term.
    """

    p00: Floats
    p01: Floats
    p11: Floats
    h0: Floats
    h1: Floats

    def around(self, mean: Floats) -> tuple[Floats, Floats]:
        """The linear terms once the common mean [2, chains] is taken off."""
        return (
            self.h0 - self.p00 * mean[0] - self.p01 * mean[1],
            self.h1 - self.p01 * mean[0] - self.p11 * mean[1],
        )


def half_normal(grid: Floats, *, spread: float, none: float) -> Floats:
    """Log weights of a half-normal on the grid, with the probability `none` at its zero."""
    width = np.gradient(grid)
    weight = width * np.exp(-0.5 * (grid / spread) ** 2)
    weight[0] = 0.0
    weight *= (1 - none) / weight.sum()
    weight[0] = none
    return np.log(weight)


SEVERITY_PRIOR = half_normal(SEVERITY_GRID, spread=0.7, none=0.05)
SCALE_PRIOR = half_normal(SCALE_GRID, spread=0.3, none=0.9)
FREEDOM_PRIOR = np.log(np.append(np.full(len(FREEDOM_GRID) - 1, 0.1 / 9), 0.9))


def determinant(m: Moments, *, severity: Floats | float, scale: Floats) -> Floats:
    """det(I + P T) for the prior variances T = diag(severity, scale)."""
    both = m.p00 * m.p11 - m.p01**2
    return 1 + m.p00 * severity + m.p11 * scale + both * severity * scale


def log_fit(m: Moments, mean: Floats, *, severity: Floats | float, scale: Floats) -> Floats:
    """Log likelihood of each juror's marks, the juror's own severity and scale integrated out."""
    g0, g1 = m.around(mean)
    det = determinant(m, severity=severity, scale=scale)
    fit = severity * (1 + m.p11 * scale) * g0**2 + scale * (1 + m.p00 * severity) * g1**2
    fit = fit - 2 * m.p01 * severity * scale * g0 * g1
    return 0.5 * (fit / det - np.log(det))


def draw_spread(
    m: Moments,
    mean: Floats,
    *,
    severity: Floats,
    scale: Floats,
    prior: Floats,
    uniform: Floats,
) -> Floats:
    """Draw an index of the grid per chain; the spread being drawn comes as [grid, ...]."""
    return pick(log_fit(m, mean, severity=severity, scale=scale).sum(1) + prior[:, None], uniform)


class Freedom:
    """How alike the jurors' noise is: degrees of freedom of their variances, infinite if equal."""

    def __init__(self, load: Floats) -> None:
        self.load = load[None, :, None]
        self.grid = FREEDOM_GRID[:-1, None, None]
        half = (self.grid + self.load) / 2
        self.constant = (gammaln(half) - gammaln(self.grid / 2)).sum(1)
        self.half = half

    def draw(self, residual: Floats, typical: Floats, uniform: Floats) -> Floats:
        """An index of FREEDOM_GRID per chain, the jurors' own variances integrated out."""
        start = self.grid * typical / 2
        finite = self.constant + (
            (self.grid / 2) * np.log(start) - self.half * np.log(start + residual / 2)
        ).sum(1)
        equal = -(self.load[0] * np.log(typical) + residual / typical).sum(0) / 2
        return pick(np.vstack((finite, equal)) + FREEDOM_PRIOR[:, None], uniform)


def pick(log: Floats, uniform: Floats) -> Floats:
    """One row per column, drawn by its log weight."""
    share = np.cumsum(np.exp(log - log.max(0)), axis=0)
    return (share < uniform * share[-1]).sum(0)
