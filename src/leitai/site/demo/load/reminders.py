"""The plan by which jurors are reminded, the letters it has sent, and a sheet that waits for a
second person's word."""

from datetime import timedelta

from django.db.models import Count

from leitai.rooms.jury import rules
from leitai.rooms.jury.models import Reminder, ReminderPlan, ReopeningRequest, Sheet
from leitai.rooms.jury.queries.health import closes_on
from leitai.site.demo.load.pour import pour
from leitai.site.demo.load.scene import Scene

DAYS = [7, 3, 1]
SLIP = "评委来电说明“市场”一项录入有误 The juror rang: a slip of the keyboard under Market"


def write(scene: Scene) -> None:
    stage, by, now = scene.first_stage, scene.hands.organiser, scene.story.plan.now
    opened = scene.story.timeline["review_opens"]
    plan = ReminderPlan(stage=stage, days=DAYS, by=by, at=opened)
    pour([plan])
    scene.diary.note("jury.reminders_planned", about=plan, by=by, at=opened, book=scene.book,
                     days=DAYS, is_on=True)  # fmt: skip
    left = Sheet.objects.open().filter(stage=stage).values_list("juror").annotate(n=Count("pk"))
    for day in rules.reminder_days(DAYS, closes_on=closes_on(stage)):
        at = opened.replace(year=day.year, month=day.month, day=day.day, hour=1, minute=5)
        if not opened < at < now:
            continue
        sent = [
            Reminder(stage=stage, juror_id=juror, day=day, left=n, at=at)
            for juror, n in left.order_by("juror")
        ]
        pour(sent)
        scene.diary.note("jury.jurors_reminded", about=stage, by=None, at=at, book=scene.book,
                         n=len(sent))  # fmt: skip
    _asked_again(scene)


def _asked_again(scene: Scene) -> None:
    """Of an ordinary entry; a supervisor, or another organiser, confirms it."""
    planted = {n for s in scene.story.situations for n in s.entries}
    ties = {entry.pk for n, entry in scene.entries.items() if n in planted}
    sealed = Sheet.objects.sealed().filter(stage=scene.first_stage).exclude(entry__in=ties)
    if (sheet := sealed.order_by("-sealed_at", "pk").first()) is None:
        return
    at = scene.story.plan.now - timedelta(hours=2)
    by = scene.hands.organiser
    asked = ReopeningRequest(sheet=sheet, why=SLIP, by=by, at=at)
    pour([asked])
    scene.diary.note("jury.reopening_asked", about=asked, by=by, at=at, book=scene.book,
                     sheet=sheet.pk)  # fmt: skip
