"""The other ways to put marks together, each with the chances it can honestly give."""

import numpy as np
from scipy.optimize import minimize
from scipy.special import ndtr

from leitai.algorithms.calibration.chances import adding_up, lines
from leitai.algorithms.calibration.sampler import Draws


def raw(*, entry, juror, score, n_entries, n_jurors):
    """The plain mean, shrunk by the usual one-way variance components for its chances."""
    return _shrunk(entry, score, n_entries)


def dropped(*, entry, juror, score, n_entries, n_jurors):
    """The highest and the lowest mark left out, from three marks on."""
    order = np.lexsort((score, entry))
    entry, score = entry[order], score[order]
    first = np.r_[True, entry[1:] != entry[:-1]]
    last = np.r_[entry[1:] != entry[:-1], True]
    enough = np.bincount(entry, minlength=n_entries)[entry] >= 3
    keep = ~((first | last) & enough)
    return _shrunk(entry[keep], score[keep], n_entries)


def z_score(*, entry, juror, score, n_entries, n_jurors):
    """Marks standardised by each juror's own mean and spread."""
    n = np.maximum(np.bincount(juror, minlength=n_jurors), 1)
    mean = np.bincount(juror, score, n_jurors) / n
    spread = np.sqrt(np.bincount(juror, (score - mean[juror]) ** 2, n_jurors) / n)
    return _shrunk(entry, (score - mean[juror]) / np.maximum(spread[juror], 1e-9), n_entries)


def mixed_model(*, entry, juror, score, n_entries, n_jurors, whole=False):
    """Additive linear mixed model by REML: mark = base + entry + juror + noise."""
    count = np.zeros((n_entries, n_jurors))
    np.add.at(count, (entry, juror), 1)
    centre = score.mean()
    score = score - centre
    by_entry = np.bincount(entry, score, n_entries)
    by_juror = np.bincount(juror, score, n_jurors)
    seen, load = count.sum(1), count.sum(0)

    def fit(log_ratios):
        entry_ratio, juror_ratio = np.exp(log_ratios)
        d = 1 / (seen + 1 / entry_ratio)
        rest = np.diag(load + 1 / juror_ratio) - count.T @ (d[:, None] * count)
        inverse = np.linalg.inv(rest)

        def solve(u, v):
            jurors = inverse @ (v - count.T @ (d * u))
            return d * (u - count @ jurors), jurors

        ones, marks = solve(seen, load), solve(by_entry, by_juror)
        one = len(score) - seen @ ones[0] - load @ ones[1]
        base = -(by_entry @ ones[0] + by_juror @ ones[1]) / one
        left = score @ score - by_entry @ marks[0] - by_juror @ marks[1] - one * base**2
        noise = left / (len(score) - 1)
        log = n_entries * log_ratios[0] + n_jurors * log_ratios[1] - np.log(d).sum()
        log += np.linalg.slogdet(rest)[1] + np.log(one)
        found = (marks[0] - base * ones[0], d, inverse, noise, marks[1] - base * ones[1], base)
        return ((len(score) - 1) * np.log(noise) + log) / 2, found

    best = minimize(
        lambda x: fit(x)[0], [0.0, -2.0], method="Nelder-Mead",
        bounds=[(-8, 8), (-12, 6)], options={"xatol": 1e-3, "fatol": 1e-4},
    )  # fmt: skip
    mean, d, inverse, noise, jurors, base = fit(best.x)[1]
    if whole:
        return mean, None, jurors, centre + base
    spread = np.einsum("ij,jk,ik->i", count, inverse, count) * d**2
    return mean, np.sqrt(noise * (d + spread))


def _shrunk(entry, score, n_entries):
    n = np.bincount(entry, minlength=n_entries)
    mean = np.bincount(entry, score, n_entries) / n
    within = ((score - mean[entry]) ** 2).sum() / max(1, len(score) - n_entries)
    if len(score) == n_entries:
        within = mean.var() / 2
    between = max(1e-6, mean.var(ddof=1) - within * np.mean(1 / n))
    share = between / (between + within / n)
    centre = score.mean()
    return centre + share * (mean - centre), np.sqrt(between * (1 - share))


def chances(mean, sd, places: int, *, seed: int = 0):
    """The chance to be among the best, were the entries normal and independent as stated."""
    draws, none = 400, np.zeros((1, 1))
    random = np.random.default_rng(seed)
    rows = np.tile(mean, (draws, 1)), np.tile(sd, (draws, 1))
    names = ("severity", "scale", "noise", "base", "typical_scale", "severity_spread",
             "scale_spread", "freedom")  # fmt: skip
    made = Draws(
        mean=rows[0], sd=rows[1], quality=random.normal(*rows), **dict.fromkeys(names, none)
    )
    line = lines(made, places=places)
    return adding_up(ndtr((rows[0] - line) / rows[1]).mean(0), places)


PEERS = {
    "raw mean": raw,
    "drop highest and lowest": dropped,
    "z-score per juror": z_score,
    "additive mixed model (REML)": mixed_model,
}
