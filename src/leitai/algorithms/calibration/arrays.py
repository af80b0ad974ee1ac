"""Calibration of plain arrays: jurors and entries from marks, for any cut."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from leitai.algorithms import graph
from leitai.algorithms.calibration.chances import chance_in
from leitai.algorithms.calibration.evidence import Evidence, Floats, gather
from leitai.algorithms.calibration.sampler import Draws, sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A value per juror and how far it may be off."""

    value: Floats
    sd: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    quality: Floats
    """[entry]: posterior mean, in standard deviations of true quality; the mean entry has 0."""
    quality_sd: Floats
    p_in: Floats
    """[entry, cut]: the chance to be truly among the best k; each column adds up to its k."""
    score: Floats
    score_sd: Floats
    """[entry]: quality in the unit of the marks, as an average juror of this jury would mark."""
    severity: Estimate
    """[juror]: marks above (generous) or below (strict) the average juror, for a usual entry."""
    scale: Estimate
    """[juror]: how far the juror's marks move with quality, against the average juror: 1 as usual,
    less for one who stays in the middle."""
    noise: Estimate
    """[juror]: spread of the juror's marks about what quality, severity and scale explain."""
    unit: float
    """How far an average juror's marks move with one standard deviation of quality."""
    severity_spread: Estimate
    scale_spread: Estimate
    """How much jurors differ in severity (in marks) and in scale (as a share): a single number
    each, near zero when the marks show no difference or are too few to tell."""
    equal_noise: float
    """The chance that all jurors are equally reliable."""
    part: np.ndarray
    """[entry]: the number of its part. Entries of different parts share no jurors, not even by way
    of others: comparing them rests on the belief that parts and panels were alike."""
    centre: float
    spread: float
    """Draws are in units of their own: a mark is `centre + spread * mark there`."""
    draws: Draws = field(repr=False)

    @property
    def n_parts(self) -> int:
        return len(np.unique(self.part))


def calibrate(
    *,
    entry: np.ndarray,
    juror: np.ndarray,
    score: np.ndarray,
    n_entries: int,
    n_jurors: int,
    cuts: Sequence[int],
    seed: int,
) -> Calibration:
    """Estimate every entry and every juror together; higher scores are better.

    >>> made = calibrate(entry=[0, 0, 1, 1], juror=[0, 1, 0, 1], score=[9, 8, 5, 4],
    ...                  n_entries=2, n_jurors=2, cuts=[1], seed=1)
    >>> bool(made.quality[0] > made.quality[1]), round(float(made.p_in.sum()), 6)
    (True, 1.0)
    """
    evidence = gather(entry=entry, juror=juror, score=score, n_entries=n_entries, n_jurors=n_jurors)
    draws = sample(evidence, **_effort(evidence), seed=seed)
    level = draws.mean.mean(1, keepdims=True) if n_entries else 0.0
    part = graph.label(
        entry=np.asarray(entry, dtype=np.int64),
        juror=np.asarray(juror, dtype=np.int64),
        n_entries=n_entries,
        n_jurors=n_jurors,
    )[0]
    p_in = [chance_in(draws, places=places) for places in cuts]
    return Calibration(
        quality=(draws.mean - level).mean(0),
        quality_sd=np.sqrt((draws.sd**2).mean(0) + (draws.mean - level).var(0)),
        p_in=np.column_stack(p_in) if p_in else np.zeros((n_entries, 0)),
        part=np.unique(part, return_inverse=True)[1],
        centre=evidence.centre,
        spread=evidence.unit,
        draws=draws,
        **_in_marks(evidence, draws),
    )


def _effort(evidence: Evidence) -> dict[str, int]:
    """Draws by size: many where they cost nothing, fewer where each says more anyway."""
    size = evidence.n_entries + evidence.n_jurors + evidence.count.nnz // 4
    if size < 1000:
        return {"draws": 2880, "chains": 48, "burn": 60}
    chains = 8 if size < 20_000 else 4
    return {"draws": int(np.clip(2_000_000 // size, 160, 800)), "chains": chains, "burn": 40}


def _in_marks(evidence: Evidence, draws: Draws) -> dict[str, Any]:
    seen = evidence.load > 0
    if not len(seen):  # nobody is on the jury: say what any juror would
        draws = replace(draws, severity=draws.base[:, None], scale=draws.typical_scale[:, None])
        draws = replace(draws, noise=np.ones_like(draws.scale))
    if not seen.any():
        seen = np.ones(draws.scale.shape[1], bool)
    base = draws.severity[:, seen].mean(1, keepdims=True)
    typical = np.maximum(draws.scale[:, seen].mean(1, keepdims=True), 1e-6)
    mean = base + typical * draws.mean
    variance = ((typical * draws.sd) ** 2).mean(0) + mean.var(0)
    unit = evidence.unit
    share = draws.scale_spread / typical[:, 0]
    return {
        "score": evidence.centre + unit * mean.mean(0),
        "score_sd": unit * np.sqrt(variance),
        "severity": _estimate(unit * (draws.severity - base)),
        "scale": _estimate(draws.scale / typical),
        "noise": _estimate(unit * draws.noise),
        "unit": float(unit * typical.mean()),
        "severity_spread": _estimate(unit * draws.severity_spread),
        "scale_spread": _estimate(share),
        "equal_noise": float(np.isinf(draws.freedom).mean()),
    }


def _estimate(draws: Floats) -> Estimate:
    return Estimate(value=draws.mean(0), sd=draws.std(0))
