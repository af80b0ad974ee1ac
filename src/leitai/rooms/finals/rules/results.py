"""The places of a heat: while it runs and at its end by one and the same function.

It is the reckoning of the standings, over the entries that are told of. The recount goes another
way on purpose: it shares no line with the reckoning, so that a mistake in one shows in the other.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from leitai.rooms.contests.rules.schema import QuotaRule, StageRule
from leitai.rooms.standings.rules import (
    EntryIn,
    PlaceOut,
    Reckoning,
    Ruling,
    SheetIn,
    places,
    reckon,
)


def running(
    rule: StageRule, *, sheets: Sequence[SheetIn], entries: Mapping[int, EntryIn], seed: str,
    rulings: Sequence[Ruling] = (), among: Collection[int] | None = None,
) -> tuple[Reckoning, list[PlaceOut]]:  # fmt: skip
    """Places among these entries, or all; who goes on is said by the stage's standing alone."""
    told = {e: facts for e, facts in entries.items() if among is None or e in among}
    ours = [s for s in sheets if s.entry in told]
    alone = rule.model_copy(update={"quota": QuotaRule()})
    made = reckon(alone, sheets=ours, entries=told, seed=seed, rulings=rulings)
    return made, places(made, entries=told, digits=rule.places)


def dropped(rule: StageRule, totals: Mapping[int, Decimal], left_out: Sequence[int]) -> dict:
    """Of the two jurors a formula leaves out, who was highest and who lowest.

    `left_out` is the formula's own word; equal marks are told apart in its order.
    """
    if rule.formula != "drop_high_low" or len(left_out) != 2:
        return {}
    one, other = left_out
    high, low = (one, other) if totals[one] > totals[other] else (other, one)
    return {high: "high", low: "low"}


def recount(
    rule: StageRule, sheets: Sequence[SheetIn]
) -> dict[int, tuple[Decimal, int]]:  # fmt: skip
    """Score and place of each entry in whole numbers and fractions, by the printed rule alone.

    Ties are left as they are: level entries share a place here. A formula that standardises by
    juror cannot be done by hand and is refused with a KeyError.
    """
    hand = {"mean": _mean, "drop_high_low": _trimmed, "median": _middle}[rule.formula]
    totals: dict[int, list[Fraction]] = {}
    for sheet in sheets:
        totals.setdefault(sheet.entry, []).append(_total(rule, sheet.marks))
    scores = {e: _rounded(hand(sorted(t)), rule.places) for e, t in totals.items()}
    is_up = rule.direction == "up"
    return {
        e: (score, 1 + sum((o > score) if is_up else (o < score) for o in scores.values()))
        for e, score in scores.items()
    }


def _total(rule: StageRule, marks: Mapping[str, Decimal]) -> Fraction:
    asked = [c for c in rule.criteria if c.code in marks]
    if rule.total == "sum":
        return sum((Fraction(marks[c.code]) for c in asked), Fraction(0))
    weights = sum((Fraction(c.weight) for c in asked), Fraction(0))
    weighed = sum((Fraction(marks[c.code]) * Fraction(c.weight) for c in asked), Fraction(0))
    return weighed / weights


def _mean(totals: Sequence[Fraction]) -> Fraction:
    return sum(totals, Fraction(0)) / len(totals)


def _trimmed(totals: Sequence[Fraction]) -> Fraction:
    return _mean(totals[1:-1] if len(totals) > 3 else totals)


def _middle(totals: Sequence[Fraction]) -> Fraction:
    half = len(totals) // 2
    return totals[half] if len(totals) % 2 else (totals[half - 1] + totals[half]) / 2


def _rounded(number: Fraction, places: int) -> Decimal:
    scaled = number * 10**places
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    return Decimal(whole).scaleb(-places).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
