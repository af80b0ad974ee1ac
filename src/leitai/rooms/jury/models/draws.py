"""Proposals of who marks what."""

from django.conf import settings
from django.db import models

from leitai.foundation.models import Job
from leitai.rooms.jury import rules
from leitai.rooms.jury.models.jurors import Juror
from leitai.rooms.jury.rules import DrawState, SecondLook
from leitai.rooms.stages.models import Stage
from leitai.rooms.submissions.models import Entry
from leitai.values.verdict import Verdict


class Draw(models.Model):
    """One proposal of who marks what, computed in the background, previewed, then deployed."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="draws")
    number = models.PositiveSmallIntegerField()
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="draws")
    state = models.CharField(max_length=10, choices=DrawState, default=DrawState.COMPUTING)
    seed = models.BigIntegerField()
    keeps_seats = models.BooleanField(default=False)  # a repair: moves as few seats as possible
    second_look = models.CharField(max_length=10, choices=SecondLook, blank=True)  # seats on top
    asked = models.JSONField(default=dict)  # of a second look: entries with ranks, or a budget
    figures = models.JSONField(default=dict)  # total, bound, loads, moved, components
    shortages = models.JSONField(default=list)  # why it is not possible, in numbers
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    deployed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("stage", "-number")
        constraints = [models.UniqueConstraint(fields=["stage", "number"], name="draw_once")]

    def __str__(self) -> str:
        return f"{self.stage_id} #{self.number}"

    @property
    def book_contest_id(self) -> int:
        return self.stage.contest_id

    @property
    def may_be_deployed(self) -> Verdict:
        """As far as the row knows; deploying looks once more at every rule."""
        return rules.may_deploy(self.state, stage=self.stage.state, faults=0)


class Seat(models.Model):
    """A draw proposes that this juror marks this entry, and says why."""

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="seats")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    juror = models.ForeignKey(Juror, models.CASCADE, related_name="+")
    reason = models.JSONField(default=dict)  # code and numbers; printed in the reader's language
    is_new = models.BooleanField(default=True)  # False: the juror already has this sheet

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "entry", "juror"], name="seat_once")]

    def __str__(self) -> str:
        return f"{self.juror_id} on {self.entry_id}"
