"""One-to-one meetings against their bound and against the usual ways, in one run.

    python benchmarks/fairness/timetable.py [--sizes contest,tight,large] [--runs 3]

Generated: hosts and teams lean to some of eight topics and wish for those who fit, each side has
a list as long as it likes; one pair in thirty is ruled out; diaries are full here and there.
"Of bound" compares with what linear programming proves nobody can exceed. "Without" counts teams
that could have a meeting and have none. Rules are checked by the checker, not by the solver.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from leitai.algorithms.timetable.arrays import schedule
from leitai.algorithms.timetable.checking import broken
from leitai.algorithms.timetable.pairs import choose
from leitai.algorithms.timetable.problem import problem_from

SIZES = {
    "contest": {"hosts": 80, "teams": 200, "slots": 16, "busy": 0.1, "host_max": 14, "tables": 60},
    "tight": {"hosts": 80, "teams": 200, "slots": 14, "busy": 0.35, "host_max": 14, "tables": 45},
    "large": {"hosts": 300, "teams": 1000, "slots": 20, "busy": 0.2, "host_max": 18, "tables": 230},
}  # fmt: skip


def meetings(
    *,
    hosts: int,
    teams: int,
    slots: int,
    busy: float,
    host_max: int,
    tables: int,
    seed: int,
) -> dict:
    random = np.random.default_rng(seed)
    topics = random.dirichlet(np.full(8, 0.4), hosts)
    skills = random.dirichlet(np.full(8, 0.4), teams)
    fit = np.sqrt(topics) @ np.sqrt(skills).T

    def wish(axis: int, share: float) -> np.ndarray:
        """A list of the best so many, marked 1 to 3; who is popular stands on many lists."""
        fame = random.gamma(2.0, 0.15, fit.shape[axis])
        taste = fit + np.expand_dims(fame, 1 - axis) + random.normal(0, 0.2, fit.shape)
        place = np.argsort(np.argsort(-taste, axis=axis), axis=axis) / fit.shape[axis]
        return (np.ceil(3 * np.clip(1 - place / share, 0, None))).astype(np.float32)

    return {
        "host_wish": wish(1, 0.15),
        "team_wish": wish(0, 0.12),
        "allowed": random.random(fit.shape) >= 1 / 30,
        "host_free": random.random((hosts, slots)) >= busy,
        "team_free": random.random((teams, slots)) >= busy,
        "host_max": random.integers(host_max // 2, host_max + 1, hosts),
        "team_max": random.integers(2, 7, teams),
        "tables": np.full(slots, tables),
    }


def in_order(given: dict, pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Book pair after pair in the first slot that both still have."""
    host_free, team_free = given["host_free"].copy(), given["team_free"].copy()
    host_left, team_left = given["host_max"].copy(), given["team_max"].copy()
    tables = given["tables"].copy()
    booked = []
    for h, t in pairs.tolist():
        if host_left[h] and team_left[t] and given["allowed"][h, t]:
            both = np.flatnonzero(host_free[h] & team_free[t] & (tables > 0))
            if len(both):
                s = both[0]
                host_free[h, s] = team_free[t, s] = False
                host_left[h] -= 1
                team_left[t] -= 1
                tables[s] -= 1
                booked.append((h, t, s))
    return tuple(np.array(booked).T)


def first_come(given: dict) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Parties come in some order and book what they like best, as at a booking desk."""
    random = np.random.default_rng(1)
    n_hosts, n_teams = given["allowed"].shape
    waves = []
    for turn in range(int(given["team_max"].max())):
        for party in random.permutation(n_hosts + n_teams):
            is_host = party < n_hosts
            own = given["host_wish"][party] if is_host else given["team_wish"][:, party - n_hosts]
            best = int(np.argsort(-own)[turn])
            waves.append((party, best) if is_host else (best, party - n_hosts))
    return in_order(given, np.array(list(dict.fromkeys(waves))))


def greedy(given: dict) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    value = given["host_wish"] + given["team_wish"]
    order = np.argsort(-value, axis=None, kind="stable")
    return in_order(given, np.column_stack(np.unravel_index(order, value.shape)))


METHODS: dict[str, Callable] = {
    "first come, first booked": first_come,
    "greedy by joint wish": greedy,
    "Leitai, no floor": lambda given: schedule(**given, floor=False, seed=1),
    "Leitai": lambda given: schedule(**given, seed=1),
}


def main() -> None:
    options = argparse.ArgumentParser(description="Meetings against their bound")
    options.add_argument("--sizes", default="contest,tight,large")
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--seed", type=int, default=7)
    given_options = options.parse_args()
    for size in given_options.sizes.split(","):
        given = meetings(**SIZES[size], seed=given_options.seed)
        choice = choose(problem_from(**given), seed=1)
        value = given["host_wish"].astype(float) + given["team_wish"]
        print(f"\n{size}: {SIZES[size]}; bound {choice.bound:.2f}, with the floor ", end="")
        print(f"{choice.floor_bound:.2f}, at least {choice.left_out} teams left out\n")
        print("| method | of bound, % | meetings | teams without | rules broken | s (CPU) |")
        print("|---|---|---|---|---|---|")
        for name, method in METHODS.items():
            wall, cpu = [], []
            for _ in range(given_options.runs):
                began, used = time.perf_counter(), time.process_time()
                host, team, slot = method(given)
                wall.append(time.perf_counter() - began)
                cpu.append(time.process_time() - used)
            share = 100 * value[host, team].sum() / choice.bound
            without = value.shape[1] - len(np.unique(team))
            wrong = broken(host, team, slot, **given)
            print(
                f"| {name} | {share:.3f} | {len(host)} | {without} | {wrong} "
                f"| {min(wall):.2f} ({min(cpu):.2f}) |",
                flush=True,
            )


if __name__ == "__main__":
    main()
