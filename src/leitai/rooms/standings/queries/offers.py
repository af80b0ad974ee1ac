"""Places on offer: which, to whom, and what is due."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from leitai.rooms.contests.rules.states import State as ContestState
from leitai.rooms.jury import queries as jury
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings.models import Offer, Standing
from leitai.rooms.standings.rules import OfferState, State
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import State as EntryState

OPEN = (OfferState.WAITING, OfferState.ACCEPTED)


def offers(stage: Stage, *, user: Any, state: str = "") -> QuerySet[Offer]:
    """For those who run the contest, without entries they have a tie to."""
    rows = stage.offers.exclude(entry__in=jury.tied_entries(user))
    rows = rows.filter(state=state) if state else rows
    return rows.select_related("entry", "instead_of").prefetch_related("extensions__by")


def offer_of(entry: Entry) -> Offer | None:
    """The newest place offered to it."""
    rows = entry.offers.select_related("stage__contest").order_by("-stage__order")
    return rows.first()


def overdue(stage: Stage, *, at: datetime) -> QuerySet[Offer]:
    """Silent past the deadline, or of entries that are no longer in the contest."""
    silent = Q(state=OfferState.WAITING, until__lte=at)
    left = Q(state__in=OPEN) & ~Q(entry__state=EntryState.ACCEPTED)
    return stage.offers.filter(silent | left).order_by("pk")


def stages_due(*, at: datetime) -> list[Stage]:
    silent = Q(offers__state=OfferState.WAITING, offers__until__lte=at)
    left = Q(offers__state__in=OPEN) & ~Q(offers__entry__state=EntryState.ACCEPTED)
    rows = Stage.objects.filter(contest__state=ContestState.PUBLIC).filter(silent | left)
    return list(rows.select_related("contest__edition", "contest__ruleset").distinct())


def published(stage: Stage) -> Standing | None:
    return stage.standings.filter(state=State.PUBLISHED).order_by("-number").first()


def following(stage: Stage) -> Stage | None:
    return stage.contest.stages.filter(order__gt=stage.order).order_by("order").first()
