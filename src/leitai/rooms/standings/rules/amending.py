"""What people change on a computed list, each with its reason, so that it can be computed again.

An amendment names its entries and what happens to them; the list that holds is the one the marks
give with all amendments applied in their order.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leitai.rooms.contests.rules.states import Outcome

Amendment = Mapping[str, Any]
"""{"what", "entries", "why", …} as it is kept with the standing."""

OUTCOMES = {
    "special": Outcome.IN,  # a place beside the quota; "kind" says which
    "vacant": Outcome.OUT,  # places of a group that the committee leaves empty
    "gone": Outcome.OUT,  # the team does not take its place
    "promoted": Outcome.IN,  # a reserve moved up, "instead_of" an entry that is gone
}


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an entry stands. Stands come in the order of the list."""

    entry: int
    outcome: str
    group: str = ""


def amended(
    outcomes: Mapping[int, str], amendments: Iterable[Amendment]
) -> dict[int, str]:  # fmt: skip
    """The outcomes with every amendment applied.

    >>> amended({7: "in", 8: "reserve"}, [{"what": "gone", "entries": [7]},
    ...                                   {"what": "promoted", "entries": [8]}])
    {7: 'out', 8: 'in'}
    """
    found = dict(outcomes)
    for amendment in amendments:
        outcome = OUTCOMES[amendment["what"]].value
        found |= dict.fromkeys(amendment["entries"], outcome)
    return found


def reasons(amendments: Iterable[Amendment]) -> dict[int, str]:
    """Why an entry stands where its marks alone would not put it; the last word counts."""
    return {entry: a.get("why", "") for a in amendments for entry in a["entries"]}


def special(amendments: Iterable[Amendment]) -> dict[int, str]:
    """Entries on a place beside the quota, and of which kind."""
    return {e: a["kind"] for a in amendments if a["what"] == "special" for e in a["entries"]}


def left_vacant(stands: Sequence[Stand], *, group: str, places: int) -> list[int]:
    """The last so many of a group, and its reserves, who stand behind them: what is not given to
    the better is not given to the worse."""
    if places <= 0:
        return []
    ours = [s for s in stands if s.group == group]
    chosen = [s.entry for s in ours if s.outcome == Outcome.IN]
    return [*chosen[-places:], *(s.entry for s in ours if s.outcome == Outcome.RESERVE)]


def moving_up(
    stands: Sequence[Stand],
    *,
    gone: Collection[int],
    fit: Collection[int],
    shares: Mapping[str, int],
    special: Collection[int] = (),
) -> list[tuple[int, int | None]]:
    """For each entry that is gone, the reserve that takes its place, or nobody.

    The first reserve of the same group where the group would have fewer than its own places, and
    otherwise the first of all. A place beside the quota stays empty. Only who is fit moves up.
    """
    waiting = [s for s in stands if s.outcome == Outcome.RESERVE and s.entry in fit]
    staying = [s for s in stands if s.outcome == Outcome.IN and s.entry not in gone]
    inside = Counter(s.group for s in staying if s.entry not in special)
    found: list[tuple[int, int | None]] = []
    for place in (s for s in stands if s.outcome == Outcome.IN and s.entry in gone):
        following = None if place.entry in special else _next(waiting, place, inside, shares)
        if following is not None:
            waiting.remove(following)
            inside[following.group] += 1
        found.append((place.entry, following.entry if following else None))
    return found


def _next(
    waiting: Sequence[Stand], place: Stand, inside: Mapping[str, int], shares: Mapping[str, int]
) -> Stand | None:
    is_short = inside.get(place.group, 0) < shares.get(place.group, 0)
    own = next((s for s in waiting if s.group == place.group), None) if is_short else None
    return own or next(iter(waiting), None)
