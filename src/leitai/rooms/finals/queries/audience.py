"""How the audience votes, and what is doubtful about it."""

from collections import Counter
from decimal import Decimal
from typing import Any

from leitai.rooms.finals.models import Ballot, Crew, Poll
from leitai.rooms.finals.queries.board import cast
from leitai.rooms.finals.queries.hall import heat_hall
from leitai.rooms.finals.rules.audience import Tally, tally


def tallied(poll: Poll) -> list[Tally]:
    """By entry, most votes first, beside the jury's score where the poll has a weight."""
    slots = list(poll.heat.slots.values_list("entry_id", flat=True))
    votes = Counter(cast(poll))
    scores: dict[int, Decimal] = {}
    best = Decimal(0)
    if poll.weight:
        _made, places = heat_hall(poll.heat).standing()
        scores = {p.entry: p.score for p in places if p.score is not None}
        rule = poll.heat.stage.rule
        is_sum = rule.total == "sum"
        highs = [c.high for c in rule.criteria]
        best = sum(highs, Decimal(0)) if is_sum else max(highs)
    return tally({e: votes[e] for e in slots}, weight=poll.weight, scores=scores, best=best)


def halls_of(person: Any) -> list[dict[str, Any]]:
    """What we know of somebody here: posts in halls, and votes of the audience."""
    posts = Crew.objects.filter(user=person).order_by("pk")
    votes = Ballot.objects.filter(user=person).order_by("pk")
    return [
        *({"heat": c.heat_id, "post": c.role, "since": c.at, "until": c.ended_at} for c in posts),
        *({"vote": b.poll_id, "entry": b.entry_id, "at": b.at} for b in votes),
    ]


def doubtful(poll: Poll) -> list[Ballot]:
    """Flagged and not set aside yet."""
    rows = poll.ballots.filter(set_aside_at=None).exclude(flags=[])
    return list(rows.select_related("entry").order_by("pk"))
