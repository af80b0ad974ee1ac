"""Jury assignment against the plainer ways and against OpenReview's matcher, in one run.

    python benchmarks/fairness/assignment.py [--cases 400x60,2000x200,tight,sparse] [--seed 1]
    python benchmarks/fairness/assignment.py --openreview CHECKOUT --peers FOLDER

Each method runs in a process of its own. "Total" and "worst-off" are shares of proven limits (the
worst-off limit holds for whatever total, and is proven again at leisure when the clock has
stopped); more than 100 % is possible only by breaking rules. MiB is the peak above what the process
held when the problem was loaded. Leitai's limit is in seconds of wall; raise it by `--seconds` on a
machine that gives this script only a part of its processor.

OpenReview's matcher is not on the package index: clone github.com/openreview/openreview-matcher
and name the checkout. The script makes an environment in FOLDER and installs what its MinMax,
FairFlow and FairSequence need (numpy, ortools, sortedcontainers); they know no kinds or houses.
"""

import argparse
import json
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "src")]

from assignment_cases import CASES, made  # noqa: E402
from assignment_peer import peak_mib  # noqa: E402

from leitai.algorithms.assignment.problem import Problem, problem_from  # noqa: E402

PEERS = ("MinMax", "FairFlow", "FairSequence")


def greedy(problem: Problem, _seconds: float) -> tuple[np.ndarray, dict]:
    """Best pairs first, as long as panel and juror have room; blind to kinds and houses."""
    need, room, chosen = problem.demand.copy(), problem.load_max.copy(), []
    for at in np.argsort(-problem.value, kind="stable").tolist():
        e, j = problem.entry[at], problem.juror[at]
        if need[e] and room[j]:
            need[e] -= 1
            room[j] -= 1
            chosen.append(at)
    return np.array(chosen), {}


def flow(problem: Problem, _seconds: float) -> tuple[np.ndarray, dict]:
    """The transportation problem by scipy's HiGHS: loads and sizes; blind to kinds and houses."""
    from dataclasses import replace

    blind = replace(
        problem,
        group_min=np.zeros_like(problem.group_min),
        same=np.full_like(problem.same, -1),
    )
    return plain_mip(blind, _seconds)


def plain_mip(problem: Problem, _seconds: float) -> tuple[np.ndarray, dict]:
    """Every pair a whole variable, every rule a row, handed to HiGHS through scipy."""
    from leitai.algorithms.assignment.whole import best_whole

    seats, _bound, _worst = best_whole(
        problem, worth=problem.value, objective="sum", time_limit=3600.0
    )
    if seats is None:
        raise TimeoutError
    return seats, {}


def leitai(objective: str) -> Any:
    def run(problem: Problem, seconds: float) -> tuple[np.ndarray, dict]:
        from leitai.algorithms.assignment.solver import solve

        found = solve(problem, objective=objective, seed=1, time_limit=seconds)
        return found.seats, {"bound": found.bound, "worst_bound": found.worst_bound}

    return run


def leitai_capped(problem: Problem, _seconds: float) -> tuple[np.ndarray, dict]:
    from leitai.algorithms.assignment.solver import solve

    return solve(problem, seed=1, pair_cap=0.5).seats, {}


METHODS = {
    "greedy, best pairs first": greedy,
    "plain flow (scipy), no kinds": flow,
    "plain MIP (scipy's HiGHS)": plain_mip,
    "Leitai, sum": leitai("sum"),
    "Leitai, fair": leitai("fair"),
    "Leitai, no pair likelier than 1/2": leitai_capped,
}
FEW_PAIRS = 500_000
TOO_LARGE = {"sparse": {"plain MIP (scipy's HiGHS)", "plain flow (scipy), no kinds"}}


def measure(case: str, seed: int, name: str, limit: int, seconds: float, pipe: Any) -> None:
    problem = problem_from(**made(case, seed=seed))
    _warm()
    before = peak_mib(afresh=True)
    no_longer_than(limit + time.process_time())
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        seats, bounds = METHODS[name](problem, seconds)
    except TimeoutError:
        pipe.send(None)
        return
    used = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    used["mib"] = peak_mib() - before
    no_longer_than(resource.RLIM_INFINITY)
    if bounds.get("worst_bound") and problem.n_pairs < FEW_PAIRS:
        from leitai.algorithms.assignment.ceiling import floor_bound

        at_leisure = floor_bound(problem, seats, time_limit=600.0)
        bounds["worst_bound"] = min(bounds["worst_bound"], at_leisure)
    pipe.send((seats, bounds, used))


