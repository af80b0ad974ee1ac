"""Simulated juries with jurors as real reviews show them, and the best anybody could do with them.

In standard deviations of quality: severity 0.42 (fitted to NIH grant reviews 0.41, NeurIPS 2014
0.43, skating panels 0.26), noise 1.15 with a log-normal spread of 0.2 (NIH 1.33, NeurIPS 1.00),
scale log-normal 0.25. "Stress" has jurors twice as harsh and more uneven, who drift while they
mark, one in twenty of whom hardly looks.
"""

from dataclasses import dataclass, replace

import numpy as np

from leitai.algorithms.calibration.evidence import gather
from leitai.algorithms.calibration.sampler import Draws


@dataclass(frozen=True, kw_only=True)
class Kind:
    """How the jurors of a simulated contest differ."""

    severity: float = 0.42
    scale: float = 0.25
    noise: float = 1.15
    uneven: float = 0.2
    drift: float = 0.0
    careless: float = 0.0


FITTED = Kind()
STRESS = Kind(severity=0.84, scale=0.4, noise=1.1, uneven=0.4, drift=0.3, careless=0.05)
PLAIN = Kind(scale=0.0, uneven=0.0)


@dataclass(frozen=True, kw_only=True)
class World:
    """A contest whose truth is known; more marks can be asked for."""

    kind: Kind
    truth: np.ndarray
    severity: np.ndarray
    scale: np.ndarray
    noise: np.ndarray
    entry: np.ndarray
    juror: np.ndarray
    score: np.ndarray

    @property
    def arrays(self) -> dict:
        return {
            "entry": self.entry,
            "juror": self.juror,
            "score": self.score,
            "n_entries": len(self.truth),
            "n_jurors": len(self.severity),
        }

    def marked(self, entry: np.ndarray, juror: np.ndarray, seed: int) -> "World":
        random = np.random.default_rng(seed)
        mark = self.severity[juror] + self.scale[juror] * self.truth[entry]
        mark = mark + self.noise[juror] * random.standard_normal(len(entry))
        return replace(
            self,
            entry=np.append(self.entry, entry),
            juror=np.append(self.juror, juror),
            score=np.append(self.score, 70 + 10 * mark),
        )


def world(*, entries: int, jurors: int, each: int, kind: Kind, seed: int) -> World:
    random = np.random.default_rng(seed)
    entry, juror = panels(entries, jurors, each, random)
    strict = random.normal(0, kind.severity, jurors)
    wide = np.exp(random.normal(0, kind.scale, jurors))
    rough = kind.noise * np.exp(random.normal(0, kind.uneven, jurors))
    careless = random.random(jurors) < kind.careless
    made = World(
        kind=kind,
        truth=random.standard_normal(entries),
        severity=strict,
        scale=np.where(careless, 0.05, wide),
        noise=np.where(careless, 1.8, rough),
        entry=np.array([], dtype=int),
        juror=np.array([], dtype=int),
        score=np.array([]),
    ).marked(entry, juror, seed + 1)
    course = random.random(len(entry)) - 0.5
    drift = 10 * random.normal(0, kind.drift, jurors)[juror] * course
    return replace(made, score=made.score + drift)


