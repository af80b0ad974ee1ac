"""A standing and the places in it."""

from typing import Any

from django.conf import settings
from django.db import models

from leitai.rooms.contests.rules import StageRule
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings.rules import Outcome, State
from leitai.rooms.submissions.models import Entry


class Standing(models.Model):
    """One computation of the places of a stage, with everything needed to repeat it."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="standings")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    formula = models.CharField(max_length=20)
    body = models.JSONField()  # the StageRule it was computed by
    quotas = models.JSONField(default=dict)  # places per group, and why
    notes = models.JSONField(default=list)  # ties at the line, missing sheets: codes and numbers
    rulings = models.JSONField(default=list)  # how the chair ordered the level: [{order, why, by}]
    amends = models.ForeignKey("self", models.PROTECT, null=True, related_name="amended_by")
    amendments = models.JSONField(default=list)  # what people changed: [{what, entries, why, …}]
    inputs = models.CharField(max_length=64)  # SHA-256 over the sealed marks it was made of
    seed = models.CharField(max_length=64, blank=True)  # for drawing lots
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("stage", "-number")
        constraints = [models.UniqueConstraint(fields=["stage", "number"], name="standing_once")]

    @property
    def rule(self) -> StageRule:
        return StageRule.model_validate(self.body)

    @property
    def open_ties(self) -> list[dict[str, Any]]:
        """Entries level at a line, which somebody has to settle before a decision."""
        return [note for note in self.notes if note["code"] == "cut_tie" and note["entries"]]

    def __str__(self) -> str:
        return f"{self.stage_id} #{self.number}"

    @property
    def book_contest_id(self) -> int:
        return self.stage.contest_id


class Place(models.Model):
    """Where one entry stands."""

    standing = models.ForeignKey(Standing, models.CASCADE, related_name="places")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="places")
    rank = models.PositiveIntegerField(null=True)  # None: no place; shared places repeat
    group_rank = models.PositiveIntegerField(null=True)
    score = models.DecimalField(max_digits=10, decimal_places=4, null=True)  # as published
    raw = models.DecimalField(max_digits=10, decimal_places=4, null=True)  # plain mean of totals
    sheets = models.PositiveSmallIntegerField(default=0)
    spread = models.DecimalField(max_digits=10, decimal_places=4, null=True)  # highest - lowest
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OUT)
    broken_by = models.CharField(max_length=60, blank=True)  # the tie-break that decided
    why = models.CharField(max_length=300, blank=True)  # a special place, with its reason

    class Meta:
        ordering = ("standing", "rank", "pk")
        constraints = [models.UniqueConstraint(fields=["standing", "entry"], name="one_place_each")]
        indexes = [models.Index(fields=["entry"])]

    def __str__(self) -> str:
        return f"{self.rank} {self.entry_id}"
