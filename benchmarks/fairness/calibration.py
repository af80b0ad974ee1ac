"""Calibration against the Bayes optimum and the usual ways; the second round; held-out marks.

    python benchmarks/fairness/calibration.py [--runs 5] [--small-runs 60] [--only contest,...]
                                              [--json FILE]

Prints Markdown tables; the file has the same figures, for `pictures.py`. "Optimum" is told the
true spreads of the jurors (a long run of another sampler), "known" each juror exactly: nobody can
know that. Gaps are paired, the optimum's contest by contest. Held-out marks need the folder of
real reviews in LEITAI_REAL_DATA.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.stats import kendalltau

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "src"), str(Path(__file__).parent)]

import held_out  # noqa: E402
from juries import FITTED, PLAIN, STRESS, Kind, World, optimum, world  # noqa: E402
from peers import PEERS, chances  # noqa: E402

from leitai.algorithms.calibration import calibrate, choose  # noqa: E402
from leitai.algorithms.calibration.chances import chance_in  # noqa: E402

KEPT: dict[str, list[dict]] = {}
HEAD = (
    "| method | tau | tau gap | recall 5 % | recall 10 % | Brier 10 % | log loss gap | "
    "wrong if safe | s (CPU) |\n|---|---|---|---|---|---|---|---|---|"
)


def figures(made: World, quality: np.ndarray, p_in: list[np.ndarray]) -> np.ndarray:
    """tau, recall at both cuts, and Brier, log loss and wrong safe calls at the wider one."""
    size = len(made.truth)
    found = [kendalltau(quality, made.truth).statistic]
    order = np.argsort(-made.truth)
    for share, chance in zip((20, 10), p_in, strict=True):
        places = size // share
        best = np.argsort(-chance, kind="stable")[:places]
        found.append(len(np.intersect1d(order[:places], best)) / places)
    truly = np.isin(np.arange(size), order[: size // 10])
    chance = np.clip(p_in[1], 1e-4, 1 - 1e-4)
    safe = (chance < 0.05) | (chance > 0.95)
    found.append(float(np.mean((chance - truly) ** 2)))
    found.append(float(-np.mean(np.log(np.where(truly, chance, 1 - chance)))))
    found.append(float(np.mean((chance > 0.5)[safe] != truly[safe])))
    return np.array(found)


def ways(made: World) -> Iterator[tuple[str, np.ndarray, float]]:
    size = len(made.truth)
    cuts = [size // 20, size // 10]
    for name, known in (("Bayes optimum", False), ("jurors known exactly", True)):
        # Where jurors are alike in scale and noise the additive model is itself the optimum, and
        # for the careless no formula is told: the gaps are then to the additive model.
        if made.kind.scale and made.kind.careless == 0:
            draws = optimum(made, known=known)
            p_in = [chance_in(draws, places=k) for k in cuts]
            yield name, figures(made, draws.mean.mean(0), p_in), 0.0
    for name, peer in PEERS.items():
        began = time.process_time()
        mean, sd = peer(**made.arrays)
        p_in = [chances(mean, sd, k) for k in cuts]
        yield name, figures(made, mean, p_in), time.process_time() - began
    began = time.process_time()
    ours = calibrate(**made.arrays, cuts=cuts, seed=1)
    took = time.process_time() - began
    yield "**Leitai**", figures(made, ours.quality, list(ours.p_in.T)), took


def table(name: str, *, entries: int, jurors: int, each: int, kind: Kind, runs: int) -> None:
    rows: dict[str, list[np.ndarray]] = {}
    for run in range(runs):
        made = world(entries=entries, jurors=jurors, each=each, kind=kind, seed=1000 + run)
        for way, found, took in ways(made):
            rows.setdefault(way, []).append(np.append(found, took))
    base = "Bayes optimum" if "Bayes optimum" in rows else "additive mixed model (REML)"
    print(f"\n### {name}: {entries} x {jurors}, {each} marks each, {runs} contests")
    print(f"Gaps are to: {base}.\n\n{HEAD}")
    for way, found in rows.items():
        now, gap = np.mean(found, axis=0), np.array(found) - np.array(rows[base])
        error = gap[:, 0].std() / np.sqrt(runs)
        KEPT.setdefault(f"{name}, {each} marks each", []).append(
            {"way": way, "tau": now[0], "tau_gap": gap[:, 0].mean(), "error": error,
             "recall": now[2], "log_loss_gap": gap[:, 4].mean()}
        )  # fmt: skip
        print(
            f"| {way} | {now[0]:.4f} | {gap[:, 0].mean():+.4f} ± {error:.4f} | {now[1]:.3f} | "
            f"{now[2]:.3f} | {now[3]:.4f} | {gap[:, 4].mean():+.4f} | {100 * now[5]:.2f} % | "
            f"{now[6]:.2f} |",
            flush=True,
        )


def second_round(*, runs: int, load: int) -> None:
    """3 marks each at first; 1,000 more in 5 rounds, chosen; 1,000, 2,000 or 4,000 by chance."""
    print(f"\n### Second round: 2,000 x 200, 3 marks each, cut at 10 %, room {load} a juror")
    print("| policy | extra | recall | shortfall | s a round (CPU) |\n|---|---|---|---|---|")
    plans = [("none", 0), ("by chance", 1000), ("by chance", 2000), ("by chance", 4000)]
    for policy, extra in [*plans, ("**chosen, five rounds**", 1000), ("**chosen, one**", 1000)]:
        found = np.array([_played(policy, extra, load, run) for run in range(runs)])
        mean, error = found.mean(0), found.std(0) / np.sqrt(runs)
        KEPT.setdefault("Second round", []).append(
            {"way": policy, "extra": extra, "recall": mean[0], "error": error[0]}
        )
        print(
            f"| {policy} | {extra:,} | {mean[0]:.3f} ± {error[0]:.3f} | {mean[1]:.3f} | "
            f"{mean[2]:.2f} |",
            flush=True,
        )


def _played(policy: str, extra: int, load: int, run: int) -> tuple[float, float, float]:
    made = world(entries=2000, jurors=200, each=3, kind=FITTED, seed=5000 + run)
    random, took = np.random.default_rng(run), 0.0
    left = np.full(200, load)
    if policy == "by chance":
        taken = np.zeros((2000, 200), bool)
        taken[made.entry, made.juror] = True
        entry = np.concatenate([random.permutation(2000) for _ in range(-(-extra // 2000))])
        entry = entry[:extra]
        juror = []
        for e in entry.tolist():
            juror.append(int(random.choice(np.flatnonzero(~taken[e]))))
            taken[e, juror[-1]] = True
        made = made.marked(entry, np.array(juror), seed=run)
    elif extra:
        rounds = 5 if "five" in policy else 1
        for turn in range(rounds):
            began = time.process_time()
            pairs = choose(
                **made.arrays, cut=200, budget=extra // rounds, load_left=left, seed=turn
            )
            took = max(took, time.process_time() - began)
            left = left - np.bincount(pairs[1], minlength=200)
            made = made.marked(*pairs, seed=100 * run + turn)
    p_in = calibrate(**made.arrays, cuts=[200], seed=1).p_in[:, 0]
    best, listed = np.argsort(-made.truth)[:200], np.argsort(-p_in, kind="stable")[:200]
    short = (made.truth[best].sum() - made.truth[listed].sum()) / 200
    return len(np.intersect1d(best, listed)) / 200, short, took


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--small-runs", type=int, default=60)
    options.add_argument("--only", default="contest,contest3,stress,small,second,real")
    options.add_argument("--load", type=int, default=30)
    options.add_argument("--json", type=Path)
    given = options.parse_args()
    big = {"entries": 2000, "jurors": 200, "runs": given.runs}
    parts = {
        "contest": lambda: table("Contest", each=5, kind=FITTED, **big),
        "contest3": lambda: table("Contest", each=3, kind=FITTED, **big),
        "stress": lambda: table("Stress", each=5, kind=STRESS, **big),
        "small": lambda: table(
            "Small, jurors alike", entries=60, jurors=12, each=5, kind=PLAIN, runs=given.small_runs
        ),
        "second": lambda: second_round(runs=given.runs, load=given.load),
        "real": lambda: held_out.main(os.environ.get("LEITAI_REAL_DATA")),
    }
    for part in given.only.split(","):
        parts[part]()
    if given.json:
        given.json.write_text(json.dumps(KEPT, indent=1))


if __name__ == "__main__":
    main()
