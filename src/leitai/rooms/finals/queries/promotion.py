"""Who would have the wild cards of a stage."""

from dataclasses import dataclass

from leitai.algorithms.formulas import Sheet
from leitai.rooms.finals.rules import promotion as rules
from leitai.rooms.finals.rules.promotion import WildCard
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import queries as standings
from leitai.rooms.standings.models import Standing
from leitai.rooms.standings.rules import Outcome, State, total
from leitai.values.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """What the newest standing lets in directly, and the wild cards, or why there are none."""

    standing: Standing | None
    may: Verdict
    places: int = 0
    cards: tuple[WildCard, ...] = ()


def promotion(stage: Stage) -> Promotion:
    """From the newest standing and the sealed marks it was made of."""
    standing = standings.newest(stage)
    if standing is None:
        may = rules.may_promote(is_draft=False, leaves_open=False, given=0)
        return Promotion(standing=None, may=may)
    rule = standing.rule
    given = [a for a in standing.amendments if a.get("kind") == "wild_card"]
    may = rules.may_promote(
        is_draft=standing.state == State.DRAFT, leaves_open=rule.quota.rest == "open",
        given=len(given),
    )  # fmt: skip
    outcomes = dict(standing.places.exclude(rank=None).values_list("entry_id", "outcome"))
    chosen = [e for e, outcome in outcomes.items() if outcome == Outcome.IN]
    left = set(outcomes) - set(chosen)
    places = max(min(rule.quota.total - len(chosen), len(left)), 0)
    if not may or not places:
        return Promotion(standing=standing, may=may, places=places)
    sheets = standings.sheets(stage)
    heats = dict(stage.participations.values_list("entry_id", "heat"))
    may = rules.may_compare(
        [(s.entry, s.juror) for s in sheets], {e: h for e, h in heats.items() if h is not None}
    )
    if not may:
        return Promotion(standing=standing, may=may, places=places)
    cards = rules.wild_cards(
        [Sheet(entry=s.entry, juror=s.juror, score=total(rule, s.marks)) for s in sheets],
        left=left, places=places, better=rule.direction, digits=rule.places,
        seed=int(standing.seed or "0", 16) % 2**32,
    )  # fmt: skip
    return Promotion(standing=standing, may=may, places=places, cards=tuple(cards))
