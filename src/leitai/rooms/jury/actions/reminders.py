"""Reminders go out by a plan, to those who still have something open, and stop by themselves."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from leitai.foundation import journal
from leitai.foundation.refusals import require
from leitai.foundation.states import hold
from leitai.rooms.jury import notices, queries, rules
from leitai.rooms.jury.models import Juror, Quiet, Reminder, ReminderPlan
from leitai.rooms.stages.models import Stage

A_DAY = 20 * 3600  # seconds between two letters that ask for something


@transaction.atomic
def plan_reminders(
    *, stage: Stage, days: Collection[int], is_on: bool, by: Any, at: datetime
) -> ReminderPlan:
    """So many days before the close; the plan holds until it is turned off or the stage closes."""
    require(rules.may_plan(days))
    hold(stage)
    told = {"days": sorted(set(days), reverse=True), "is_on": is_on, "by": by, "at": at}
    plan, _made = ReminderPlan.objects.update_or_create(stage=stage, defaults=told)
    journal.write(
        "jury.reminders_planned", about=plan, by=by, at=at, days=plan.days, is_on=is_on
    )  # fmt: skip
    return plan


@transaction.atomic
def remind_by_plan(*, plan: ReminderPlan, by: Any, at: datetime) -> int:
    """Today's letters, if today is a day of the plan. Done twice, nobody gets a second one: the
    plan is held, and there is one row a juror, stage and day."""
    hold(plan.stage)
    hold(plan)
    due = queries.to_remind(plan.stage, at=at)
    if not plan.is_on:
        return 0
    if not queries.is_reminding(plan, at=at):  # a sheet opened again has an end of its own
        due = due.filter(pk__in=queries.reopened_due(plan, at=at))
    told = _remind(due, plan.stage, by=by, at=at)
    if told:
        journal.write("jury.jurors_reminded", about=plan.stage, by=by, at=at, n=told)
    return told


@transaction.atomic
def remind_jurors(*, jurors: Collection[Juror], stage: Stage, by: Any, at: datetime) -> int:
    """One letter each to those with open sheets who may be written to, and none twice in a day."""
    hold(stage)
    chosen = queries.to_remind(stage, at=at).filter(pk__in=[juror.pk for juror in jurors])
    told = _remind(chosen, stage, by=by, at=at)
    journal.write("jury.jurors_reminded", about=stage, by=by, at=at, n=told)
    return told


@transaction.atomic
def be_quiet(*, juror: Juror, until: date | None, note: str, by: Any, at: datetime) -> Quiet:
    """The juror wants no reminders until a day, and tells the organiser why; no day: as before."""
    hold(juror)
    require(rules.may_be_quiet(until, today=queries.today_at(juror.contest, at)))
    quiet = Quiet.objects.create(juror=juror, until=until, note=note.strip()[:300], at=at)
    journal.write("jury.reminders_paused", about=quiet, by=by, at=at, until=str(until or ""))
    return quiet


def _remind(jurors: Collection[Juror], stage: Stage, *, by: Any, at: datetime) -> int:
    """Rows before letters: whoever comes second at the same time finds them there."""
    due = [j for j in jurors if not j.reminded_at or (at - j.reminded_at).total_seconds() >= A_DAY]
    day = queries.today_at(stage.contest, at)
    Reminder.objects.bulk_create(
        Reminder(stage=stage, juror=juror, day=day, left=juror.open, by=by, at=at) for juror in due
    )
    for juror in due:
        notices.juror_reminded(juror, stage, left=juror.open, at=at)
    Juror.objects.filter(pk__in=[juror.pk for juror in due]).update(reminded_at=at)
    return len(due)
