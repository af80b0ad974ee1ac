"""Who is proposed for which award, by place and by the contest's rules."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from leitai.rooms.contests.rules.schema import AwardRule


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry of the published result that still takes part."""

    entry: int
    rank: int | None  # None: a special place, which no rule can put in order
    group: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """One award of a kind: its number within kind and group, and who is proposed."""

    code: str
    group: str
    position: int
    entry: int | None = None
    is_tied: bool = False  # level with an entry that gets less
    is_vacant: bool = False


def propose(
    awards: Sequence[AwardRule],
    candidates: Collection[Candidate],
    *,
    vacant: Mapping[tuple[str, str], int] | None = None,
) -> list[Given]:
    """Every award the rules know, in their order; each entry gets at most one by place. Of an
    award that nobody deserved, so many of the last seats stay empty and all others move down.

    Awards the committee names are left open. Where entries are level at the line between one
    award and the next, those who got in are marked, and somebody has to decide.
    """
    waiting = sorted((c for c in candidates if c.rank is not None), key=_in_order)
    empty = vacant or {}
    given: list[Given] = []
    for award in awards:
        for group in _groups(award, candidates):
            able = [] if award.named else [c for c in waiting if group in ("", c.group)]
            seats = _seats(award, group, able, empty=empty.get((award.code, group), 0))
            given += seats
            chosen = {seat.entry for seat in seats}
            waiting = [c for c in waiting if c.entry not in chosen]
    return given


def _in_order(one: Candidate) -> tuple[int, int]:
    return one.rank or 0, one.entry


def _groups(award: AwardRule, candidates: Collection[Candidate]) -> list[str]:
    return sorted({c.group for c in candidates if c.group}) if award.per_scenario else [""]


def _seats(award: AwardRule, group: str, able: Sequence[Candidate], *, empty: int) -> list[Given]:
    given = max(award.count - empty, 0)
    chosen, rest = able[:given], able[given:]
    level = rest[0].rank if chosen and rest and rest[0].rank == chosen[-1].rank else None
    seats = [
        Given(award.code, group, n, c.entry, is_tied=level is not None and c.rank == level)
        for n, c in enumerate(chosen, 1)
    ]
    left = range(len(seats) + 1, award.count + 1)
    return seats + [Given(award.code, group, n, is_vacant=n > given) for n in left]
