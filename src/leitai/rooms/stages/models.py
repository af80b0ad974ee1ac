"""Stages, their criteria, and who takes part."""

from datetime import datetime
from functools import cached_property

from django.db import models

from leitai.foundation.words import bilingual
from leitai.rooms.contests.models import Contest, RuleSet
from leitai.rooms.contests.rules import StageRule
from leitai.rooms.stages import rules
from leitai.rooms.stages.rules import State
from leitai.rooms.submissions.models import Entry
from leitai.values.score import Scale
from leitai.values.verdict import Verdict
from leitai.values.window import Window


class Stage(models.Model):
    """One round, as the rule set in force describes it."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="stages")
    ruleset = models.ForeignKey(RuleSet, models.PROTECT, related_name="stages")
    code = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField()
    name_zh = models.CharField(max_length=80, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    body = models.JSONField()  # a StageRule, as adopted

    name = bilingual("name")

    class Meta:
        ordering = ("contest", "order")
        constraints = [models.UniqueConstraint(fields=["contest", "code"], name="stage_once")]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def rule(self) -> StageRule:
        return StageRule.model_validate(self.body)

    @property
    def window(self) -> Window:
        return Window(self.opens_at, self.closes_at)

    def may_open(self, at: datetime) -> Verdict:
        return rules.may_open(self.state, window=self.window, at=at)

    def may_close(self) -> Verdict:
        return rules.may_close(self.state)

    def may_extend(self, until: datetime, *, at: datetime) -> Verdict:
        return rules.may_extend(window=self.window, until=until, at=at)

    def may_let_in(self) -> Verdict:
        return rules.may_let_in(self.state)

    def is_marking(self, at: datetime) -> bool:
        return rules.is_marking(self.state, window=self.window, at=at)


class Criterion(models.Model):
    """One thing the jury marks at a stage."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="criteria")
    code = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField()
    name_zh = models.CharField(max_length=80, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    low = models.DecimalField(max_digits=8, decimal_places=3)
    high = models.DecimalField(max_digits=8, decimal_places=3)
    step = models.DecimalField(max_digits=8, decimal_places=3)
    weight = models.DecimalField(max_digits=8, decimal_places=3, default=1)
    bands = models.JSONField(default=list)  # [{"low", "high", "text": {"zh", "en"}}]
    evidence_zh = models.CharField(max_length=300, blank=True)
    evidence_en = models.CharField(max_length=400, blank=True)

    name = bilingual("name")
    evidence = bilingual("evidence")

    class Meta:
        ordering = ("stage", "order")
        constraints = [models.UniqueConstraint(fields=["stage", "code"], name="criterion_once")]

    def __str__(self) -> str:
        return self.name

    def scale(self, direction: str = "up") -> Scale:
        return Scale(self.low, self.high, self.step, "down" if direction == "down" else "up")


class Participation(models.Model):
    """One entry in one stage."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="participations")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="participations")
    at = models.DateTimeField()
    taken_out_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why it was taken out
    heat = models.PositiveSmallIntegerField(null=True, blank=True)  # where quotas go by heat

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stage", "entry"], name="takes_part_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} in {self.stage_id}"

    @property
    def book_contest_id(self) -> int:
        return self.entry.contest_id
