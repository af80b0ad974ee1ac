"""A Gibbs sampler of jurors and entries, several chains side by side.

    mark = base + severity_j + scale_j * quality_i + noise_j * N(0, 1),    quality_i ~ N(0, 1)

Problem: marks are few and jurors differ in severity, in how much of the scale they use and in how
reliable they are. Promise: draws from the joint posterior of all of them and of how much jurors
differ at all (`spreads`), the same for the same seed. A scale is never negative: a better mark
speaks for an entry, whoever gave it. Cost: per draw a few passes over the sheets; 10,000 sheets
and 400 draws take a quarter of a second. Idea: Gaussian rater models (Ge, Welling and Ghahramani
2013), with the spreads drawn while the jurors are integrated out.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, log_ndtr, ndtri_exp

from leitai.algorithms.calibration.evidence import Evidence, Floats
from leitai.algorithms.calibration.shapes import noise_weight, scale_weight
from leitai.algorithms.calibration.spreads import (
    FREEDOM_GRID,
    ODD,
    ODD_SEVERITY,
    SCALE_GRID,
    SCALE_PRIOR,
    SEVERITY_GRID,
    SEVERITY_PRIOR,
    Freedom,
    Moments,
    determinant,
    draw_spread,
    log_fit,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """One row a draw. Given the jurors of a draw the entries are independent and normal."""

    mean: Floats
    sd: Floats
    quality: Floats
    """[draw, entry]: the mean and sd of each quality, and a quality drawn from them."""
    severity: Floats
    scale: Floats
    noise: Floats
    """[draw, juror], in units of the evidence; a severity includes the base."""
    base: Floats
    typical_scale: Floats
    severity_spread: Floats
    scale_spread: Floats
    freedom: Floats
    """[draw]: what jurors have in common, and how far they differ."""


class Chains:
    """Where all chains stand."""

    def __init__(self, evidence: Evidence, *, chains: int, random: np.random.Generator) -> None:
        self.evidence, self.random, self.chains = evidence, random, chains
        self.freedoms = Freedom(evidence.load)
        shape = (evidence.n_jurors, chains)
        self.unit = typical = _signal(evidence)
        self.mean = np.array([np.zeros(chains), np.full(chains, typical)])
        self.severity = np.zeros(shape)
        self.scale = np.full(shape, typical)
        self.typical_variance = np.full(chains, max(0.05, 1 - typical**2))
        self.variance = np.tile(self.typical_variance, (shape[0], 1))
        self.odd = np.zeros(shape, bool)
        self.severity_at = np.full(chains, 5)
        self.scale_at = np.full(chains, 2)
        self.freedom_at = np.full(chains, 5)

    def step(self, *, spreads: bool) -> tuple[Floats, Floats, Floats]:
        """Entries given jurors, what jurors have in common, jurors given entries."""
        mean, sd = self.entries()
        quality = mean + sd * self.random.standard_normal(mean.shape)
        moments = self.moments(quality)
        if spreads:
            self.draw_spreads(moments)
        self.draw_mean(moments)
        self.draw_jurors(moments)
        self.draw_noise(quality, spreads=spreads)
        return mean, sd, quality

    def entries(self) -> tuple[Floats, Floats]:
        e, weight = self.evidence, self.scale / self.variance
        precision = 1 + e.count @ (self.scale * weight)
        linear = e.marks @ weight - e.count @ (self.severity * weight)
        return linear / precision, 1 / np.sqrt(precision)

    def moments(self, quality: Floats) -> Moments:
        e = self.evidence
        self.sums = (
            e.count_by_juror @ quality,
            e.count_by_juror @ quality**2,
            e.marks_by_juror @ quality,
        )
        first, second, cross = (s / self.variance for s in self.sums)
        return Moments(
            e.load[:, None] / self.variance,
            first,
            second,
            e.juror_sum[:, None] / self.variance,
            cross,
        )

    def prior_variances(self) -> tuple[Floats, Floats]:
        """Of severity [juror, chain] and of scale [chain]."""
        usual = (self.unit * SEVERITY_GRID[self.severity_at]) ** 2
        severity = np.where(self.odd, (self.unit * ODD_SEVERITY) ** 2, usual)
        return severity, (self.unit * SCALE_GRID[self.scale_at]) ** 2

    def draw_odd(self, m: Moments) -> None:
        """Which jurors are out of the usual range of severity."""
        scale = (self.unit * SCALE_GRID[self.scale_at]) ** 2
        usual = (self.unit * SEVERITY_GRID[self.severity_at]) ** 2
        far = log_fit(m, self.mean, severity=(self.unit * ODD_SEVERITY) ** 2, scale=scale)
        near = log_fit(m, self.mean, severity=usual, scale=scale)
        odds = far - near + np.log(ODD / (1 - ODD))
        self.odd = self.random.random(odds.shape) < expit(odds)

    def draw_spreads(self, m: Moments) -> None:
        self.draw_odd(m)
        scale = self.prior_variances()[1]
        grid = ((self.unit * SEVERITY_GRID) ** 2)[:, None, None]
        grid = np.where(self.odd, (self.unit * ODD_SEVERITY) ** 2, grid)
        uniform = self.random.random((2, self.chains))
        self.severity_at = draw_spread(
            m, self.mean, severity=grid, scale=scale, prior=SEVERITY_PRIOR, uniform=uniform[0]
        )
        severity = self.prior_variances()[0]
        grid = ((self.unit * SCALE_GRID) ** 2)[:, None, None]
        self.scale_at = draw_spread(
            m, self.mean, severity=severity, scale=grid, prior=SCALE_PRIOR, uniform=uniform[1]
        )

    def draw_mean(self, m: Moments) -> None:
        """The base and the typical scale, the jurors integrated out; a scale is positive."""
        severity, scale = self.prior_variances()
        det = determinant(m, severity=severity, scale=scale)
        both = m.p00 * m.p11 - m.p01**2
        a00 = ((m.p00 + both * scale) / det).sum(0) + 1e-2
        a01 = (m.p01 / det).sum(0)
        a11 = ((m.p11 + both * severity) / det).sum(0) + 1e-2
        r0 = (((1 + m.p11 * scale) * m.h0 - m.p01 * scale * m.h1) / det).sum(0)
        r1 = (((1 + m.p00 * severity) * m.h1 - m.p01 * severity * m.h0) / det).sum(0)
        both = a00 * a11 - a01**2
        typical = self.positive((a00 * r1 - a01 * r0) / both, np.sqrt(a00 / both))
        base = (r0 - a01 * typical) / a00
        base = base + self.random.standard_normal(self.chains) / np.sqrt(a00)
        self.mean = np.array([base, typical])

    def draw_jurors(self, m: Moments) -> None:
        severity, scale = self.prior_variances()
        det = determinant(m, severity=severity, scale=scale)
        g0, g1 = m.around(self.mean)
        v0 = severity * (1 + m.p11 * scale) / det
        v1 = scale * (1 + m.p00 * severity) / det
        v01 = -m.p01 * severity * scale / det
        centre = self.mean[1] + v01 * g0 + v1 * g1
        proposed = self.positive(centre, np.sqrt(v1))
        gain = [
            scale_weight(a, typical=self.mean[1], variance=scale, unit=self.unit)
            for a in (proposed, self.scale)
        ]
        self.scale = np.where((scale <= 0) | self.taken(*gain), proposed, self.scale)
        rest = severity / (1 + m.p00 * severity)
        given = self.mean[0] + v0 * g0 + v01 * g1 - m.p01 * rest * (self.scale - centre)
        noise = self.random.standard_normal(given.shape)
        self.severity = given + np.sqrt(rest) * noise

    def draw_noise(self, quality: Floats, *, spreads: bool) -> None:
        e, (first, second, cross) = self.evidence, self.sums
        b, a = self.severity, self.scale
        residual = e.juror_squares[:, None] - 2 * b * e.juror_sum[:, None] - 2 * a * cross
        residual += e.load[:, None] * b**2 + 2 * a * b * first + a**2 * second
        residual = np.maximum(residual, 1e-6 * e.load[:, None])
        if spreads:
            uniform = self.random.random(self.chains)
            self.freedom_at = self.freedoms.draw(residual, self.typical_variance, uniform)
        freedom = FREEDOM_GRID[self.freedom_at]
        equal = np.isinf(freedom)
        freedom = np.where(equal, 1.0, freedom)
        shape = (freedom + e.load[:, None]) / 2
        rate = (freedom * self.typical_variance + residual) / 2
        own = rate / self.random.standard_gamma(shape)
        common = self.random.standard_gamma(e.load.sum() / 2 + 1, self.chains)
        common = (residual.sum(0) / 2 + 0.01) / common
        own = np.maximum(own, 1e-5)
        gain = [
            noise_weight(v, typical=self.typical_variance, freedom_at=self.freedom_at)
            for v in (own, self.variance)
        ]
        own = np.where(self.taken(*gain), own, self.variance)
        self.variance = np.maximum(np.where(equal, common, own), 1e-5)
        typical = self.random.standard_gamma(e.n_jurors * freedom / 2 + 1)
        typical = typical / (freedom / 2 * (1 / own).sum(0) + 0.5)
        self.typical_variance = np.maximum(np.where(equal, common, typical), 1e-5)

    def taken(self, proposed: Floats, standing: Floats) -> Floats:
        standing = np.maximum(standing, -1e9)  # the floor under noise may have moved past it
        return np.log(self.random.random(proposed.shape)) < proposed - standing

    def positive(self, mean: Floats, sd: Floats) -> Floats:
        """Normals above zero, drawn by inverting their distribution."""
        uniform = np.log1p(-self.random.random(mean.shape))
        wide = np.where(sd > 0, sd, 1.0)
        drawn = mean - wide * ndtri_exp(uniform + log_ndtr(mean / wide))
        return np.where(sd > 0, np.maximum(drawn, 0.0), np.maximum(mean, 0.0))


def sample(evidence: Evidence, *, draws: int, chains: int, burn: int, seed: int) -> Draws:
    """`draws` in all, after `burn` steps of each chain that are thrown away."""
    running = Chains(evidence, chains=chains, random=np.random.default_rng(seed))
    every = 1 if evidence.n_jurors * chains <= 4000 else 3
    kept: list[tuple[Floats, ...]] = []
    for turn in range(burn + -(-draws // chains)):
        entries = running.step(spreads=turn % every == 0)
        if turn >= burn:
            kept.append((*entries, *_state(running)))
    mean, sd, quality, severity, scale, noise, base, typical, spread, scales, freedom = (
        np.concatenate([np.atleast_2d(row[n]) for row in kept], axis=-1).T for n in range(11)
    )
    return Draws(
        mean=mean,
        sd=sd,
        quality=quality,
        severity=severity,
        scale=scale,
        noise=noise,
        base=base[:, 0],
        typical_scale=typical[:, 0],
        severity_spread=spread[:, 0],
        scale_spread=scales[:, 0],
        freedom=freedom[:, 0],
    )


def _state(c: Chains) -> tuple[Floats, ...]:
    severity = c.unit * SEVERITY_GRID[c.severity_at]
    scale = c.unit * SCALE_GRID[c.scale_at]
    freedom = FREEDOM_GRID[c.freedom_at]
    noise = np.sqrt(c.variance)
    return c.severity, c.scale, noise, c.mean[0], c.mean[1], severity, scale, freedom


def _signal(evidence: Evidence) -> float:
    """A first guess of how far a mark moves with quality, in spreads of all marks."""
    per_entry = np.asarray(evidence.count.sum(1)).ravel()
    seen = per_entry > 0
    if not seen.any():
        return 0.65
    means = np.asarray(evidence.marks.sum(1)).ravel()[seen] / per_entry[seen]
    between = float(np.mean(means**2)) - float(np.mean(1 / per_entry[seen]))
    shared = between / max(1e-9, 1 - float(np.mean(1 / per_entry[seen])))
    return float(np.sqrt(np.clip(shared, 0.15, 0.9)))
