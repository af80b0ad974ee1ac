"""The shape of how jurors differ: log-normal for most, anything for one in twenty.

Twice the usual scale or noise is as far off as half of it, but a juror who rolls dice is in no such
family, and a shape without room for that would call it impossible. Normals and inverse gammas can
be drawn at once, so they propose; these weights, the ratio of the wanted shape to the proposing one
at the same middle and spread, decide whether a proposal is taken. Most are.
"""

import numpy as np
from scipy.special import digamma, gammaln, polygamma

from leitai.algorithms.calibration.evidence import Floats
from leitai.algorithms.calibration.spreads import FREEDOM_GRID

ODD = 0.05
LEAST_NOISE = 2 * np.log(0.35)
"""Log variance below the typical one at which it ends: no juror reads minds. Without a floor one
juror's marks could be taken for the truth itself and outvote all the others."""
WIDE_NOISE = 1.2
"""Spread of the log variance of the odd one in twenty."""
FINITE = np.where(np.isinf(FREEDOM_GRID), 1.0, FREEDOM_GRID)
MIDDLE = digamma(FINITE / 2) - np.log(FINITE / 2)
SPREAD = polygamma(1, FINITE / 2)
CONSTANT = FINITE / 2 * np.log(FINITE / 2) - gammaln(FINITE / 2)


def scale_weight(scale: Floats, *, typical: Floats, variance: Floats, unit: float) -> Floats:
    """Wanted shape over normal(typical, variance), as a logarithm."""
    variance = np.maximum(variance, 1e-12)
    typical = np.maximum(typical, 0.15 * unit)
    wide = np.maximum(np.log1p(variance / typical**2), 1e-12)
    log = np.log(np.maximum(scale, 1e-9))
    off = log - np.log(typical) + wide / 2
    usual = -log - (np.log(wide) + off**2 / wide) / 2
    odd = np.log(2 / typical) - (scale / typical) ** 2 / 2
    proposing = -(np.log(variance) + (scale - typical) ** 2 / variance) / 2
    return _mixed(usual, odd) - proposing


def noise_weight(variance: Floats, *, typical: Floats, freedom_at: Floats) -> Floats:
    """Wanted shape over scaled inverse chi square, as a logarithm of densities of log variance."""
    freedom, log = FINITE[freedom_at], np.log(variance / typical)
    spread = SPREAD[freedom_at]
    usual = -(np.log(spread) + (log + MIDDLE[freedom_at]) ** 2 / spread) / 2
    odd = -np.log(WIDE_NOISE) - (log / WIDE_NOISE) ** 2 / 2
    proposing = CONSTANT[freedom_at] - freedom / 2 * (log + np.exp(-log))
    return np.where(log < LEAST_NOISE, -np.inf, _mixed(usual, odd)) - proposing


def _mixed(usual: Floats, odd: Floats) -> Floats:
    return np.logaddexp(np.log(1 - ODD) + usual, np.log(ODD) + odd)
