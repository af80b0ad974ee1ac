"""What a solver hands back, whichever solver it was."""

from collections.abc import Callable
from dataclasses import dataclass

from leitai.algorithms.assignment.problem import Array

Report = Callable[[float, str], None]
"""Told now and then how much is done (0 to 1) and what is being done."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Solution:
    seats: Array
    """Positions in the problem's list of pairs, ascending."""
    bound: float
    worst_bound: float | None
    """No seating lifts the worst-off panel above this; None unless it was asked for."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Prices:
    """Where seats stay empty: 1 marks who takes part in the shortage, 0 who does not."""

    entry: Array
    juror: Array
    """1: a full juror who is missed; -1: a juror who cannot get the least load."""
    group: Array


class NoSeating(Exception):
    """All rules cannot be kept: `missing` seats stay empty at best, 0 if only whole ones fail."""

    def __init__(self, *, missing: float, prices: Prices | None = None) -> None:
        self.missing = missing
        self.prices = prices
        super().__init__(f"{missing:g} seats cannot be filled")
