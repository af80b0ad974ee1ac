"""Sealed sheets that somebody wants opened again, and those that were and ran out of time."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from leitai.rooms.contests import queries as contests
from leitai.rooms.jury import rules
from leitai.rooms.jury.models import ReminderPlan, ReopeningRequest, Seal, Sheet
from leitai.rooms.jury.queries.health import today_at
from leitai.rooms.jury.queries.sight import tied_entries
from leitai.rooms.jury.rules import RequestState
from leitai.rooms.stages.models import Stage
from leitai.rooms.stages.rules import State as StageState


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


def lapsed(*, at: datetime, stage: Stage | None = None) -> QuerySet[Sheet]:
    """Opened again after a seal and not sealed in time."""
    given = Q(extended_until=None) | Q(extended_until__lte=at)
    over = Q(stage__closes_at__lte=at) & given
    over |= Q(stage__state=StageState.CLOSED, extended_until=None)
    rows = Sheet.objects.open().filter(over, Exists(Seal.objects.filter(sheet=OuterRef("pk"))))
    if stage is not None:
        rows = rows.filter(stage=stage)
    return rows.select_related("stage__contest__edition", "juror__user", "entry").order_by("pk")


def plans_of_reopened(*, at: datetime) -> QuerySet[ReminderPlan]:
    """Plans of stages in which a sheet that was opened again has time of its own."""
    again = Sheet.objects.open().filter(stage=OuterRef("stage"), extended_until__gt=at)
    plans = ReminderPlan.objects.filter(Exists(again), is_on=True)
    return plans.select_related("stage__contest__edition")


def reopened_due(plan: ReminderPlan, *, at: datetime) -> set[int]:
    """Jurors of whom a sheet opened again ends in so many days as the plan has."""
    contest, today = plan.stage.contest, today_at(plan.stage.contest, at)
    again = Sheet.objects.open().filter(stage=plan.stage, extended_until__gt=at)
    ends = again.values_list("juror", "extended_until")
    return {j for j, until in ends if (today_at(contest, until) - today).days in plan.days}


def _is_second(user: Any, asked: ReopeningRequest) -> bool:
    contest = asked.sheet.stage.contest
    return bool(
        rules.is_second(
            asker=asked.by_id, other=user.pk, roles=contests.roles(user, contest),
            second=contest.rules.jury.reopening_second,
        )
    )  # fmt: skip
