"""What people said about marks in the hall: a second person, the chair, the recount, the result."""

from django.conf import settings
from django.db import models

from leitai.rooms.finals.models.heats import Heat
from leitai.rooms.finals.rules import SecondState
from leitai.rooms.jury.models import Sheet


class Second(models.Model):
    """A mark lies far from the others; a second person says that it stands, or gives it back."""

    heat = models.ForeignKey(Heat, models.PROTECT, related_name="seconds")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="seconds")
    seal = models.PositiveSmallIntegerField()  # the seal that was looked at
    distance = models.DecimalField(max_digits=9, decimal_places=3)  # from the middle of the panel
    state = models.CharField(max_length=10, choices=SecondState, default=SecondState.WAITING)
    word = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()  # found
    said_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["sheet", "seal"], name="one_second_a_seal")]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.state}"

    @property
    def book_contest_id(self) -> int:
        return self.heat.stage.contest_id


class TieTalk(models.Model):
    """The chair put entries that were level into an order, after talking with the jury."""

    heat = models.ForeignKey(Heat, models.PROTECT, related_name="tie_talks")
    order = models.JSONField()  # entry ids, the best first
    why = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.heat_id} {self.order}"

    @property
    def book_contest_id(self) -> int:
        return self.heat.stage.contest_id


class Result(models.Model):
    """The places of a heat as they were told in its hall. A later one is a new number."""

    heat = models.ForeignKey(Heat, models.PROTECT, related_name="results")
    number = models.PositiveSmallIntegerField()
    formula = models.CharField(max_length=20)
    inputs = models.CharField(max_length=64)  # SHA-256 over the sealed marks it was made of
    rows = models.JSONField()  # [{entry, code, place, score, raw, sheets, broken_by}]
    why = models.CharField(max_length=300, blank=True)  # of a later number
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("heat", "-number")
        constraints = [models.UniqueConstraint(fields=["heat", "number"], name="result_once")]

    def __str__(self) -> str:
        return f"{self.heat_id} result {self.number}"

    @property
    def book_contest_id(self) -> int:
        return self.heat.stage.contest_id


class Recount(models.Model):
    """Somebody had a result reckoned again from the raw marks, in another way."""

    result = models.ForeignKey(Result, models.PROTECT, related_name="recounts")
    rows = models.JSONField()  # [{entry, score, place}], as recounted
    faults = models.JSONField(default=list)  # entries that differ; empty: all is well
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.result_id} {'differs' if self.faults else 'holds'}"

    @property
    def book_contest_id(self) -> int:
        return self.result.heat.stage.contest_id
