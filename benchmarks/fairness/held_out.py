"""One mark in ten hidden and foretold from the others, on real reviews."""

import csv
from pathlib import Path

import numpy as np
from peers import mixed_model

from leitai.algorithms.calibration import calibrate

REPEATS = 5


def aibs(folder: Path) -> tuple[list, list, list]:
    rows = _rows(folder / "aibs_reviews.csv")
    return _columns((r["proposal"], r["reviewer"], r["overall"]) for r in rows)


def nih(folder: Path) -> tuple[list, list, list]:
    rows = _rows(folder / "nih_reviews.csv")
    return _columns((r["proposal"], r["reviewer"], r["overall"]) for r in rows)


def skating(folder: Path) -> tuple[list, list, list]:
    """The mean over components of each judge; seats are the judges of one segment."""
    sums: dict[tuple[str, str], list[float]] = {}
    for row in _rows(folder / "skating_panels.csv"):
        room = f"{row['competition']} {row['segment']}"
        for seat in range(1, 10):
            if row[f"j{seat}"]:
                key = (row["performance"], f"{room} {seat}")
                sums.setdefault(key, []).append(float(row[f"j{seat}"]))
    return _columns((e, j, np.mean(marks)) for (e, j), marks in sums.items())


def main(folder: str | None) -> None:
    if not folder:
        print("\nHeld-out marks skipped: name the folder of real reviews in LEITAI_REAL_DATA.")
        return
    print("\n### Held-out marks: squared error against that of the entry's own mean")
    print("| data | sheets | shrunk mean | mixed model | **Leitai** |\n|---|---|---|---|---|")
    for name, load in {"AIBS": aibs, "NIH": nih, "skating": skating}.items():
        entry, juror, score = (np.array(x) for x in load(Path(folder)))
        entry, juror = (np.unique(x, return_inverse=True)[1] for x in (entry, juror))
        score = score.astype(float)
        found = np.array([errors(entry, juror, score, seed) for seed in range(REPEATS)])
        shares = (found[:, 1:] / found[:, :1]).T
        means = [np.mean(row[~np.isnan(row)]) if (row == row).any() else None for row in shares]
        shares = " | ".join("-" if x is None else f"{x:.3f}" for x in means)
        print(f"| {name} | {len(score):,} | {shares} |", flush=True)


def errors(entry: np.ndarray, juror: np.ndarray, score: np.ndarray, seed: int) -> list[float]:
    """Hide one in ten, but never an entry's only mark."""
    random = np.random.default_rng(seed)
    hidden = np.zeros(len(score), bool)
    seen = np.bincount(entry)
    for n in random.permutation(len(score)):
        if hidden.sum() < len(score) // 10 and seen[entry[n]] > 1:
            hidden[n] = True
            seen[entry[n]] -= 1
    e, j, y = entry[~hidden], juror[~hidden], score[~hidden]
    size = {"n_entries": entry.max() + 1, "n_jurors": juror.max() + 1}
    n, centre = np.bincount(e, minlength=size["n_entries"]), y.mean()
    mean = np.bincount(e, y, size["n_entries"]) / np.maximum(n, 1)
    within = ((y - mean[e]) ** 2).sum() / (len(y) - (n > 0).sum())
    between = max(1e-9, mean[n > 0].var() - within * np.mean(1 / n[n > 0]))
    shrunk = centre + (mean - centre) * between / (between + within / np.maximum(n, 1))
    told = [mean[entry], shrunk[entry], _additive(e, j, y, size, entry, juror, once=seed == 0)]
    made = calibrate(entry=e, juror=j, score=y, cuts=[], seed=seed, **size)
    d = made.draws
    foretold = d.severity[:, juror[hidden]] + d.scale[:, juror[hidden]] * d.mean[:, entry[hidden]]
    ours = made.centre + made.spread * foretold.mean(0)
    return [
        *(float(np.mean((t[hidden] - score[hidden]) ** 2)) for t in told),
        float(np.mean((ours - score[hidden]) ** 2)),
    ]


def _additive(e, j, y, size, entry, juror, *, once: bool) -> np.ndarray:
    if size["n_jurors"] > (1500 if once else 400):
        return np.full(len(entry), np.nan)  # a dense matrix of jurors takes minutes
    mean, _, jurors, base = mixed_model(entry=e, juror=j, score=y, **size, whole=True)
    return base + mean[entry] + jurors[juror]


def _rows(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _columns(rows) -> tuple[list, list, list]:
    kept = [(e, j, float(y)) for e, j, y in rows if str(y) not in {"", "NA"}]
    return tuple(list(column) for column in zip(*kept, strict=True))
