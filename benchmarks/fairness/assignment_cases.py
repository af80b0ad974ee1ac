"""Generated contests for the assignment benchmark: roomy ones, a tight one, a sparse one."""

import numpy as np
from scipy.sparse import csr_array

CASES = {
    "400x60": {"entries": 400, "jurors": 60, "k": 3},
    "2000x200": {"entries": 2000, "jurors": 200, "k": 5},
    "tight": {"entries": 2000, "jurors": 200, "k": 5},
    "tighter": {"entries": 2000, "jurors": 200, "k": 5},
    "sparse": {"entries": 10_000, "jurors": 8_000, "k": 4},
}


def made(case: str, *, seed: int) -> dict:
    """The arrays of `assign`, for a case by name."""
    sizes = CASES[case]
    if case == "sparse":
        return sparse(**sizes, seed=seed)
    if case == "tight":
        return short_of_jurors(**sizes, seed=seed, skew=1.0, jurors_lean=0.25)
    if case == "tighter":
        return short_of_jurors(**sizes, seed=seed, skew=1.3, jurors_lean=0.15)
    return roomy(**sizes, seed=seed)


def roomy(*, entries: int, jurors: int, k: int, seed: int) -> dict:
    """Eight topics, fifteen percent of load to spare, kinds half and half, houses of two."""
    lots = np.random.default_rng(seed)
    topics = lots.dirichlet(np.full(8, 0.3), entries)
    skills = lots.dirichlet(np.full(8, 0.5), jurors)
    fit = 0.8 * np.sqrt(topics) @ np.sqrt(skills).T + 0.2 * lots.random((entries, jurors))
    return _ruled(fit, k=k, slack=1.15, technical=0.5, least=0.7, lots=lots)


def short_of_jurors(
    *, entries: int, jurors: int, k: int, seed: int, skew: float, jurors_lean: float
) -> dict:
    """Entries crowd into a few of twelve topics, jurors into the others; two percent to spare.

    The affinity is nearly all tags (topics), the rest text. Plain flow leaves the panels of the
    crowded topics with jurors who know nothing of them.
    """
    lots = np.random.default_rng(seed)
    crowd = 1 / np.arange(1, 13) ** skew
    crowd /= crowd.sum()
    away = np.sqrt(crowd[::-1]) / np.sqrt(crowd).sum()
    topics = _unit(lots.dirichlet(0.15 * 12 * crowd, entries))
    skills = _unit(lots.dirichlet(jurors_lean * 12 * away, jurors))
    words = _unit(lots.random((entries, 40)) ** 4) @ _unit(lots.random((jurors, 40)) ** 4).T
    fit = (0.92 * topics @ skills.T + 0.08 * words).clip(0, 1)
    return _ruled(fit, k=k, slack=1.02, technical=0.6, least=0.5, lots=lots)


def sparse(*, entries: int, jurors: int, k: int, seed: int, pairs: int = 174) -> dict:
    """A conference: of each entry only its likeliest pairs and some strangers are eligible."""
    lots = np.random.default_rng(seed)
    topics = np.sqrt(lots.dirichlet(np.full(25, 0.15), entries).astype(np.float32))
    skills = np.sqrt(lots.dirichlet(np.full(25, 0.15), jurors).astype(np.float32))
    near = int(0.8 * pairs)
    rows, columns, values = [], [], []
    for first in range(0, entries, 1000):
        fit = 0.8 * topics[first : first + 1000] @ skills.T
        fit += 0.2 * lots.random(fit.shape, dtype=np.float32)
        best = np.argpartition(-fit, near, axis=1)[:, :near]
        strangers = lots.integers(0, jurors, (len(fit), pairs - near))
        chosen = np.concatenate((best, strangers), axis=1)
        rows.append(np.repeat(np.arange(first, first + len(fit)), pairs))
        columns.append(chosen.ravel())
        values.append(np.take_along_axis(fit, chosen, 1).ravel())
    row, column, value = (np.concatenate(part) for part in (rows, columns, values))
    at = np.unique(row.astype(np.int64) * jurors + column, return_index=True)[1]
    technical = lots.random(jurors) < 0.6
    return {
        "affinity": csr_array((value[at], (row[at], column[at])), shape=(entries, jurors)),
        "forbidden": None,
        "demand": np.full(entries, k),
        "load_min": np.zeros(jurors, dtype=int),
        "load_max": lots.integers(5, 9, jurors),
        "groups": np.column_stack((technical, ~technical)),
        "group_min": np.tile([2, 1], (entries, 1)),
        "same": None,
    }


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def _ruled(
    fit: np.ndarray,
    *,
    k: int,
    slack: float,
    technical: float,
    least: float,
    lots: np.random.Generator,
) -> dict:
    entries, jurors = fit.shape
    mean = entries * k / jurors
    conflict = lots.random(fit.shape) < 1 / 80
    kind = lots.random(jurors) < technical
    return {
        "affinity": fit.astype(np.float32),
        "forbidden": conflict,
        "demand": np.full(entries, k),
        "load_min": np.full(jurors, int(least * mean)),
        "load_max": np.full(jurors, int(np.ceil(slack * mean))),
        "groups": np.column_stack((kind, ~kind)),
        "group_min": np.tile([2 if k > 3 else 1, 1], (entries, 1)),
        "same": lots.integers(0, jurors // 2, jurors),
    }
