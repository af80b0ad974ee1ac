"""Sample entries with reference marks. They lie apart from sheets, so nothing can count them."""

from django.conf import settings
from django.db import models

from leitai.foundation.words import bilingual
from leitai.rooms.jury.models.jurors import Juror
from leitai.rooms.stages.models import Stage
from leitai.rooms.submissions.models import Entry


class Sample(models.Model):
    """One sample entry of a stage: its words, the marks it deserves, and why."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="samples")
    number = models.PositiveSmallIntegerField()
    source = models.ForeignKey(
        Entry, models.SET_NULL, null=True, blank=True, related_name="+"
    )  # the entry its words were taken from
    title_zh = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    text_zh = models.TextField(blank=True, max_length=8000)
    text_en = models.TextField(blank=True, max_length=8000)
    marks = models.JSONField()  # {criterion code: "value"}, the reference
    reasons_zh = models.JSONField(default=dict)  # {criterion code: words}
    reasons_en = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    title = bilingual("title")
    text = bilingual("text")

    class Meta:
        ordering = ("stage", "number")
        constraints = [models.UniqueConstraint(fields=["stage", "number"], name="sample_once")]

    def __str__(self) -> str:
        return f"{self.stage_id} sample {self.number}"

    @property
    def book_contest_id(self) -> int:
        return self.stage.contest_id


class SampleSheet(models.Model):
    """A juror's marks on a sample, given once."""

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="sheets")
    juror = models.ForeignKey(Juror, models.CASCADE, related_name="sample_sheets")
    marks = models.JSONField()  # {criterion code: "value"}
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "juror"], name="one_sheet_a_sample")
        ]

    def __str__(self) -> str:
        return f"{self.juror_id} on sample {self.sample_id}"

    @property
    def book_contest_id(self) -> int:
        return self.juror.contest_id
