"""Marks and the scores made of them."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Direction = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Scale:
    """The marks a juror may give: from `low` to `high` in whole `step`s.

    `direction` says which end is better: on a "down" scale 1.0 beats 5.0.

    >>> Decimal("7.5") in Scale(Decimal(0), Decimal(10), Decimal("0.5"))
    True
    """

    low: Decimal
    high: Decimal
    step: Decimal = Decimal(1)
    direction: Direction = "up"

    def __contains__(self, mark: Decimal) -> bool:
        return self.low <= mark <= self.high and (mark - self.low) % self.step == 0

    @property
    def best(self) -> Decimal:
        return self.high if self.direction == "up" else self.low

    def is_better(self, one: Decimal, other: Decimal) -> bool:
        return one > other if self.direction == "up" else one < other


def publish(score: Decimal | float, *, places: int = 2) -> Decimal:
    """Round a computed score to the number people will see, and be ranked by.

    Half goes up, as every contest sheet does by hand; a float is first read at twelve significant
    digits, so that 88.125 computed as 88.12499999999999 still reads 88.13.
    """
    exact = score if isinstance(score, Decimal) else Decimal(f"{score:.12g}")
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
