"""The linear programme over a pool of pairs, held in HiGHS and grown by columns and rows.

Rows: each entry's demand, each juror's load, each entry's minimum per group; later one row for
each entry and organisation whose "at most one" was broken, and one floor for each entry that
fell below it. Elastic columns stand in for missing seats, so that the programme always has an
answer and its prices show where jurors are short.
"""

import time
from dataclasses import dataclass

import highspy
import numpy as np

from leitai.algorithms.assignment.problem import Array, Problem

_NONE = np.zeros(0)


@dataclass(frozen=True, eq=False, kw_only=True)
class Answer:
    x: Array
    """For each pair of the pool, in its order."""
    missing: float
    """Seats that no juror fills."""
    row_price: Array
    lift: float
    """The floor that was reached, where it is what is maximised."""


class OutOfTime(Exception):
    """The linear programme was not solved when time was up."""


class TooManyFloors(Exception):
    """So many floors bind at once that another way is quicker."""


class Master:
    def __init__(
        self,
        problem: Problem,
        *,
        seed: int,
        guess: tuple[Array, Array] | None = None,
        cap: float = 1.0,
    ) -> None:
        """`guess`: about what the entries' and the jurors' prices will be; saves time, no more."""
        self.problem = problem
        zeros = np.zeros(problem.n_entries), np.zeros(problem.n_jurors)
        self.guess = self.first_guess = np.concatenate(guess or zeros)
        self.pool = np.zeros(0, dtype=np.int64)
        self.in_pool = np.zeros(problem.n_pairs, dtype=bool)
        self.house_row = np.full(problem.n_pairs, -1, dtype=np.int32)
        self.floor_row = np.full(problem.n_entries, -1, dtype=np.int64)
        self.group_row = np.full(problem.group_min.shape, -1, dtype=np.int64)
        self.lp = highspy.Highs()
        for option, value in _OPTIONS.items():
            self.lp.setOptionValue(option, value)
        self.lp.setOptionValue("random_seed", seed % 2**31)
        self.lift_upper = 0.0
        self.until = np.inf
        self.most_floors = problem.n_entries
        self.cap = cap
        self._begin()

    # -- building -----------------------------------------------------------------------------

    def _begin(self) -> None:
        problem, n = self.problem, self.problem.n_entries
        asked = problem.group_min > 0
        self.group_row[asked] = n + problem.n_jurors + np.arange(asked.sum())
        lower = np.concatenate((problem.demand, problem.load_min, problem.group_min[asked]))
        short = lower > 0
        upper = np.concatenate((problem.demand, problem.load_max, np.full(asked.sum(), np.inf)))
        lower[n : n + problem.n_jurors] = upper[n : n + problem.n_jurors] = 0
        self.n_rows = len(lower)
        self.shift = self.first_shift = np.concatenate((self.guess, np.zeros(asked.sum())))
        self.lp.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._rows(lower.astype(float), upper.astype(float))
        self.elastic_row = rows = np.flatnonzero(short)
        self.n_elastic = len(rows)
        starts = np.arange(len(rows), dtype=np.int32)
        self._columns(np.zeros(len(rows)), 0.0, np.inf, starts, rows, np.ones(len(rows)))
        self.lift_column = self.n_elastic
        self._columns(np.zeros(1), 0.0, 0.0, np.zeros(1, np.int32), _NONE, _NONE)
        self._add_loads()
        self.first_pair = self.n_elastic + 1 + problem.n_jurors

    def _add_loads(self) -> None:
        """A column for each juror's load, so that it can have a price before the first step."""
        problem, m = self.problem, self.problem.n_jurors
        low, high = problem.load_min.astype(float), problem.load_max.astype(float)
        rows, starts = np.arange(m) + problem.n_entries, np.arange(m, dtype=np.int32)
        rows = rows.astype(np.int32)
        self.lp.addCols(m, np.zeros(m), low, high, m, starts, rows, np.full(m, -1.0))

    def _rows(self, lower: Array, upper: Array) -> None:
        starts = np.zeros(len(lower), dtype=np.int32)
        self.lp.addRows(len(lower), lower, upper, 0, starts, _NONE.astype(np.int32), _NONE)

    def _columns(
        self, cost: Array, lower: float, upper: float, starts: Array, rows: Array, coef: Array
    ) -> None:
        n = len(cost)
        low, high = np.full(n, lower), np.full(n, upper)
        rows = rows.astype(np.int32)
        self.lp.addCols(n, cost, low, high, len(rows), starts, rows, coef)

    def add_pairs(self, pairs: Array, cost: Array) -> None:
        """Take pairs into the pool; `cost` is what each is worth."""
        pairs = pairs[~self.in_pool[pairs]]
        if not len(pairs):
            return
        rows, coef = self._pair_rows(pairs)
        there = rows >= 0
        starts = np.concatenate(([0], np.cumsum(there.sum(axis=1))[:-1])).astype(np.int32)
        self._columns(self._shifted(pairs, cost), 0.0, self.cap, starts, rows[there], coef[there])
        for at in np.flatnonzero(self.problem.fixed[pairs]):
            self.lp.changeColBounds(self.first_pair + len(self.pool) + int(at), 1.0, 1.0)
        self.pool = np.concatenate((self.pool, pairs))
        self.in_pool[pairs] = True

    def _pair_rows(self, pairs: Array) -> tuple[Array, Array]:
        problem = self.problem
        entry, juror = problem.entry[pairs], problem.juror[pairs]
        grouped = np.where(problem.groups[juror], self.group_row[entry], -1)
        loads, houses = problem.n_entries + juror, self.house_row[pairs]
        rows = np.column_stack((entry, loads, grouped, houses, self.floor_row[entry]))
        rows = rows.astype(np.int64)
        coef = np.ones(rows.shape)
        coef[:, -1] = problem.value[pairs]
        return rows, coef

    def add_house_rows(self, entries: Array, houses: Array) -> None:
        """From now on at most one juror of this organisation on this entry."""
        if not len(entries):
            return
        which, member = np.nonzero(houses[:, None] == self.problem.same)
        pairs = self.problem.position(entries[which], member)
        which, pairs = which[pairs >= 0], pairs[pairs >= 0]
        self.house_row[pairs] = self.n_rows + which
        place = np.full(self.problem.n_pairs, -1)
        place[self.pool] = np.arange(len(self.pool)) + self.first_pair
        which, columns = which[place[pairs] >= 0], place[pairs][place[pairs] >= 0]
        n, starts = len(entries), np.searchsorted(which, np.arange(len(entries)))
        self.lp.addRows(
            n, np.full(n, -np.inf), np.ones(n), len(columns), starts.astype(np.int32),
            columns.astype(np.int32), np.ones(len(columns)),
        )  # fmt: skip
        self.n_rows += n

    def add_floors(self, entries: Array) -> None:
        """Hold these panels' mean affinity up to the lift column, whose bounds set the floor."""
        if (self.floor_row >= 0).sum() + len(entries) > self.most_floors:
            raise TooManyFloors
        for entry in entries.tolist():
            at = np.flatnonzero(self.problem.entry[self.pool] == entry)
            columns, coef = at + self.first_pair, self.problem.value[self.pool[at]]
            demand = float(self.problem.demand[entry])
            columns = np.append(columns, self.lift_column)
            self._row(0.0, np.inf, columns, np.append(coef, -demand))
            self.floor_row[entry] = self.n_rows - 1

    def _row(self, lower: float, upper: float, columns: Array, coef: Array) -> None:
        self.lp.addRow(lower, upper, len(columns), columns.astype(np.int32), coef)
        self.n_rows += 1

    # -- aiming -------------------------------------------------------------------------------

    def aim(
        self, *, pair_cost: Array, missing_cost: float, lift_cost: float = 0.0, guessed: float = 1.0
    ) -> None:
        """What to maximise: the pairs' worth, less so much a missing seat, plus the lift.

        `guessed`: how much of the guessed prices this worth is told in; small worth among large
        prices would drown in the solver's tolerances.
        """
        self.guess, self.shift = guessed * self.first_guess, guessed * self.first_shift
        entries = self.problem.n_entries
        self.lp.changeObjectiveOffset(float(self.guess[:entries] @ self.problem.demand))
        missing = -missing_cost - self.shift[self.elastic_row]
        loads = self.guess[self.problem.n_entries :]
        costs = np.concatenate((missing, [lift_cost], loads, self._shifted(self.pool, pair_cost)))
        self.lp.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)

    def _shifted(self, pairs: Array, cost: Array) -> Array:
        """What pairs are worth beyond the guessed prices, which the rows' own prices go on from."""
        n = self.problem.n_entries
        guessed = self.guess[self.problem.entry[pairs]] + self.guess[n + self.problem.juror[pairs]]
        return cost[pairs] - guessed

    def bound_lift(self, lower: float, upper: float) -> None:
        self.lp.changeColBounds(self.lift_column, lower, upper)
        self.lift_upper = upper

    def forbid_missing(self) -> None:
        n = self.n_elastic
        columns = np.arange(n, dtype=np.int32)
        self.lp.changeColsBounds(n, columns, np.zeros(n), np.zeros(n))

    # -- solving ------------------------------------------------------------------------------

    def solve(self) -> Answer:
        """The linear optimum over the pool; raises `OutOfTime` after `until`."""
        left = max(self.until - time.monotonic(), 0.01)
        self.lp.setOptionValue("time_limit", self.lp.getRunTime() + left)
        self.lp.setOptionValue("presolve", "off")  # Takes longer than it saves, so near the end.
        self.lp.run()
        if self.lp.getModelStatus() == highspy.HighsModelStatus.kTimeLimit:
            raise OutOfTime
        if self.lp.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            status = self.lp.modelStatusToString(self.lp.getModelStatus())
            raise RuntimeError(f"The linear programme ended as: {status}.")
        solution = self.lp.getSolution()
        x = np.asarray(solution.col_value)
        return Answer(
            x=x[self.first_pair :],
            missing=float(x[: self.n_elastic].sum()),
            row_price=self._row_price(np.asarray(solution.row_dual)),
            lift=float(x[self.lift_column]),
        )

    def _row_price(self, beyond: Array) -> Array:
        price = beyond.copy()
        price[: len(self.guess)] += self.guess
        return price

    def solve_whole(
        self, *, lower: Array, upper: Array, time_limit: float, gap: float
    ) -> Array | None:
        """Whole seats between two bounds per pair of the pool; None when none were found."""
        n = len(self.pool)
        columns = np.arange(self.first_pair, self.first_pair + n, dtype=np.int32)
        whole = np.full(n, highspy.HighsVarType.kInteger)
        self.lp.changeColsBounds(n, columns, lower.astype(float), upper.astype(float))
        self.lp.changeColsIntegrality(n, columns, whole)
        self.lp.setOptionValue("time_limit", self.lp.getRunTime() + max(time_limit, 0.1))
        self.lp.setOptionValue("mip_rel_gap", gap)
        self.lp.setOptionValue("presolve", "choose")
        self.lp.run()
        found = self.lp.getInfo().primal_solution_status == 2
        seats = np.asarray(self.lp.getSolution().col_value)[self.first_pair :] if found else None
        self._relax_again(n, columns)
        return None if seats is None else seats > 0.5

    def _relax_again(self, n: int, columns: Array) -> None:
        loose = np.full(n, highspy.HighsVarType.kContinuous)
        self.lp.changeColsIntegrality(n, columns, loose)
        fixed = self.problem.fixed[self.pool].astype(float)
        self.lp.changeColsBounds(n, columns, fixed, np.ones(n))


_OPTIONS: dict[str, bool | int | float | str] = {"output_flag": False, "threads": 1}
