"""Jury assignment against its bound and against the plainer ways, in one run.

    python benchmarks/assignment.py [--sizes 400x60x3,1640x90x3,2000x200x5] [--slack 1.15]

Generated contests: entries and jurors lean to some of eight topics, half of the jurors are
technical and half investors, most panels need both, one pair in eighty has a conflict, two jurors
share an organisation on average. Prints a Markdown table. "Of bound" compares with a proven limit:
100.000 % is the best there is; more than 100 % is possible only by breaking rules.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from leitai.algorithms.assignment.problem import Problem, problem_from
from leitai.algorithms.assignment.solver import solve

Seats = tuple[np.ndarray, np.ndarray]


def contest(n_entries: int, n_jurors: int, k: int, *, slack: float, seed: int) -> dict:
    random = np.random.default_rng(seed)
    topics = random.dirichlet(np.full(8, 0.3), n_entries)
    skills = random.dirichlet(np.full(8, 0.5), n_jurors)
    fit = 0.8 * np.sqrt(topics) @ np.sqrt(skills).T + 0.2 * random.random((n_entries, n_jurors))
    technical = random.random(n_jurors) < 0.5
    mean_load = n_entries * k / n_jurors
    return {
        "affinity": fit.astype(np.float32),
        "forbidden": random.random((n_entries, n_jurors)) < 1 / 80,
        "demand": np.full(n_entries, k),
        "load_min": np.full(n_jurors, int(0.7 * mean_load)),
        "load_max": np.full(n_jurors, int(np.ceil(slack * mean_load))),
        "groups": np.column_stack((technical, ~technical)),
        "group_min": np.tile([2 if k > 3 else 1, 1], (n_entries, 1)),
        "same": random.integers(0, n_jurors // 2, n_jurors),
    }


def greedy(problem: Problem) -> Seats:
    """Best pairs first, as long as panel and juror have room; blind to kinds and houses."""
    need, room = problem.demand.copy(), problem.load_max.copy()
    chosen = []
    for at in np.argsort(-problem.value, kind="stable").tolist():
        e, j = problem.entry[at], problem.juror[at]
        if need[e] and room[j]:
            need[e] -= 1
            room[j] -= 1
            chosen.append(at)
    return problem.entry[chosen], problem.juror[chosen]


def hungarian(problem: Problem) -> Seats:
    """One juror an entry and round by scipy's linear_sum_assignment, jurors copied per round."""
    k = int(problem.demand.max())
    fit = np.full((problem.n_entries, problem.n_jurors), -10.0)
    fit[problem.entry, problem.juror] = problem.value
    room = problem.load_max.copy()
    entries, jurors = [], []
    for turn in range(k):
        share = np.ceil(room / (k - turn)).astype(int)
        share = np.minimum(room, np.maximum(share, 0))
        columns = np.repeat(np.arange(problem.n_jurors), share)
        rows, at = linear_sum_assignment(fit[:, columns], maximize=True)
        entries.append(rows)
        jurors.append(columns[at])
        fit[rows, columns[at]] = -10.0
        np.subtract.at(room, columns[at], 1)
    return np.concatenate(entries), np.concatenate(jurors)


def ours(objective: str) -> Callable[[Problem], Seats]:
    def run(problem: Problem) -> Seats:
        found = solve(problem, objective=objective, seed=1)
        return problem.entry[found.seats], problem.juror[found.seats]

    return run


def broken(problem: Problem, entry: np.ndarray, juror: np.ndarray) -> int:
    """Panels of the wrong size or mix, loads out of bounds, houses met twice, forbidden pairs."""
    size = np.bincount(entry, minlength=problem.n_entries)
    load = np.bincount(juror, minlength=problem.n_jurors)
    wrong = int((size != problem.demand).sum())
    wrong += int(((load < problem.load_min) | (load > problem.load_max)).sum())
    for group in range(problem.groups.shape[1]):
        inside = np.bincount(entry, problem.groups[juror, group], problem.n_entries)
        wrong += int((inside < problem.group_min[:, group]).sum())
    at = problem.position(entry, juror)
    house = problem.same_key[at[at >= 0]]
    house = house[house >= 0]
    return wrong + int((at < 0).sum()) + len(house) - len(np.unique(house))


METHODS = {
    "greedy, best pairs first": greedy,
    "scipy linear_sum_assignment, a round a juror": hungarian,
    "Leitai, sum": ours("sum"),
    "Leitai, fair": ours("fair"),
}


def rows(problem: Problem, runs: int) -> Iterator[str]:
    bounds = solve(problem, objective="fair", seed=1)
    fit = np.zeros((problem.n_entries, problem.n_jurors))
    fit[problem.entry, problem.juror] = problem.value
    for name, method in METHODS.items():
        wall, cpu = [], []
        for _ in range(runs):
            began, used = time.perf_counter(), time.process_time()
            entry, juror = method(problem)
            wall.append(time.perf_counter() - began)
            cpu.append(time.process_time() - used)
        total = fit[entry, juror].sum() / bounds.bound
        means = np.bincount(entry, fit[entry, juror], problem.n_entries) / problem.demand
        worst = means.min() / bounds.worst_bound
        yield (
            f"| {name} | {100 * total:.4f} | {100 * worst:.2f} | {broken(problem, entry, juror)} "
            f"| {min(wall):.2f} ({min(cpu):.2f}) |"
        )


def main() -> None:
    options = argparse.ArgumentParser(description="Jury assignment against its bound")
    options.add_argument("--sizes", default="400x60x3,1640x90x3,2000x200x5")
    options.add_argument("--slack", type=float, default=1.15)
    options.add_argument("--runs", type=int, default=3)
    given = options.parse_args()
    for size in given.sizes.split(","):
        n_entries, n_jurors, k = (int(part) for part in size.split("x"))
        problem = problem_from(**contest(n_entries, n_jurors, k, slack=given.slack, seed=7))
        print(f"\n{n_entries} entries x {n_jurors} jurors, {k} each, {problem.n_pairs:,} pairs\n")
        print("| method | total, % of bound | worst-off, % of bound | rules broken | s (CPU) |")
        print("|---|---|---|---|---|")
        for row in rows(problem, given.runs):
            print(row, flush=True)


if __name__ == "__main__":
    main()
