"""The further check of entries in line for a prize."""

from django.conf import settings
from django.db import models

from leitai.rooms.finals.rules import DiligenceState
from leitai.rooms.stages.models import Stage
from leitai.rooms.submissions.models import Entry


class Diligence(models.Model):
    """What was looked at before an entry may have its prize, and what came of it."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="diligences")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="diligences")
    state = models.CharField(max_length=8, choices=DiligenceState, default=DiligenceState.OPEN)
    items = models.JSONField(default=dict)  # {code: "", "fine" or "wrong"}
    note = models.TextField(blank=True, max_length=4000)
    asked_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True, blank=True)  # of the outcome

    class Meta:
        ordering = ("stage", "pk")
        constraints = [
            models.UniqueConstraint(fields=["stage", "entry"], name="looked_through_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.state}"

    @property
    def book_contest_id(self) -> int:
        return self.stage.contest_id
