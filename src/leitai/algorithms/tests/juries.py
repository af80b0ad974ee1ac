"""Juries whose truth is known."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from leitai.algorithms.formulas import Sheet


@dataclass(frozen=True, kw_only=True)
class Jury:
    truth: np.ndarray
    entry: np.ndarray
    juror: np.ndarray
    score: np.ndarray
    n_entries: int
    n_jurors: int

    @property
    def arrays(self) -> dict:
        names = ("entry", "juror", "score", "n_entries", "n_jurors")
        return {name: getattr(self, name) for name in names}

    @property
    def sheets(self) -> list[Sheet]:
        rows = zip(self.entry.tolist(), self.juror.tolist(), self.score.tolist(), strict=True)
        return [Sheet(entry=e, juror=1000 + j, score=Decimal(str(round(s, 1)))) for e, j, s in rows]


def jury(
    *,
    entries: int = 60,
    jurors: int = 12,
    each: int = 4,
    seed: int = 1,
    severity: float = 0.5,
    scale: float = 0.0,
    noise: float = 0.8,
    uneven: float = 0.0,
) -> Jury:
    """Entry e is marked by jurors e, e + 1, ... after a shuffle, so that all hang together."""
    random = np.random.default_rng(seed)
    truth = random.standard_normal(entries)
    entry = np.repeat(np.arange(entries), each)
    order = np.concatenate([random.permutation(jurors) for _ in range(entries)])
    juror = order.reshape(entries, jurors)[:, :each].ravel()
    strict = severity * random.standard_normal(jurors)
    wide = np.exp(scale * random.standard_normal(jurors))
    rough = noise * np.exp(uneven * random.standard_normal(jurors))
    chance = rough[juror] * random.standard_normal(len(juror))
    score = 70 + 10 * (strict[juror] + wide[juror] * truth[entry] + chance)
    return Jury(
        truth=truth,
        entry=entry,
        juror=juror,
        score=score,
        n_entries=entries,
        n_jurors=jurors,
    )
