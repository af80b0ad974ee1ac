"""What teams are told of their marks, once for all of them."""

from django.conf import settings
from django.db import models

from leitai.rooms.jury.models import Sheet
from leitai.rooms.standings.models.publication import Publication
from leitai.rooms.submissions.models import Entry


class Feedback(models.Model):
    """Computed for everybody in one deed: on the day it is out, all teams open it at once."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="feedback")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="feedback")
    body = models.JSONField()  # {"band", "field", "criteria": [{"code", "mean", "third"}]}
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(fields=["publication", "entry"], name="feedback_once")
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.entry_id}"

    @property
    def book_contest_id(self) -> int:
        return self.publication.contest_id


class HeldComment(models.Model):
    """A juror's words that the team shall not read, and why not."""

    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="held_comment")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"held {self.sheet_id}"

    @property
    def book_contest_id(self) -> int:
        return self.sheet.stage.contest_id
