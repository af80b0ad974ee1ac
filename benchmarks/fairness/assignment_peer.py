"""One solver of a checkout of openreview-matcher on one instance; run by assignment.py.

Only the solver's own module is loaded, so that Gurobi, Celery and a server are not needed.
"""

import importlib
import sys
import time
import types
from pathlib import Path

import numpy as np

MODULES = {"MinMax": ("minmax_solver", "MinMaxSolver"), "FairFlow": ("fairflow", "FairFlow"),
           "FairSequence": ("fairsequence", "FairSequence")}  # fmt: skip


def peak_mib(*, afresh: bool = False) -> float:
    """The most memory held so far, or from now on; 0 where the system does not tell."""
    try:
        if afresh:
            Path("/proc/self/clear_refs").write_text("5")
        status = Path("/proc/self/status").read_text()
    except OSError:
        return 0.0
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main(checkout: str, name: str, source: str, target: str) -> None:
    for package, path in (("matcher", "matcher"), ("matcher.solvers", "matcher/solvers")):
        module = types.ModuleType(package)
        module.__path__ = [f"{checkout}/{path}"]
        sys.modules[package] = module
    file, kind = MODULES[name]
    solver_kind = getattr(importlib.import_module(f"matcher.solvers.{file}"), kind)
    given = np.load(source)
    affinity = given["affinity"].astype(float)
    encoder = types.SimpleNamespace(
        aggregate_score_matrix=affinity,
        cost_matrix=np.round(-100 * affinity),
        constraint_matrix=np.where(given["forbidden"], -1, 0),
    )
    before = peak_mib(afresh=True)
    wall, cpu = time.perf_counter(), time.process_time()
    solver = solver_kind(
        given["load_min"].tolist(), given["load_max"].tolist(), given["demand"].tolist(), encoder
    )
    matrix = np.asarray(solver.solve())
    used = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    mib = peak_mib() - before
    matrix = matrix if matrix.shape == affinity.shape else matrix.T
    entry, juror = np.nonzero(matrix > 0.5)
    np.savez(target, entry=entry, juror=juror, mib=mib, **used)


if __name__ == "__main__":
    main(*sys.argv[1:])
