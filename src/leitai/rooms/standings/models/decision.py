"""The committee's record, and who signed it."""

from django.conf import settings
from django.db import models

from leitai.rooms.demands.models import Demand
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings.models.standing import Standing
from leitai.rooms.standings.rules import SpecialKind, SpecialState
from leitai.rooms.submissions.models import Entry


class Decision(models.Model):
    """The committee's record: this standing holds."""

    standing = models.OneToOneField(Standing, models.PROTECT, related_name="decision")
    text = models.TextField()
    particulars = models.JSONField(default=dict)  # who was present, reasons, signatures wanted
    digest = models.CharField(max_length=64)  # SHA-256 over places, text and particulars
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:12]

    @property
    def book_contest_id(self) -> int:
        return self.standing.stage.contest_id


class Signature(models.Model):
    """A named person signed a decision, with an own account."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="signatures")
    attendee = models.OneToOneField(
        "Attendee", models.PROTECT, null=True, related_name="signature"
    )  # None: signed before people present were listed
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @property
    def book_contest_id(self) -> int:
        return self.decision.standing.stage.contest_id


class Attendee(models.Model):
    """Somebody in the room while a stage is decided; with the decision it becomes its record."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="attendees")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="attendees")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120)
    left_for = models.JSONField(default=list)  # codes of the entries they left the room for
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "decision", "user"], name="present_once", nulls_distinct=False,
                condition=models.Q(user__isnull=False),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def book_contest_id(self) -> int:
        return self.stage.contest_id


class SpecialPlace(models.Model):
    """A place beside the quota: who proposed it, why, and how the vote went."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="special_places")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="special_places")
    kind = models.CharField(max_length=12, choices=SpecialKind)
    state = models.CharField(max_length=10, choices=SpecialState, default=SpecialState.PROPOSED)
    why = models.CharField(max_length=300)  # published
    proposer = models.CharField(max_length=160)
    demand = models.ForeignKey(Demand, models.PROTECT, null=True, related_name="+")
    votes_for = models.PositiveSmallIntegerField(null=True)
    votes_against = models.PositiveSmallIntegerField(null=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="special_places")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "entry"], name="one_special_place_each",
                condition=~models.Q(state="rejected"),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.entry_id}"

    @property
    def book_contest_id(self) -> int:
        return self.stage.contest_id
