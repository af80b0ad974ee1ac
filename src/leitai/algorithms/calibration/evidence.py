"""The sheets as the sampler needs them: who marked whom, and what is summed once for all."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

Floats = np.ndarray
"""Float arrays; a trailing axis holds the chains, which run side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Marks in units of their own spread, with the sums that no step of the sampler changes."""

    count: csr_array
    """[entry, juror]: how many marks (one, unless a juror marked an entry twice)."""
    marks: csr_array
    """[entry, juror]: their sum."""
    count_by_juror: csr_array
    marks_by_juror: csr_array
    load: Floats
    juror_sum: Floats
    juror_squares: Floats
    centre: float
    unit: float
    """A mark as given is `centre + unit * mark here`."""

    @property
    def n_entries(self) -> int:
        return int(self.count.shape[0])

    @property
    def n_jurors(self) -> int:
        return int(self.count.shape[1])


def gather(
    *, entry: np.ndarray, juror: np.ndarray, score: np.ndarray, n_entries: int, n_jurors: int
) -> Evidence:
    """Sheets in any order make the same evidence, to the last bit."""
    entry, juror, score = _checked(entry, juror, score, n_entries, n_jurors)
    order = np.lexsort((score, juror, entry))
    entry, juror, score = entry[order], juror[order], score[order]
    centre = float(score.mean()) if len(score) else 0.0
    spread = float(score.std()) if len(score) else 0.0
    unit = spread if spread > 1e-9 * max(1.0, abs(centre)) else 1.0
    mark = (score - centre) / unit
    shape = (n_entries, n_jurors)
    count = csr_array((np.ones(len(entry)), (entry, juror)), shape=shape)
    marks = csr_array((mark, (entry, juror)), shape=shape)
    return Evidence(
        count=count,
        marks=marks,
        count_by_juror=csr_array(count.T),
        marks_by_juror=csr_array(marks.T),
        load=np.bincount(juror, minlength=n_jurors).astype(float),
        juror_sum=np.bincount(juror, mark, n_jurors),
        juror_squares=np.bincount(juror, mark**2, n_jurors),
        centre=centre,
        unit=unit,
    )


def _checked(
    entry: np.ndarray, juror: np.ndarray, score: np.ndarray, n_entries: int, n_jurors: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    entry, juror = np.asarray(entry, dtype=np.int64), np.asarray(juror, dtype=np.int64)
    score = np.asarray(score, dtype=float)
    if not len(entry) == len(juror) == len(score):
        raise ValueError(
            f"{len(entry)} entries, {len(juror)} jurors and {len(score)} scores: give one of each "
            "for every sheet."
        )
    if not np.isfinite(score).all():
        raise ValueError(
            f"{int((~np.isfinite(score)).sum())} scores are no numbers; leave those sheets out."
        )
    for name, ids, size in (("entry", entry, n_entries), ("juror", juror, n_jurors)):
        if len(ids) and (ids.min() < 0 or ids.max() >= size):
            raise ValueError(
                f"The sheets name {name} {ids.min()} to {ids.max()}, but they are numbered from 0 "
                f"to {size - 1}."
            )
    return entry, juror, score
