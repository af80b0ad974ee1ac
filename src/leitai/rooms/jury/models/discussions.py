"""The phase of a stage's judging, and what a jury talks about when it differs."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.rooms.jury.models.jurors import Juror
from leitai.rooms.jury.models.sheets import Sheet
from leitai.rooms.jury.rules.discussions import DiscussionState
from leitai.rooms.jury.rules.sight import JudgingState
from leitai.rooms.stages.models import Criterion, Stage
from leitai.rooms.submissions.models import Entry


class Judging(models.Model):
    """How far the judging of a stage is. Without a row, jurors mark independently."""

    stage = models.OneToOneField(Stage, models.PROTECT, related_name="judging")
    state = models.CharField(max_length=12, choices=JudgingState, default=JudgingState.INDEPENDENT)
    chair = models.ForeignKey(
        Juror, models.PROTECT, null=True, blank=True, related_name="chaired_stages"
    )
    moved_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.stage_id} {self.state}"

    @property
    def book_contest_id(self) -> int:
        return self.stage.contest_id


class Discussion(models.Model):
    """The jurors of one entry talk about marks that lie far apart."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="discussions")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="discussions")
    chair = models.ForeignKey(
        Juror, models.PROTECT, null=True, blank=True, related_name="chaired_discussions"
    )  # the stage's, unless there is a tie to this entry
    state = models.CharField(max_length=10, choices=DiscussionState, default=DiscussionState.OPEN)
    low = models.DecimalField(max_digits=9, decimal_places=3)  # totals as it began
    high = models.DecimalField(max_digits=9, decimal_places=3)
    summary = models.TextField(_("summary"), blank=True, max_length=4000)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)  # counts what was said and changed

    class Meta:
        ordering = ("stage", "pk")
        constraints = [
            models.UniqueConstraint(fields=["stage", "entry"], name="one_discussion_an_entry")
        ]

    def __str__(self) -> str:
        return f"{self.stage_id}: {self.entry_id}"

    @property
    def book_contest_id(self) -> int:
        return self.stage.contest_id

    @property
    def topic(self) -> str:
        """Where the live process tells of it."""
        return f"jury/discussion/{self.pk}"


class Remark(models.Model):
    """What a juror said. Never changed, never taken back."""

    discussion = models.ForeignKey(Discussion, models.PROTECT, related_name="remarks")
    juror = models.ForeignKey(Juror, models.PROTECT, related_name="remarks")
    text = models.TextField(max_length=4000)
    at = models.DateTimeField()

    class Meta:
        ordering = ("discussion", "pk")

    def __str__(self) -> str:
        return self.text[:40]


class MarkChange(models.Model):
    """A mark became another one in a discussion; the one before stands here, and in its seal."""

    discussion = models.ForeignKey(Discussion, models.PROTECT, related_name="changes")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="mark_changes")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    before = models.DecimalField(max_digits=8, decimal_places=3, null=True)  # None: left blank
    after = models.DecimalField(max_digits=8, decimal_places=3)
    why = models.CharField(max_length=500)
    seal = models.PositiveSmallIntegerField()  # the seal that holds the new marks
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("discussion", "pk")

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
