"""Who goes on from heats: so many of each heat directly, and wild cards among all the others.

Marks of two heats can be compared when jurors sat in both, or in a third one with others who did:
then a calibrated score says what an average juror of this jury would have given, and the best of
those left have the wild cards. Where nothing joins the heats no arithmetic can do that, and the
answer is a no that names the ways out.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leitai.algorithms import calibration, graph
from leitai.algorithms.formulas import Sheet
from leitai.values.score import Direction, publish
from leitai.values.verdict import YES, Verdict, no


@dataclass(frozen=True, slots=True, kw_only=True)
class WildCard:
    """The calibrated score, and where the true value lies nine times in ten."""

    entry: int
    score: Decimal
    low: Decimal
    high: Decimal


def may_compare(pairs: Collection[tuple[int, int]], heats: Mapping[int, int]) -> Verdict:
    """`pairs` are entries with their jurors; every heat has to hang together with every other."""
    parts = graph.components(pairs)
    joined = [sorted({heats[int(e)] for e in part.entries if int(e) in heats}) for part in parts]
    groups = [group for group in joined if group]
    if len(groups) <= 1:
        return YES
    words = _("Jurors of heats {one} and of heats {other} have no entry in common, so their marks "
              "cannot be compared. Hold a re-pitch before one jury as a stage of its own, or let "
              "the committee vote on wild cards and give its reasons.")  # fmt: skip
    names = [", ".join(map(str, group)) for group in groups[:2]]
    return no("not_comparable", format_lazy(words, one=names[0], other=names[1]))


def may_promote(*, is_draft: bool, leaves_open: bool, given: int) -> Verdict:
    if not leaves_open:
        return no("no_wild_cards", _("By its rules this stage has no wild cards between heats."))
    if not is_draft:
        return no("decided", _("This standing is decided; a wild card is now a place of its own."))
    if given:
        return no("given", _("The wild cards of this standing are given already."))
    return YES


def wild_cards(
    sheets: Sequence[Sheet], *, left: Collection[int], places: int, better: Direction, seed: int,
    digits: int = 2,
) -> list[WildCard]:  # fmt: skip
    """The best of those who are left, by calibrated scores over the marks of all heats."""
    made = calibration.cut(sheets, places=places, better=better, seed=seed, compare=False)
    found = [
        WildCard(
            entry=int(e.entry), score=publish(e.score, places=digits),
            low=publish(e.low, places=digits), high=publish(e.high, places=digits),
        )
        for e in made.entries
        if int(e.entry) in left
    ]  # fmt: skip
    sign = -1 if better == "up" else 1
    return sorted(found, key=lambda card: (sign * card.score, card.entry))[:places]
