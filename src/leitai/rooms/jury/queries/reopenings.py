"""Sealed sheets that somebody wants opened again, and for whose word that waits."""

from datetime import datetime
from typing import Any

from leitai.rooms.contests import queries as contests
from leitai.rooms.jury import rules
from leitai.rooms.jury.models import ReopeningRequest
from leitai.rooms.jury.queries.sight import tied_entries
from leitai.rooms.jury.rules import RequestState


def confirmations_owed(user: Any, *, at: datetime) -> list[ReopeningRequest]:
    """Requests for which this person may be the second one; of an entry one has a tie with,
    nothing is there."""
    editions = user.appointments.values("edition")
    waiting = ReopeningRequest.objects.filter(
        sheet__stage__contest__edition__in=editions, state=RequestState.ASKED,
        at__gt=at - rules.LASTS,
    ).exclude(until__lte=at)  # fmt: skip
    waiting = waiting.exclude(by=user).exclude(sheet__entry__in=tied_entries(user))
    rows = waiting.select_related(
        "by", "sheet__entry", "sheet__stage__contest__ruleset", "sheet__stage__contest__edition"
    )
    return [one for one in rows.order_by("at", "pk") if _is_second(user, one)]


def _is_second(user: Any, asked: ReopeningRequest) -> bool:
    contest = asked.sheet.stage.contest
    return bool(
        rules.is_second(
            asker=asked.by_id, other=user.pk, roles=contests.roles(user, contest),
            second=contest.rules.jury.reopening_second,
        )
    )  # fmt: skip
