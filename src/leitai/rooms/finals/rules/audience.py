"""The audience's own number, beside the jury's and never in its place.

No vote gives a place or a prize by itself: votes lie apart from standings, and a weight makes a
third number that is printed beside the other two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from leitai.values.score import publish
from leitai.values.verdict import YES, Verdict, no

MOST_WEIGHT = 30  # per cent
BURST = timedelta(minutes=1)
MOST_AT_ONCE = 60  # votes a minute from one network address, a hall behind one router included
CROWDED = 20  # from here on they are flagged
HASTY = timedelta(seconds=3)  # a token that votes so soon was not in anybody's hand
FLAGS = {
    "crowded": _("many votes from one network in a minute"),
    "hasty": _("voted the moment the page was opened"),
}


def may_open_poll(*, weight: int, entries: int) -> Verdict:
    if not 0 <= weight <= MOST_WEIGHT:
        return no("too_heavy", _("An audience's vote weighs 30 per cent at most."))
    if entries < 2:
        return no("no_choice", _("There have to be two entries to choose from."))
    return YES


def may_cast(recent: int) -> Verdict:
    """`recent` are votes from the same network address within a minute."""
    if recent >= MOST_AT_ONCE:
        return no("too_fast", _("Very many votes come from your network; try again in a minute."))
    return YES


def flags(*, recent: int, age: timedelta | None) -> list[str]:
    """What is doubtful about a vote; `age` is that of the device's token, None for an account."""
    found = ["crowded"] if recent >= CROWDED else []
    return [*found, "hasty"] if age is not None and age < HASTY else found


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """`share` in per cent of all votes that count; `beside` is jury and audience weighed together,
    in the unit of the jury's score, and absent without a weight."""

    entry: int
    votes: int
    share: Decimal
    beside: Decimal | None = None


def tally(
    votes: Mapping[int, int], *, weight: int, scores: Mapping[int, Decimal], best: Decimal
) -> list[Tally]:
    """Most votes first. The audience's favourite counts as the `best` mark there is, the others in
    proportion to it.

    >>> made = tally({1: 30, 2: 10}, weight=20, scores={1: Decimal(80), 2: Decimal(90)},
    ...              best=Decimal(100))
    >>> [(t.entry, t.share, t.beside) for t in made]
    [(1, Decimal('75.0'), Decimal('84.00')), (2, Decimal('25.0'), Decimal('78.67'))]
    """
    total, most = sum(votes.values()), max(votes.values(), default=0)
    made = []
    for entry, n in votes.items():
        beside = None
        if weight and most and entry in scores:
            liked = best * n / most
            beside = publish((scores[entry] * (100 - weight) + liked * weight) / 100)
        share = publish(Decimal(100 * n) / total if total else Decimal(0), places=1)
        made.append(Tally(entry=entry, votes=n, share=share, beside=beside))
    return sorted(made, key=lambda t: (-t.votes, t.entry))


def token_age(issued_at: datetime | None, at: datetime) -> timedelta | None:
    return None if issued_at is None else at - issued_at
