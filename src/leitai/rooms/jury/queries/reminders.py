"""Whom a stage's plan reminds, and what was sent."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet

from leitai.rooms.jury import rules
from leitai.rooms.jury.models import Juror, Quiet, Reminder, ReminderPlan
from leitai.rooms.jury.queries.health import closes_on, quiet_until, today_at
from leitai.rooms.jury.queries.progress import jurors_of
from leitai.rooms.stages.models import Stage
from leitai.rooms.stages.rules import State as StageState


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What the plan does today and on its days to come."""

    plan: ReminderPlan | None
    today: date
    is_due: bool
    jurors: list[Juror]  # who would get a letter today, if today were a day of the plan
    days: list[date]  # still to come
    quiet: list[Quiet]


def outlook(stage: Stage, *, at: datetime) -> Outlook:
    day, plan = today_at(stage.contest, at), ReminderPlan.objects.filter(stage=stage).first()
    days = rules.reminder_days(plan.days, closes_on=closes_on(stage)) if plan else []
    ours = quiet_until(day).filter(juror__in=jurors_of(stage).filter(open__gt=0).values("pk"))
    return Outlook(
        plan=plan,
        today=day,
        is_due=bool(plan) and is_reminding(plan, at=at),
        jurors=list(to_remind(stage, at=at)),
        days=[one for one in days if one >= day],
        quiet=list(ours.select_related("juror")),
    )


def is_reminding(plan: ReminderPlan, *, at: datetime) -> bool:
    stage = plan.stage
    return not stage.window.is_over(at) and rules.is_reminder_day(
        plan.days, is_on=plan.is_on, stage=stage.state, closes_on=closes_on(stage),
        today=today_at(stage.contest, at),
    )  # fmt: skip


def to_remind(stage: Stage, *, at: datetime) -> QuerySet[Juror]:
    """Jurors at work with open sheets who did not ask for quiet and had no letter today."""
    day = today_at(stage.contest, at)
    told = Reminder.objects.filter(stage=stage, day=day).order_by().values("juror")
    behind = jurors_of(stage).filter(open__gt=0).select_related("user", "contest")
    return behind.exclude(pk__in=told).exclude(pk__in=quiet_until(day).values("juror"))


def running_plans() -> QuerySet[ReminderPlan]:
    plans = ReminderPlan.objects.filter(is_on=True, stage__state=StageState.OPEN)
    return plans.exclude(stage__closes_at=None).select_related("stage__contest__edition")


def is_daytime(stage: Stage, *, at: datetime) -> bool:
    """Nobody is woken by a letter."""
    return 8 <= at.astimezone(ZoneInfo(stage.contest.edition.time_zone)).hour < 21


def log(stage: Stage, *, most: int = 30) -> list[dict[str, Any]]:
    """Letters by day, the newest first; none tells what was in it."""
    days = Reminder.objects.filter(stage=stage).order_by("-day").values("day")
    return list(days.annotate(n=Count("pk"))[:most])
