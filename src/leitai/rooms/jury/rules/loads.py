"""How many sheets each juror would carry if all carried alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor


@dataclass(frozen=True, slots=True)
class Group:
    """Jurors of one kind, and the seats that only they may take."""

    jurors: int
    least: int


def even_loads(seats: int, groups: Mapping[str, Group]) -> dict[str, tuple[int, int]]:
    """The lowest and highest load within one sheet of an even share, for each kind.

    Seats that any kind may take go where loads are lowest, as water finds its level.

    >>> even_loads(30, {"technical": Group(4, 20), "investor": Group(6, 6)})
    {'technical': (4, 6), 'investor': (0, 3)}
    """
    level = _level(seats, groups)
    found = {}
    for kind, group in groups.items():
        share = max(level, Fraction(group.least, group.jurors)) if group.jurors else Fraction(0)
        found[kind] = (max(floor(share) - 1, 0), ceil(share) + 1)
    return found


def _level(seats: int, groups: Mapping[str, Group]) -> Fraction:
    """The load of those kinds that take the free seats."""
    manned = [group for group in groups.values() if group.jurors]
    for most in sorted(manned, key=lambda g: Fraction(g.least, g.jurors), reverse=True):
        low = [g for g in manned if g.least * most.jurors <= most.least * g.jurors]
        rest = seats - sum(g.least for g in manned if g not in low)
        level = Fraction(rest, sum(g.jurors for g in low))
        if level >= Fraction(most.least, most.jurors):
            return level
    return Fraction(0)
