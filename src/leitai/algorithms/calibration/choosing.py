"""Which entries gain most from one more review, and which juror should give it.

Problem: a second round has a budget of reviews and jurors with little time left; spent evenly,
most of it goes to entries that are safely in or out. Promise: each review goes where it is
expected to save most, by a juror who has not seen the entry and has room, the most telling jurors
where most is at stake; no pair twice; the same seed, the same reviews. Cost: a calibration and a
pass over the budget. Idea: the expected value of sample information. A review moves the estimate
by a known spread; what is saved is the shortfall in quality of a wrong decision, which counts a
clearly better entry left out for more than a near tie. Rounds beat one big order: after each,
choose again. Measured with jurors as real panels show them, five rounds of 200 reviews find more
of the best than 4,000 reviews spent evenly.
"""

import heapq
from collections.abc import Sequence

import numpy as np
from scipy.special import ndtr, ndtri

from leitai.algorithms.calibration.arrays import Calibration, calibrate
from leitai.algorithms.calibration.evidence import Floats

PATIENCE = 0.25
"""A second review in the same round is worth less: after the first it may no longer be needed."""


def choose(
    *,
    entry: np.ndarray,
    juror: np.ndarray,
    score: np.ndarray,
    n_entries: int,
    n_jurors: int,
    cut: int,
    budget: int,
    load_left: np.ndarray,
    seed: int,
    allowed: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """At most `budget` new (entry, juror) pairs, the most valuable first.

    `allowed` is bool [entry, juror]; None allows every pair that has no sheet yet. Fewer pairs
    come back when nobody free is left who may review.
    """
    made = calibrate(
        entry=entry,
        juror=juror,
        score=score,
        n_entries=n_entries,
        n_jurors=n_jurors,
        cuts=[cut],
        seed=seed,
    )
    free = np.ones((n_entries, n_jurors), bool) if allowed is None else np.array(allowed, bool)
    if free.shape != (n_entries, n_jurors):
        raise ValueError(
            f"`allowed` has the shape {free.shape}; it needs a row for each of {n_entries} entries "
            f"and a column for each of {n_jurors} jurors."
        )
    free[np.asarray(entry, dtype=np.int64), np.asarray(juror, dtype=np.int64)] = False
    return spend(made, cut=0, budget=budget, load_left=load_left, free=free)


def spend(
    made: Calibration,
    *,
    cut: int,
    budget: int,
    load_left: Sequence[int] | np.ndarray,
    free: Floats,
    kind: np.ndarray | None = None,
    kind_left: Sequence[int] | np.ndarray = (),
    house: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Place a budget on a calibration that is already made; `cut` is a column of its p_in.

    `kind` [juror] and `kind_left` [kind] cap the reviews each kind of juror gives; of one `house`
    [juror, -1: of none] at most one new review goes to an entry.
    """
    left = np.array(kind_left, dtype=np.int64)
    room = np.maximum(np.array(load_left, dtype=np.int64), 0)
    if kind is not None:
        room[left[kind] <= 0] = 0
    if not room.any():
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    telling = telling_of(made)
    by_telling = np.argsort(-telling, kind="stable")
    free = free & (room > 0)
    usual = float(np.average(telling, weights=room))
    off, variance = distance(made, cut), made.quality_sd**2
    told = np.zeros(len(off))
    gains = worth(off, variance, told, usual)
    queue = [(-g, e) for e, g in enumerate(gains.tolist()) if g > 0 and free[e].any()]
    heapq.heapify(queue)
    entries: list[int] = []
    jurors: list[int] = []
    while queue and len(entries) < budget:
        e = heapq.heappop(queue)[1]
        able = by_telling[free[e, by_telling] & (room[by_telling] > 0)]
        if not len(able):
            continue
        j = int(able[0])
        entries.append(e)
        jurors.append(j)
        free[e, j] = False
        if house is not None and house[j] >= 0:
            free[e, house == house[j]] = False
        room[j] -= 1
        if kind is not None:
            left[kind[j]] -= 1
            if not left[kind[j]]:
                room[kind == kind[j]] = 0
        told[e] += telling[j]
        again = PATIENCE * float(worth(off[e], variance[e], told[e], usual))
        heapq.heappush(queue, (-again, e))
    return np.array(entries, dtype=np.int64), np.array(jurors, dtype=np.int64)


def gains(made: Calibration, p_in: Floats) -> Floats:
    """[entry]: what one more review by a usual juror is expected to save, in standard deviations
    of quality; nothing where a review would change nothing."""
    if not len(p_in) or not made.draws.scale.shape[1]:
        return np.zeros(len(p_in))
    usual = float(np.median(telling_of(made)))
    return worth(_off(made, p_in), made.quality_sd**2, np.zeros(len(p_in)), usual)


def distance(made: Calibration, cut: int) -> Floats:
    """How far each entry is from the line, on the side where it now stands."""
    return _off(made, made.p_in[:, cut])


def _off(made: Calibration, p_in: Floats) -> Floats:
    return np.abs(made.quality_sd * ndtri(np.clip(p_in, 1e-12, 1 - 1e-12)))


def telling_of(made: Calibration) -> Floats:
    """How much one review by each juror tells: the precision it adds, what is not known of the
    juror taken off."""
    d = made.draws
    unsure = d.severity.var(0) + d.scale.var(0)
    return d.scale.mean(0) ** 2 / ((d.noise**2).mean(0) + unsure)


def worth(off: Floats, variance: Floats, told: Floats, telling: float) -> Floats:
    """Expected shortfall saved by a review of a usual juror when reviews that tell `told` are
    under way already."""
    return saved(off, variance, told + telling) - saved(off, variance, told)


def saved(off: Floats, variance: Floats, telling: Floats | float) -> Floats:
    """E[max(0, -x)] for x normal(off, s): what is lost on average by deciding without the review.

    `off` is the distance from the line, s the spread by which the review will move the estimate.
    """
    s = variance * np.sqrt(telling / (1 + variance * telling)) + 1e-12
    u = off / s
    return s * np.maximum(np.exp(-0.5 * u * u) / np.sqrt(2 * np.pi) - u * ndtr(-u), 0.0)
