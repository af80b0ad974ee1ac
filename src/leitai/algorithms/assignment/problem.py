"""A seating problem as flat arrays: one line for each pair that may sit."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse import issparse

Array = np.ndarray[Any, Any]
Matrix = Any
"""A dense array, or any scipy sparse matrix."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Problem:
    """Pairs are sorted by entry, then juror; a pair that is not listed may not sit."""

    entry: Array
    juror: Array
    value: Array
    fixed: Array
    """bool: this pair sits whatever happens."""
    demand: Array
    load_min: Array
    load_max: Array
    groups: Array
    """bool [J, G]; groups may overlap."""
    group_min: Array
    """int [E, G]"""
    same: Array
    """int [J]: at most one juror of the same number on an entry; -1 stands alone."""

    @property
    def n_entries(self) -> int:
        return len(self.demand)

    @property
    def n_jurors(self) -> int:
        return len(self.load_max)

    @property
    def n_pairs(self) -> int:
        return len(self.entry)

    @cached_property
    def spread(self) -> float:
        """The distance between the best and the worst pair; at least a little."""
        return max(float(np.ptp(self.value)) if self.n_pairs else 0.0, 1e-3)

    @cached_property
    def same_key(self) -> Array:
        """One number for each entry and organisation, -1 where the juror stands alone."""
        of_juror = self.same[self.juror].astype(np.int64)
        width = int(self.same.max(initial=-1)) + 1
        return np.where(of_juror < 0, -1, self.entry.astype(np.int64) * width + of_juror)

    @cached_property
    def pair_key(self) -> Array:
        return self.entry.astype(np.int64) * self.n_jurors + self.juror

    def position(self, entry: Array, juror: Array) -> Array:
        """Where these pairs stand in the list, -1 for those that may not sit."""
        keys = self.pair_key
        wanted = np.asarray(entry, dtype=np.int64) * self.n_jurors + np.asarray(juror)
        at = np.searchsorted(keys, wanted)
        at[at == len(keys)] = 0
        return np.where(keys[at] == wanted, at, -1) if len(keys) else np.full(len(wanted), -1)

    def with_values(self, value: Array) -> "Problem":
        return replace(self, value=value)


def problem_from(
    *,
    affinity: Matrix,
    forbidden: Array | None,
    demand: Array,
    load_min: Array,
    load_max: Array,
    groups: Array | None = None,
    group_min: Array | None = None,
    same: Array | None = None,
    fixed: tuple[Array, Array] | None = None,
) -> Problem:
    """Check the arrays and flatten them. A pair that is forbidden and fixed stays fixed."""
    n_entries, n_jurors = affinity.shape
    entry, juror, value = _pairs(affinity, forbidden)
    if groups is None or group_min is None:
        groups, group_min = np.zeros((n_jurors, 0), bool), np.zeros((n_entries, 0), np.int32)
    if same is None:
        same = np.full(n_jurors, -1)
    _require_shapes(n_entries, n_jurors, demand, load_min, load_max, groups, group_min, same)
    if not np.isfinite(value).all():
        raise ValueError("Affinities must be finite numbers; forbid a pair by `forbidden`.")
    problem = Problem(
        entry=entry,
        juror=juror,
        value=value,
        fixed=np.zeros(len(entry), dtype=bool),
        demand=np.asarray(demand, dtype=np.int64),
        load_min=np.asarray(load_min, dtype=np.int64),
        load_max=np.asarray(load_max, dtype=np.int64),
        groups=np.asarray(groups, dtype=bool),
        group_min=np.asarray(group_min, dtype=np.int64),
        same=np.asarray(same, dtype=np.int64),
    )
    return problem if fixed is None else _fix(problem, *fixed)


def _pairs(affinity: Matrix, forbidden: Array | None) -> tuple[Array, Array, Array]:
    if issparse(affinity):
        rows = affinity.tocsr().copy()
        rows.sort_indices()
        entry = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
        juror, value = rows.indices, rows.data
        keep = slice(None) if forbidden is None else ~forbidden[entry, juror]
        entry, juror, value = entry[keep], juror[keep], value[keep]
    else:
        allowed = np.ones(affinity.shape, bool) if forbidden is None else ~forbidden
        entry, juror = np.nonzero(allowed)
        value = np.asarray(affinity)[entry, juror]
    return entry.astype(np.int32), juror.astype(np.int32), value.astype(np.float64)


def _require_shapes(
    n_entries: int,
    n_jurors: int,
    demand: Array,
    load_min: Array,
    load_max: Array,
    groups: Array,
    group_min: Array,
    same: Array,
) -> None:
    expected = {
        "demand": (np.shape(demand), (n_entries,)),
        "load_min": (np.shape(load_min), (n_jurors,)),
        "load_max": (np.shape(load_max), (n_jurors,)),
        "same": (np.shape(same), (n_jurors,)),
        "groups": (np.shape(groups), (n_jurors, np.shape(groups)[-1])),
        "group_min": (np.shape(group_min), (n_entries, np.shape(groups)[-1])),
    }
    for name, (found, wanted) in expected.items():
        if found != wanted:
            raise ValueError(f"`{name}` has the shape {found}; it should be {wanted}.")


def _fix(problem: Problem, entry: Array, juror: Array) -> Problem:
    at = problem.position(entry, juror)
    if (at < 0).any():
        lost = int(np.flatnonzero(at < 0)[0])
        raise ValueError(f"Fixed pair ({entry[lost]}, {juror[lost]}) may not sit.")
    fixed = problem.fixed.copy()
    fixed[at] = True
    return replace(problem, fixed=fixed)
