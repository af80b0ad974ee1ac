"""Fair seats where topics are short of jurors: shares by prices, whole seats by exchanges.

Rounding under hundreds of binding floors is where mixed-integer solvers give up: a tenth of the
shares are torn, and each whole seat pushes some panel below its floor. Here the shares are only a
guide: whole seats are laid as close to them as rules allow, and rounds of exchanges (`trades`)
lift the panels that fell short and win back the total. The floor rises as long as both hold.
"""

import time
from dataclasses import dataclass, replace

import numpy as np

from leitai.algorithms.assignment.problem import Array, Problem
from leitai.algorithms.assignment.shares import Shares
from leitai.algorithms.assignment.trades import Trades

SMALL = 0.007
LAST = 8
LEAST_SHARE = 0.02
THRIFT = 0.05
"""What the total counts beside the floor while panels are lifted; less from turn to turn, as the
last little bit of a floor would never be worth what it costs."""
STEPS = (0.88, 0.91, 0.93, 0.95, 0.97, 0.98, 0.99, 1.0)
LOWER = (0.8, 0.7, 0.6, 0.4, 0.2)
ROUNDS = 600
"""At most so many exchanges a floor, so that the same input gives the same seats."""
TURNS = 3
PATIENCE = 25
"""After so many exchanges a panel that found none is asked again."""
WORTHWHILE = 1e-4


@dataclass(frozen=True, eq=False, kw_only=True)
class Nearest:
    """What to seat instead: the pairs that have a share, each worth its share."""

    problem: Problem
    pairs: Array


def nearest(problem: Problem, pool: Array, shares: Shares, also: Array) -> Nearest:
    """The problem whose best seating shares most with the shares; `also` keeps it feasible."""
    worth = np.zeros(problem.n_pairs)
    worth[pool] = shares.share
    pairs = np.union1d(
        pool[shares.share > LEAST_SHARE], np.append(also, np.flatnonzero(problem.fixed))
    )
    few = replace(
        problem,
        entry=problem.entry[pairs],
        juror=problem.juror[pairs],
        value=worth[pairs],
        fixed=problem.fixed[pairs],
    )
    return Nearest(problem=few, pairs=pairs)


def climb(
    problem: Problem,
    seats: Array,
    *,
    top: float,
    least_total: float,
    until: float,
) -> Array | None:
    """The highest floor up to `top` that exchanges reach with a total of at least `least_total`."""
    trades = Trades(problem, seats)
    best, height, worse = None, -np.inf, 0
    steps = list(STEPS)
    lower = list(LOWER)
    while steps and time.monotonic() < until:
        step = steps.pop(0)
        floor = (top - (1 - step) * abs(top)) * problem.demand
        _reach(trades, floor, until)
        if trades.sum.sum() < least_total:
            if best is not None or not lower:
                break
            steps = [lower.pop(0)]
            continue
        lowest = _lowest(trades)
        if lowest > height:
            best, height, worse = trades.seats(), lowest, 0
        elif (worse := worse + 1) == 2:
            break
    if best is None:
        return None
    small = SMALL * abs(top)
    return rise(problem, best, step=small, turns=LAST, least_total=least_total, until=until)


def rise(
    problem: Problem, seats: Array, *, step: float, turns: int, least_total: float, until: float
) -> Array:
    """From whole seats on by small steps, as long as each lifts the lowest panel and the total may
    give it; what it began with where nothing does."""
    trades = Trades(problem, seats)
    best, height = seats, _lowest(trades)
    for _ in range(turns):
        _reach(trades, (height + step) * problem.demand, until)
        if trades.sum.sum() < least_total or _lowest(trades) <= height or time.monotonic() > until:
            break
        best, height = trades.seats(), _lowest(trades)
    return best


def _reach(trades: Trades, floor: Array, until: float) -> None:
    """Lift and win back in turn, while panels that found no round before find one now."""
    short = np.inf
    for turn in range(TURNS):
        _lift(trades, floor, until, thrift=THRIFT / 20**turn)
        _win_back(trades, floor, until)
        before, short = short, float(np.maximum(floor - trades.sum, 0.0).sum())
        if short <= 1e-6 or short > 0.9 * before:
            break


def _lowest(trades: Trades) -> float:
    asked = trades.problem.demand > 0
    return float((trades.sum[asked] / trades.problem.demand[asked]).min())


def _lift(trades: Trades, floor: Array, until: float, *, thrift: float) -> None:
    """The lowest panel begins the best round it finds, then it is the next one's turn."""
    trades.aim(floor=floor, thrift=thrift, weight=1.0)
    resting = np.zeros(len(floor), dtype=bool)
    made = 0
    while made < ROUNDS and time.monotonic() < until:
        lack = np.where(resting, 0.0, (floor - trades.sum) / np.maximum(trades.problem.demand, 1))
        lowest = int(lack.argmax())
        if lack[lowest] <= 1e-9:
            return
        found = trades.best_round(lowest)
        if found is None:
            resting[lowest] = True
            continue
        trades.make(found)
        made += 1
        if made % PATIENCE == 0:
            resting[:] = False


def _win_back(trades: Trades, floor: Array, until: float) -> None:
    """Rounds that add to the total and push no panel below the floor, or lower than it is."""
    trades.aim(floor=np.minimum(trades.sum, floor), thrift=1.0, weight=1e3)
    made = 3
    while made >= 3 and time.monotonic() < until:
        made = 0
        for juror in range(trades.problem.n_jurors):
            found = trades.best_round_from(juror)
            if found is not None and found.gain > WORTHWHILE:
                trades.make(found)
                made += 1
