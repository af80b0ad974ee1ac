"""The committee's record, and who signed it."""

from django.conf import settings
from django.db import models

from leitai.rooms.standings.models.standing import Standing


class Decision(models.Model):
    """The committee's record: this standing holds."""

    standing = models.OneToOneField(Standing, models.PROTECT, related_name="decision")
    text = models.TextField()
    digest = models.CharField(max_length=64)  # SHA-256 over the places and the text
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:12]

    @property
    def book_contest_id(self) -> int:
        return self.standing.stage.contest_id


class Signature(models.Model):
    """A named person signed a decision."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="signatures")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @property
    def book_contest_id(self) -> int:
        return self.decision.standing.stage.contest_id
