"""What keeps a jury going: reminders, a second person's word, and conflicts found late."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from leitai.rooms.jury import rules
from leitai.rooms.jury.models.conflicts import Conflict
from leitai.rooms.jury.models.jurors import Juror
from leitai.rooms.jury.models.sheets import Reopening, Sheet
from leitai.rooms.jury.rules import RequestState
from leitai.rooms.stages.models import Stage
from leitai.values.verdict import Verdict


class ReminderPlan(models.Model):
    """So many days before a stage closes its jurors with open sheets get a letter."""

    stage = models.OneToOneField(Stage, models.CASCADE, related_name="reminder_plan")
    days = ArrayField(models.PositiveSmallIntegerField(), default=list)
    is_on = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.stage_id}: {self.days}"

    @property
    def book_contest_id(self) -> int:
        return self.stage.contest_id


class Reminder(models.Model):
    """One letter to one juror about one stage; the row is written before the letter is."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="reminders")
    juror = models.ForeignKey(Juror, models.CASCADE, related_name="reminders")
    day = models.DateField()  # on the edition's calendar
    left = models.PositiveIntegerField()  # sheets that were open
    by = models.ForeignKey(  # None: by the plan
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["stage", "juror", "day"], name="reminded_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.juror_id} {self.day}"


class Quiet(models.Model):
    """A juror asked for no reminders until a day; the newest row counts."""

    juror = models.ForeignKey(Juror, models.CASCADE, related_name="quiets")
    until = models.DateField(null=True)  # the first day with letters again; None: write as usual
    note = models.CharField(max_length=300, blank=True)  # to the organiser
    at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.juror_id} {self.until}"

    @property
    def book_contest_id(self) -> int:
        return self.juror.contest_id


class ReopeningRequest(models.Model):
    """Somebody wants a sealed sheet opened again; it takes the word of a second person."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="reopening_requests")
    why = models.CharField(max_length=300)
    until = models.DateTimeField(null=True, blank=True)  # None: until the stage closes
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.ASKED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reopening = models.OneToOneField(
        Reopening, models.PROTECT, null=True, blank=True, related_name="request"
    )

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["sheet"], condition=models.Q(state="asked"), name="one_open_request"
            )
        ]

    def __str__(self) -> str:
        return self.why

    @property
    def book_contest_id(self) -> int:
        return self.sheet.stage.contest_id

    def is_open(self, at: datetime) -> bool:
        return self.state == RequestState.ASKED and not rules.has_lapsed(self.at, at=at)

    def may_confirm(self, by: Any, at: datetime) -> Verdict:
        return rules.may_confirm_reopening(
            self.state, is_same=self.by_id == by.pk, sheet=self.sheet.state, asked_at=self.at,
            until=self.until, at=at,
        )  # fmt: skip


class Repair(models.Model):
    """A conflict was found when the panel was at work: one sheet fell away, one came in."""

    conflict = models.ForeignKey(Conflict, models.PROTECT, related_name="repairs")
    stage = models.ForeignKey(Stage, models.CASCADE, related_name="repairs")
    fell = models.ForeignKey(Sheet, models.PROTECT, related_name="repaired_by")
    was = models.CharField(max_length=10)  # the state of the sheet that fell away
    fresh = models.ForeignKey(Sheet, models.PROTECT, related_name="repairs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["fell"], condition=models.Q(undone_at=None), name="repaired_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fell_id} → {self.fresh_id}"

    @property
    def book_contest_id(self) -> int:
        return self.stage.contest_id
