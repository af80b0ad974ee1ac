"""By which door each entry goes on from its heat: a direct place, a wild card, a place beside the
quota, or a place on the list of reserves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where an entry stands: in its heat, and by the standing of the whole stage."""

    entry: int
    heat: int
    heat_place: int | None
    outcome: str  # as standings say it: in, reserve, out
    is_special: bool = False  # a place beside the quota


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    direct: Mapping[int, Sequence[int]]  # heat: entries
    wild: Sequence[int]
    special: Sequence[int]
    reserves: Sequence[int]


def split(stands: Sequence[Stand], *, floor: int) -> Split:
    """`stands` in the order of the standing. The first `floor` of each heat who go on hold its own
    places; whoever else goes on does so by score, whatever the heat."""
    direct: dict[int, list[int]] = {}
    wild = []
    inside = [s for s in stands if s.outcome == "in" and not s.is_special]
    for stand in sorted(inside, key=lambda s: (s.heat_place is None, s.heat_place or 0)):
        if len(direct.setdefault(stand.heat, [])) < floor:
            direct[stand.heat].append(stand.entry)
        else:
            wild.append(stand.entry)
    return Split(
        direct=direct, wild=[s.entry for s in inside if s.entry in wild],
        special=[s.entry for s in stands if s.outcome == "in" and s.is_special],
        reserves=[s.entry for s in stands if s.outcome == "reserve"],
    )  # fmt: skip
