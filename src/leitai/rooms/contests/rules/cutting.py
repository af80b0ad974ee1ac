"""Who goes on: quotas per group filled from the ranking, wild cards, reserves, ties at the line."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leitai.algorithms import quotas
from leitai.algorithms.quotas import Candidate, CutTie, Quota, Selection
from leitai.algorithms.ranking import Ranking
from leitai.rooms.contests.rules.schema import QuotaRule
from leitai.rooms.contests.rules.states import Outcome

EVERYBODY = ""


class PlacesDoNotFit(ValueError):
    """The least places of all groups add up to more than there are."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Each ranked entry's outcome; `ties` are those at a line that somebody has to settle first."""

    outcomes: Mapping[int, Outcome]
    shares: Mapping[str, Quota]
    ties: tuple[CutTie, ...] = ()
    reserve_ties: tuple[CutTie, ...] = ()


def cut(quota: QuotaRule, ranking: Ranking, *, groups: Mapping[int, str]) -> Cut:
    """Fill the places of a quota; where nobody is cut, everybody with a place goes on."""
    if quota.total == 0:
        return Cut({int(p.entry): Outcome.IN for p in ranking.places}, {})
    candidates = [
        Candidate(
            entry=p.entry, place=p.place, group=groups[int(p.entry)] if quota.by else EVERYBODY
        )
        for p in ranking.places
    ]
    shares = _shares(quota, candidates)
    rounds = _rounds(quota, candidates, shares)
    outcomes = {int(c.entry): Outcome.OUT for c in candidates}
    for chosen in rounds:
        outcomes |= {int(e): Outcome.IN for e in chosen.chosen}
        outcomes |= {int(e): Outcome.RESERVE for e in chosen.reserves}
    ties = [tie for chosen in rounds for tie in chosen.ties]
    at_the_line = tuple(tie for tie in ties if tie.group is not None)
    return Cut(outcomes, shares, at_the_line, tuple(tie for tie in ties if tie.group is None))


def _shares(quota: QuotaRule, candidates: Sequence[Candidate]) -> dict[str, Quota]:
    counts = Counter(c.group for c in candidates)
    floor = quota.floor if quota.by else 0
    least = sum(min(floor, n) for n in counts.values())
    if least > quota.total:
        raise PlacesDoNotFit
    has_wild_cards = bool(quota.by) and quota.rest in ("best", "open")
    total = least if has_wild_cards else min(quota.total, len(candidates))
    return quotas.quotas(total=total, candidates=counts, floor=floor)


def _rounds(
    quota: QuotaRule, candidates: Sequence[Candidate], shares: Mapping[str, Quota]
) -> list[Selection]:
    """The places of the groups; then, where the rule says so, wild cards for the best of those
    who are left, whatever their group."""
    places = {group: share.places for group, share in shares.items()}
    wild = quota.total - sum(places.values())
    if not (quota.by and quota.rest == "best" and wild > 0):
        return [quotas.select(list(candidates), places=places, reserves=quota.reserves)]
    direct = quotas.select(list(candidates), places=places)
    left = [
        Candidate(entry=c.entry, place=c.place, group=EVERYBODY)
        for c in candidates
        if c.entry not in direct.chosen
    ]
    return [direct, quotas.select(left, places={EVERYBODY: wild}, reserves=quota.reserves)]
