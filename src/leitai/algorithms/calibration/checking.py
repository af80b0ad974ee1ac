"""Checkers: what must hold of a calibration, a cut and a second round, whoever made them."""

from collections.abc import Mapping, Sequence

import numpy as np

from leitai.algorithms.calibration.arrays import Calibration
from leitai.algorithms.calibration.cut import Cut

NEAR = 1e-6


def calibration_faults(made: Calibration, *, cuts: Sequence[int]) -> list[str]:
    """Everything wrong with a calibration; an empty list means it holds."""
    found = []
    size = len(made.quality)
    figures = (made.quality, made.quality_sd, made.score, made.score_sd, made.p_in)
    if not all(np.isfinite(x).all() for x in figures):
        found.append("Some figures are no numbers.")
    if (made.quality_sd <= 0).any():
        found.append(f"{int((made.quality_sd <= 0).sum())} entries have no uncertainty left.")
    if ((made.p_in < 0) | (made.p_in > 1)).any():
        found.append("Some chances lie outside 0 to 1.")
    for n, places in enumerate(cuts):
        total = float(made.p_in[:, n].sum())
        if abs(total - min(max(places, 0), size)) > NEAR * max(1, size):
            found.append(f"Chances add up to {total:.6f} for {places} places.")
    for n in range(len(cuts) - 1):
        if cuts[n] <= cuts[n + 1] and (made.p_in[:, n] > made.p_in[:, n + 1] + NEAR).any():
            found.append(f"More places ({cuts[n + 1]}) lower the chance of some entry.")
    if (made.scale.value < 0).any() or (made.noise.value <= 0).any():
        found.append("A scale is negative or a noise is not positive.")
    return found


def cut_faults(made: Cut) -> list[str]:
    """Everything wrong with a cut; an empty list means it holds."""
    found = []
    for group, places in made.places.items():
        members = [x for x in made.entries if x.group == group]
        total = sum(x.p_in for x in members)
        if abs(total - min(places, len(members))) > NEAR * max(1, len(members)):
            found.append(
                f"Chances of group {group or 'all'} add up to {total:.6f} for {places} places."
            )
    for x in made.entries:
        if not x.low <= x.score <= x.high:
            found.append(f"Entry {x.entry} scores {x.score} outside {x.low} to {x.high}.")
    for standing in ("safe_in", "safe_out"):
        sure = [x for x in made.entries if x.standing == standing]
        doubtful = [x for x in made.entries if x.standing == "borderline"]
        if standing == "safe_in":
            crossed = bool(sure and doubtful) and min(x.p_in for x in sure) < max(
                x.p_in for x in doubtful
            )
        else:
            crossed = bool(sure and doubtful) and max(x.p_in for x in sure) > min(
                x.p_in for x in doubtful
            )
        if crossed:
            found.append(f"An entry is {standing} though a borderline one has the better chance.")
    return found


def choice_faults(
    chosen: tuple[np.ndarray, np.ndarray],
    *,
    entry: np.ndarray,
    juror: np.ndarray,
    budget: int,
    load_left: Sequence[int] | np.ndarray,
    allowed: np.ndarray | None = None,
) -> list[str]:
    """Everything wrong with a second round; an empty list means it holds."""
    pairs = list(zip(*(x.tolist() for x in chosen), strict=True))
    known = set(zip(np.asarray(entry).tolist(), np.asarray(juror).tolist(), strict=True))
    found = []
    if len(pairs) > budget:
        found.append(f"{len(pairs)} reviews for a budget of {budget}.")
    if len(set(pairs)) < len(pairs):
        found.append(f"{len(pairs) - len(set(pairs))} pairs are chosen twice.")
    found += [f"Juror {j} has marked entry {e} already." for e, j in pairs if (e, j) in known]
    if allowed is not None:
        found += [f"Juror {j} may not review entry {e}." for e, j in pairs if not allowed[e, j]]
    loads: Mapping[int, int] = {j: sum(q == j for _, q in pairs) for _, j in pairs}
    found += [
        f"Juror {j} gets {n} reviews and has room for {load_left[j]}."
        for j, n in loads.items()
        if n > load_left[j]
    ]
    return found
