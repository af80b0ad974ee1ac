"""Fair seats where topics are short of jurors: floors raised by rounds of exchanges.

Rounding under hundreds of binding floors is where mixed-integer solvers give up: a tenth of the
shares are torn, and each whole seat pushes some panel below its floor. So nothing is rounded here:
from the seats of the best total on, rounds of exchanges (`trades`) lift the panels below a floor
and win back the total. The floor is raised as long as the total may pay for it.
"""

import time
from dataclasses import dataclass

import numpy as np

from leitai.algorithms.assignment.problem import Array, Problem
from leitai.algorithms.assignment.trades import Trades

THRIFT = 0.05
"""What the total counts beside the floor while panels are lifted; less from turn to turn, as the
last little bit of a floor would never be worth what it costs."""
BEGIN = 0.75
"""The first floor, as a share of what the panels have on average."""
UP = 1.03
DOWN = 0.8
CLOSE = 0.005
"""A floor that would be higher by no more than this share is not tried."""
CAUTION = 0.9
"""Higher floors cost more and more, so between two of them the total sags below the line."""
TRIES = 12
ROUNDS = 600
"""At most so many exchanges a floor, so that the same input gives the same seats."""
TURNS = 3
PATIENCE = 25
"""After so many exchanges a panel that found none is asked again."""
WORTHWHILE = 1e-4


@dataclass(frozen=True, eq=False, kw_only=True)
class Stage:
    """Where the climb stands: the seats, and what their lowest panel and all of them have."""

    seats: Array
    aimed: float
    lowest: float
    total: float


def climb(
    problem: Problem,
    seats: Array,
    *,
    top: float,
    least_total: float,
    until: float,
    enough: float = np.inf,
) -> Array:
    """The highest floor below `top` that exchanges reach with a total of at least `least_total`;
    the seats as they were where they lift nothing.

    Of the two times, after `enough` no further floor is tried, and `until` ends the one at hand.
    """
    best = _stage(Trades(problem, seats), aimed=-np.inf)
    dear: Stage | None = None
    aim = _scaled(top, BEGIN)
    for _ in range(TRIES):
        trades = Trades(problem, best.seats)
        _reach(trades, aim * problem.demand, least_total, until)
        found = _stage(trades, aimed=aim)
        if time.monotonic() > until and (found.total < least_total or found.lowest < best.lowest):
            break
        if found.total < least_total:
            dear = found
        elif found.lowest > best.lowest:
            best = found
        else:
            break
        aim = _next_aim(best, dear, top=top, least_total=least_total)
        if aim <= _scaled(best.aimed, 1 + CLOSE) or time.monotonic() > enough:
            break
    return best.seats


def _next_aim(best: Stage, dear: Stage | None, *, top: float, least_total: float) -> float:
    """A little higher; once a floor was too dear, where the total would be just enough."""
    if dear is None:
        return min(_scaled(best.aimed, UP), top)
    if best.aimed == -np.inf:
        return _scaled(dear.aimed, DOWN)
    part = (best.total - least_total) / max(best.total - dear.total, 1e-12)
    return best.aimed + CAUTION * part * (dear.aimed - best.aimed)


def _scaled(height: float, factor: float) -> float:
    """Heights may be negative, and a smaller share of them still is to be lower."""
    return height + (factor - 1) * abs(height)


def _stage(trades: Trades, *, aimed: float) -> Stage:
    asked = trades.problem.demand > 0
    return Stage(
        seats=trades.seats(),
        aimed=aimed,
        lowest=float((trades.sum[asked] / trades.problem.demand[asked]).min()),
        total=float(trades.sum.sum()),
    )


def _reach(trades: Trades, floor: Array, least_total: float, until: float) -> None:
    """Lift and win back in turn, while panels that found no round before find one now."""
    short = np.inf
    for turn in range(TURNS):
        _lift(trades, floor, until, thrift=THRIFT / 20**turn)
        _win_back(trades, floor, until)
        before, short = short, float(np.maximum(floor - trades.sum, 0.0).sum())
        if short <= 1e-6 or short > 0.9 * before or trades.sum.sum() < least_total:
            break


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
    while made >= 3:
        made = 0
        for juror in range(trades.nobody + 1):
            if time.monotonic() > until:
                return
            found = trades.best_round_from(juror)
            if found is not None and found.gain > WORTHWHILE:
                trades.make(found)
                made += 1
