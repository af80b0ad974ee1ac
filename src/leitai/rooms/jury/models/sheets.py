"""Sheets, their marks, and what was sealed."""

from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from leitai.rooms.jury import rules
from leitai.rooms.jury.models.jurors import Juror
from leitai.rooms.jury.rules import SheetState
from leitai.rooms.jury.rules.seals import digest
from leitai.rooms.stages.models import Criterion, Stage
from leitai.rooms.stages.rules import State as StageState
from leitai.rooms.submissions.models import Entry
from leitai.values.verdict import Verdict
from leitai.values.window import Window


class SheetQuerySet(models.QuerySet["Sheet"]):
    def open(self) -> "SheetQuerySet":
        return self.filter(state=SheetState.ASSIGNED)

    def sealed(self) -> "SheetQuerySet":
        return self.filter(state=SheetState.SEALED)

    def standing(self) -> "SheetQuerySet":
        """Sheets that count, or will when they are sealed."""
        return self.filter(state__in=[SheetState.ASSIGNED, SheetState.SEALED])

    def of(self, juror: Juror) -> "SheetQuerySet":
        return self.filter(juror=juror)


class Sheet(models.Model):
    """One juror's verdict on one entry at one stage."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="sheets")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="sheets")
    juror = models.ForeignKey(Juror, models.PROTECT, related_name="sheets")
    reason = models.JSONField(default=dict)  # why this juror, from the draw
    state = models.CharField(max_length=10, choices=SheetState, default=SheetState.ASSIGNED)
    comment = models.TextField(blank=True, max_length=4000)  # to the team, after moderation
    note = models.TextField(blank=True, max_length=4000)  # for the juror alone
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)  # ticked reasons
    total = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)  # counts drafts saved
    revisions = models.JSONField(default=dict)  # {field: the revision that changed it last}
    assigned_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True, blank=True)
    extended_until = models.DateTimeField(null=True, blank=True)  # reopened: time to finish

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "entry", "juror"],
                condition=models.Q(state__in=["assigned", "sealed"]),
                name="one_standing_sheet",
            )
        ]
        indexes = [models.Index(fields=["juror", "state"]), models.Index(fields=["stage", "state"])]

    def __str__(self) -> str:
        return f"{self.juror_id} on {self.entry_id}"

    @property
    def book_contest_id(self) -> int:
        return self.stage.contest_id

    @property
    def window(self) -> Window:
        """The stage's window; a sheet that was opened again may have longer."""
        stage = self.stage.window
        if self.extended_until is None or stage.closes_at is None:
            return stage
        return Window(stage.opens_at, max(stage.closes_at, self.extended_until))

    def is_over(self, at: datetime) -> bool:
        """The time to mark it has passed, or the stage was closed and it got no more."""
        return self.window.is_over(at) or self._stage_state == StageState.CLOSED

    def given(self) -> dict[str, Decimal]:
        """The marks by criterion code."""
        marks = self.marks.select_related("criterion").exclude(value=None)
        return {mark.criterion.code: mark.value for mark in marks}

    def told_evidence(self) -> dict[str, str]:
        """The words of evidence by criterion code."""
        marks = self.marks.select_related("criterion").exclude(evidence="")
        return {mark.criterion.code: mark.evidence for mark in marks}

    def may_mark(self, at: datetime) -> Verdict:
        return rules.may_mark(self.state, stage=self._stage_state, window=self.window, at=at)

    def may_seal(self, at: datetime) -> Verdict:
        return rules.may_seal(
            self.state,
            marked=self.given(),
            criteria={c.code for c in self.stage.rule.criteria if not c.optional},
            stage=self._stage_state,
            window=self.window,
            at=at,
        )

    def may_recuse(self) -> Verdict:
        return rules.may_recuse(self.state)

    @property
    def _stage_state(self) -> str:
        """A sheet opened again with time to finish does not ask whether the stage is closed."""
        return self.stage.state if self.extended_until is None else StageState.OPEN


class Mark(models.Model):
    """What a sheet says about one criterion now; a draft until the sheet is sealed."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="marks")
    value = models.DecimalField(max_digits=8, decimal_places=3, null=True)  # evidence came first
    evidence = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="one_mark_a_criterion")
        ]

    def __str__(self) -> str:
        return str(self.value)


class Seal(models.Model):
    """The marks as they stood when the juror sealed the sheet. Kept for ever."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="seals")
    number = models.PositiveSmallIntegerField()
    marks = models.JSONField()  # {criterion code: "value"}
    evidence = models.JSONField(default=dict)  # {criterion code: "words"}
    total = models.DecimalField(max_digits=9, decimal_places=3)
    comment = models.TextField(blank=True)
    tags = ArrayField(models.CharField(max_length=40), default=list)
    salt = models.CharField(max_length=32, blank=True)  # or the hash would give few marks away
    # Stands in the journal and on paper; empty when the seal is older, or came with a table.
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("sheet", "number")
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="seal_once")]

    def __str__(self) -> str:
        return f"{self.sheet_id} seal {self.number}"

    def computed_digest(self) -> str:
        """The hash of what stands in the row now; `digest` is the one it was sealed with."""
        return digest(
            salt=self.salt, sheet=self.sheet_id, number=self.number,
            entry=self.sheet.entry.code, juror=self.sheet.juror_id, marks=self.marks,
            evidence=self.evidence, comment=self.comment, tags=self.tags, total=self.total,
            at=self.at,
        )  # fmt: skip


class Reopening(models.Model):
    """The organiser opened a sealed sheet again, and said why."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="reopenings")
    why = models.CharField(max_length=300)
    until = models.DateTimeField(null=True, blank=True)  # None: until the stage closes
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.why
