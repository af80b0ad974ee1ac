"""Which pairs should meet, slots aside: a b-matching by linear programming.

Rows: each host's and each team's number of meetings, and each limit summed over the slots. Pairs
come in as columns when their price says they help, so that most are never looked at by the
solver. An elastic column stands for a team left without a meeting. Tables and degrees alone give
whole numbers; interpreters may leave a few halves, which placing settles.
"""

from dataclasses import dataclass

import highspy
import numpy as np

from leitai.algorithms.timetable.problem import Array, Problem

ROUNDS = 40
TINY = 1e-7
HOST_BATCH, TEAM_BATCH = 20, 6
"""So many new pairs of a party come in at once: more only make the solver slow."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Choice:
    chosen: Array
    """bool [H, T]"""
    bound: float
    """No timetable has more value than this, with the floor or without."""
    floor_bound: float
    """No timetable in which so many teams have a meeting has more value than this."""
    left_out: int
    """At least so many teams cannot have a meeting at all."""
    price: Array
    """float [H, T]: what a pair is worth beyond the places it takes."""


def choose(problem: Problem, *, seed: int) -> Choice:
    """The best set of pairs for the numbers alone, and the bounds that its prices prove."""
    if not problem.possible.any():
        nobody = np.zeros(problem.value.shape)
        n = int(problem.floor.sum())
        return Choice(chosen=nobody > 0, bound=0.0, floor_bound=0.0, left_out=n, price=nobody)
    programme = _Programme(problem, seed=seed)
    programme.solve()
    bound = programme.bound()
    left_out, floor_bound = 0, bound
    if problem.floor.any():
        programme.raise_floor()
        programme.solve()
        left_out = int(np.ceil(programme.missing - 1e-6)) + programme.hopeless
        floor_bound = min(bound, programme.bound() + programme.penalty * programme.missing)
    chosen = np.zeros(problem.value.shape, dtype=bool)
    whole = programme.x > 0.5
    chosen[programme.host[whole], programme.team[whole]] = True
    return Choice(
        chosen=chosen,
        bound=bound,
        floor_bound=floor_bound,
        left_out=left_out,
        price=programme.reduced(),
    )


class _Programme:
    def __init__(self, problem: Problem, *, seed: int) -> None:
        self.problem = problem
        self.worth = np.where(problem.possible, problem.value, -np.inf)
        spread = max(float(problem.value.max(initial=0.0)), 1e-3)
        # Equal wishes abound; a breath of chance settles them and spares the solver detours.
        shake = np.random.default_rng(seed).random(self.worth.shape)
        self.shaken = self.worth + 1e-5 * spread * shake
        self.penalty = 4.0 * spread + 1.0
        self.host = np.zeros(0, dtype=np.int64)
        self.team = np.zeros(0, dtype=np.int64)
        self.pooled = ~problem.possible
        self.floors = np.zeros(len(problem.floor))
        self.missing, self.hopeless = 0.0, 0
        self.x = np.zeros(0)
        self._begin(seed)
        self._take(self._likely())

    def _begin(self, seed: int) -> None:
        problem = self.problem
        self.upper = np.concatenate(
            (problem.host_cap, problem.team_cap, [room.sum() for _, room in problem.limits])
        ).astype(float)
        self.dual = np.zeros(len(self.upper))
        self.lp = highspy.Highs()
        for option, value in {
            "output_flag": False,
            "threads": 1,
            "random_seed": seed % 2**31,
        }.items():
            self.lp.setOptionValue(option, value)
        self.lp.changeObjectiveSense(highspy.ObjSense.kMaximize)
        n, none = len(self.upper), np.zeros(0)
        starts = np.zeros(n, dtype=np.int32)
        self.lp.addRows(n, np.full(n, -np.inf), self.upper, 0, starts, none.astype(np.int32), none)
        teams = np.arange(len(problem.floor))
        rows = (len(problem.host_cap) + teams).astype(np.int32)
        m = len(teams)
        self.lp.addCols(
            m, np.full(m, -self.penalty), np.zeros(m), np.zeros(m), m,
            teams.astype(np.int32), rows, np.ones(m),
        )  # fmt: skip

    def _likely(self) -> Array:
        """For each host and each team the pairs it would choose, with a few to spare."""
        hosts = int(1.2 * self.problem.host_cap.max(initial=0)) + 2
        teams = int(1.2 * self.problem.team_cap.max(initial=0)) + 2
        return _best(self.shaken, each_host=hosts, each_team=teams)

    def _take(self, wanted: Array) -> int:
        host, team = np.nonzero(wanted & ~self.pooled)
        if not len(host):
            return 0
        problem = self.problem
        n_hosts, n_teams = self.worth.shape
        rows = [host, n_hosts + team]
        for i, (uses, _) in enumerate(problem.limits):
            rows.append(np.where(uses[host, team], n_hosts + n_teams + i, -1))
        table = np.column_stack(rows)
        there = table >= 0
        starts = np.concatenate(([0], np.cumsum(there.sum(axis=1))[:-1])).astype(np.int32)
        index = table[there].astype(np.int32)
        cost, n = self.shaken[host, team], len(host)
        self.lp.addCols(
            n, cost, np.zeros(n), np.ones(n), len(index), starts, index, np.ones(len(index))
        )
        self.host = np.concatenate((self.host, host))
        self.team = np.concatenate((self.team, team))
        self.pooled[host, team] = True
        return n

    def raise_floor(self) -> None:
        """From now on a team without a meeting costs more than any pair is worth."""
        problem = self.problem
        self.floors = ((problem.floor > 0) & problem.possible.any(axis=0)).astype(float)
        self.hopeless = int((problem.floor > 0).sum() - self.floors.sum())
        n_hosts, m = len(problem.host_cap), len(self.floors)
        teams = np.arange(m, dtype=np.int32)
        lower = np.where(self.floors > 0, 1.0, -np.inf)
        upper = self.upper[n_hosts : n_hosts + m]
        for team in teams.tolist():
            self.lp.changeRowBounds(n_hosts + team, lower[team], upper[team])
        self.lp.changeColsBounds(m, teams, np.zeros(m), self.floors)

    def solve(self) -> None:
        for _ in range(ROUNDS):
            self._run()
            solution = self.lp.getSolution()
            self.dual = np.asarray(solution.row_dual)
            x = np.asarray(solution.col_value)
            self.missing, self.x = float(x[: len(self.floors)].sum()), x[len(self.floors) :]
            worth = np.where(self.pooled, -np.inf, self.reduced())
            helping = _best(worth, each_host=HOST_BATCH, each_team=TEAM_BATCH) & (worth > TINY)
            if not self._take(helping):
                return

    def _run(self) -> None:
        """A warm start now and then ends in rounding; a cold one, or an inner point, does not."""
        for mend in (None, self.lp.clearSolver, lambda: self.lp.setOptionValue("solver", "ipm")):
            if mend:
                mend()
            self.lp.run()
            if self.lp.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                return
        status = self.lp.modelStatusToString(self.lp.getModelStatus())
        raise RuntimeError(f"The linear programme ended as: {status}.")

    def reduced(self) -> Array:
        n_hosts, n_teams = self.worth.shape
        found = self.shaken - self.dual[:n_hosts, None] - self.dual[n_hosts : n_hosts + n_teams]
        for i, (uses, _) in enumerate(self.problem.limits):
            found -= self.dual[n_hosts + n_teams + i] * uses
        return found

    def bound(self) -> float:
        """What the prices prove, whatever they are: weak duality with the true values.

        A team's price below zero is what its floor costs; it counts for the one meeting it asks.
        """
        n_hosts = self.worth.shape[0]
        teams = slice(n_hosts, n_hosts + self.worth.shape[1])
        dual = np.maximum(self.dual, 0.0)
        total = float(dual @ self.upper)
        dual[teams] = np.where(self.floors > 0, self.dual[teams], dual[teams])
        total += float(np.minimum(dual[teams], 0.0).sum())
        prices = dual[:n_hosts, None] + dual[teams]
        for i, (uses, _) in enumerate(self.problem.limits):
            prices = prices + dual[teams.stop + i] * uses
        total += float(np.maximum(self.worth - prices, 0.0)[self.problem.possible].sum())
        # A team left out pays at most its price: the elastic column's part of the dual.
        elastic = np.maximum(-self.penalty - dual[teams], 0.0)
        return total + float(elastic[self.floors > 0].sum())


def _best(worth: Array, *, each_host: int, each_team: int) -> Array:
    """bool [H, T]: the best so many of each row and of each column."""
    found = np.zeros(worth.shape, dtype=bool)
    for axis, most in ((1, each_host), (0, each_team)):
        n = min(most, worth.shape[axis])
        if n > 0 and worth.size:
            best = np.argpartition(-worth, n - 1, axis=axis)
            np.put_along_axis(found, best.take(range(n), axis=axis), True, axis=axis)
    return found