def panels(
    entries: int, jurors: int, each: int, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Random panels of equal size, loads as equal as they can be, nobody twice on a panel."""
    rounds = -(-entries * each // jurors)
    pile = np.concatenate([random.permutation(jurors) for _ in range(rounds)])
    seats = pile[: entries * each].reshape(entries, each)
    while True:
        ordered = np.sort(seats, axis=1)
        twice = np.flatnonzero((ordered[:, 1:] == ordered[:, :-1]).any(1))
        if not len(twice):
            return np.repeat(np.arange(entries), each), seats.ravel()
        for e in twice:
            a, other, b = random.integers((each, entries, each))
            seats[e, a], seats[other, b] = seats[other, b], seats[e, a]


def optimum(made: World, *, known: bool = False, draws: int = 1600, seed: int = 0) -> Draws:
    """A long run of a sampler that is told how jurors differ (`known`: each of them exactly).

    Written apart from the product's sampler, by random-walk steps on the log scale and log noise.
    """
    e = gather(**made.arrays)
    chains, unit = 4, 10 / e.unit
    random = np.random.default_rng(seed)
    middle, shape = (70 - e.centre) / e.unit, (e.n_jurors, 4)
    b, log_a = np.full(shape, middle), np.zeros(shape)
    log_s = np.full(shape, np.log(made.kind.noise))
    if known:
        b = middle + unit * np.tile(made.severity[:, None], chains)
        log_a, log_s = (np.log(np.tile(x[:, None], chains)) for x in (made.scale, made.noise))
    walk = _Walk(e, made.kind, unit, middle, random)
    kept = []
    burn = 0 if known else 300
    for turn in range(burn + draws // chains):
        a, s = unit * np.exp(log_a), unit * np.exp(log_s)
        precision = 1 + e.count @ (a / s) ** 2
        mean = (e.marks @ (a / s**2) - e.count @ (b * a / s**2)) / precision
        quality = mean + random.standard_normal(mean.shape) / np.sqrt(precision)
        if turn >= burn:
            kept.append((mean, 1 / np.sqrt(precision), quality))
        if not known:
            b, log_a, log_s = walk.step(quality, log_a, log_s, tuning=turn < burn)
    mean, sd, quality = (np.concatenate([k[n] for k in kept], axis=1).T for n in range(3))
    none = np.zeros((1, 1))
    names = ("severity", "scale", "noise", "base", "typical_scale", "severity_spread",
             "scale_spread", "freedom")  # fmt: skip
    return Draws(mean=mean, sd=sd, quality=quality, **dict.fromkeys(names, none))


class _Walk:
    def __init__(self, e, kind: Kind, unit: float, middle: float, random) -> None:
        self.e, self.kind, self.unit, self.middle, self.random = e, kind, unit, middle, random
        self.stride = [np.full((e.n_jurors, 1), 0.15), np.full((e.n_jurors, 1), 0.15)]

    def step(self, quality, log_a, log_s, *, tuning: bool):
        e, unit, kind = self.e, self.unit, self.kind
        load, total = e.load[:, None], e.juror_sum[:, None]
        first, second = e.count_by_juror @ quality, e.count_by_juror @ quality**2
        cross = e.marks_by_juror @ quality
        for _ in range(2):
            a, s = unit * np.exp(log_a), unit * np.exp(log_s)
            precision = load / s**2 + 1 / (unit * kind.severity) ** 2
            b = (total - a * first) / s**2 + self.middle / (unit * kind.severity) ** 2
            b = b / precision + self.random.standard_normal(a.shape) / np.sqrt(precision)

            def fit(log_a, log_s, b=b):
                a, s = unit * np.exp(log_a), unit * np.exp(log_s)
                left = e.juror_squares[:, None] - 2 * b * total - 2 * a * cross + load * b**2
                left = left + 2 * a * b * first + a**2 * second
                usual = (log_a / kind.scale) ** 2
                usual = usual + ((log_s - np.log(kind.noise)) / kind.uneven) ** 2
                return -load * log_s - left / (2 * s**2) - usual / 2

            for n in (0, 1):
                move = self.stride[n] * self.random.standard_normal(a.shape)
                new = (log_a + move, log_s) if n == 0 else (log_a, log_s + move)
                odds = fit(*new) - fit(log_a, log_s)
                taken = np.log(self.random.random(a.shape)) < odds
                log_a, log_s = np.where(taken, new[0], log_a), np.where(taken, new[1], log_s)
                if tuning:
                    self.stride[n] = self.stride[n] * np.exp(
                        0.1 * (taken.mean(1, keepdims=True) - 0.44)
                    )
        return b, log_a, log_s