def no_longer_than(seconds: float) -> None:
    """The system ends this process after so much of the processor, however busy the machine."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), resource.RLIM_INFINITY))


def _warm() -> None:
    """Importing the solvers is not what is measured."""
    import scipy.optimize  # noqa: F401

    from leitai.algorithms.assignment import solver  # noqa: F401


def rows(
    case: str, seed: int, *, only: str, but: str | None, limit: int, seconds: float
) -> list[dict]:
    problem = problem_from(**made(case, seed=seed))
    found: list[dict] = []
    for name in METHODS:
        left_out = name in TOO_LARGE.get(case, ()) or (but and but in name)
        if only not in name or left_out:
            continue
        here, there = multiprocessing.Pipe(duplex=False)
        context = multiprocessing.get_context("spawn")
        child = context.Process(target=measure, args=(case, seed, name, limit, seconds, there))
        child.start()
        there.close()
        try:
            answer = here.recv()
        except EOFError:
            answer = None
        child.join()
        if answer is None:
            found.append({"case": case, "method": name, "stopped": True})
            continue
        seats, bounds, used = answer
        found.append(_row(case, name, problem, problem.entry[seats], problem.juror[seats], used))
        found[-1] |= bounds
        print(f"  {case}: {name}", file=sys.stderr, flush=True)
    return found


def _row(
    case: str, name: str, problem: Problem, entry: np.ndarray, juror: np.ndarray, used: dict
) -> dict:
    at = problem.position(entry, juror)
    value = np.where(at >= 0, problem.value[at], 0.0)
    means = np.bincount(entry, value, problem.n_entries) / problem.demand
    return {
        "case": case,
        "method": name,
        "total": float(value.sum()),
        "worst_off": float(means.min()),
        "broken": _broken(problem, entry, juror),
        **used,
    }


def _broken(problem: Problem, entry: np.ndarray, juror: np.ndarray) -> int:
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


def peers(case: str, seed: int, checkout: Path, folder: Path, limit: int) -> list[dict]:
    python = _environment(folder)
    given = made(case, seed=seed)
    problem, found = problem_from(**given), []
    for name in PEERS:
        with tempfile.TemporaryDirectory() as place:
            file, out = Path(place, "in.npz"), Path(place, "out.npz")
            np.savez(file, **{key: given[key] for key in ("affinity", "forbidden", "demand",
                                                          "load_min", "load_max")})  # fmt: skip
            command = [python, HERE / "assignment_peer.py", checkout, name, file, out]
            try:
                subprocess.run(
                    command,
                    check=True,
                    stdout=subprocess.DEVNULL,
                    preexec_fn=lambda: no_longer_than(limit),
                )
                answer = np.load(out)
            except (subprocess.SubprocessError, OSError):
                found.append({"case": case, "method": f"OpenReview {name}", "stopped": True})
                continue
            used = {key: float(answer[key]) for key in ("wall", "cpu", "mib")}
            where = (answer["entry"], answer["juror"])
            found.append(_row(case, f"OpenReview {name}", problem, *where, used))
            print(f"  {case}: OpenReview {name}", file=sys.stderr, flush=True)
    return found


def _environment(folder: Path) -> Path:
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        needs = ["numpy>=2,<2.3", "ortools==9.*", "sortedcontainers==2.*"]
        subprocess.run([python, "-m", "pip", "install", "-q", *needs], check=True)
    return python


def table(found: list[dict]) -> str:
    lines = []
    for case in dict.fromkeys(row["case"] for row in found):
        mine = [row for row in found if row["case"] == case]
        bound = next((row["bound"] for row in mine if "bound" in row), np.nan)
        worst = next((row["worst_bound"] for row in mine if row.get("worst_bound")), np.nan)
        lines += [
            f"\n{case}: total at most {bound:.2f}, worst-off at most {worst:.4f}\n",
            "| method | total, % of bound | worst-off, % of bound | rules broken | s (CPU) | MiB |",
            "|---|---|---|---|---|---|",
        ]
        for row in mine:
            if row.get("stopped"):
                lines.append(f"| {row['method']} | stopped | | | | |")
                continue
            lines.append(
                f"| {row['method']} | {100 * row['total'] / bound:.3f} "
                f"| {100 * row['worst_off'] / worst:.1f} | {row['broken']} "
                f"| {row['wall']:.2f} ({row['cpu']:.2f}) | {row['mib']:.0f} |"
            )
    return "\n".join(lines)


def main() -> None:
    options = argparse.ArgumentParser(description="Jury assignment against its bounds and peers")
    options.add_argument("--cases", default="400x60,2000x200,tight,sparse")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", default="", help="methods whose names have this in them")
    options.add_argument("--json", type=Path, help="write every figure here as well")
    options.add_argument("--openreview", type=Path, help="a checkout of openreview-matcher")
    options.add_argument("--peers", type=Path, help="folder for the peers' own environment")
    options.add_argument("--but", help="leave out the methods whose names have this in them")
    options.add_argument("--limit", type=int, default=240, help="processor seconds for a method")
    options.add_argument("--seconds", type=float, default=30.0, help="Leitai's time limit")
    given = options.parse_args()
    if given.openreview and not (given.openreview / "matcher" / "solvers").is_dir():
        options.error(
            f"{given.openreview} holds no matcher/solvers: name the checkout's own folder"
        )
    found: list[dict] = []
    for case in given.cases.split(","):
        if case not in CASES:
            options.error(f"no case {case}; there are {', '.join(CASES)}")
        found += rows(
            case,
            given.seed,
            only=given.only,
            but=given.but,
            limit=given.limit,
            seconds=given.seconds,
        )
        if given.openreview and given.peers and case != "sparse":
            found += peers(case, given.seed, given.openreview, given.peers, given.limit)
    print(table(found))
    if given.json:
        given.json.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
