"""From draws to chances: who belongs in, and how sure the order is.

Each draw ranks all entries anew. Given the others of a draw an entry belongs among the best k when
its quality exceeds the k-th best of them, and as its own quality is normal that chance is known
exactly; the mean over draws is exact up to the number of draws, with far less noise than counting.
"""

from collections.abc import Sequence

import numpy as np
from scipy.special import expit, logit, ndtr
from scipy.stats import kendalltau

from leitai.algorithms.calibration.evidence import Floats
from leitai.algorithms.calibration.sampler import Draws


def lines(draws: Draws, *, places: int, among: np.ndarray | None = None) -> Floats:
    """[draw, entry]: the quality an entry has to exceed to be in, given the others of the draw."""
    quality = draws.quality if among is None else draws.quality[:, among]
    size = quality.shape[1]
    ends = np.partition(quality, (size - places - 1, size - places), axis=1)
    last_in, first_out = ends[:, size - places, None], ends[:, size - places - 1, None]
    return np.where(quality >= last_in, first_out, last_in)


def chance_in(draws: Draws, *, places: int, among: np.ndarray | None = None) -> Floats:
    """The chance of each entry (of `among`, else of all) to be truly among the best `places`.

    The chances add up to the number of places, as those of one true order must.
    """
    size = draws.quality.shape[1] if among is None else len(among)
    if places <= 0 or places >= size:
        return np.full(size, float(places >= size) if size else 0.0)
    line = lines(draws, places=places, among=among)
    mean, sd = (x if among is None else x[:, among] for x in (draws.mean, draws.sd))
    return adding_up(ndtr((mean - line) / sd).mean(0), places)


def adding_up(chance: Floats, places: int) -> Floats:
    """Shift all odds by one common factor until the chances add up to the places."""
    odds = logit(np.clip(chance, 1e-12, 1 - 1e-12))
    shift = 0.0
    for _ in range(50):
        now = expit(odds + shift)
        off = places - now.sum()
        slope = (now * (1 - now)).sum()
        if abs(off) < 1e-10 or slope == 0:
            break
        shift += float(np.clip(off / slope, -2, 2))
    return expit(odds + shift)


def expected_tau(
    draws: Draws, order: Floats, *, among: Sequence[int] | np.ndarray | None = None, most: int = 60
) -> tuple[float, float]:
    """Kendall's tau between this order and the true one: its expectation and its sd."""
    rows = np.linspace(0, len(draws.quality) - 1, min(most, len(draws.quality))).astype(int)
    keep = np.arange(len(order)) if among is None else np.asarray(among)
    if len(keep) < 2:
        return 1.0, 0.0
    taus = [kendalltau(order[keep], draws.quality[row][keep]).statistic for row in rows]
    return float(np.mean(taus)), float(np.std(taus))
