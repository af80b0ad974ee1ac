"""Numbered versions before the public, and the words let through with them."""

from django.conf import settings
from django.db import models

from leitai.rooms.contests.models import Contest
from leitai.rooms.jury.models import Sheet
from leitai.rooms.standings.models.standing import Standing


class Publication(models.Model):
    """A numbered version of a result before the public. A correction is the next number."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="publications")
    standing = models.ForeignKey(Standing, models.PROTECT, related_name="publications")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300, blank=True)  # why a new version
    notice_from = models.DateTimeField()
    notice_until = models.DateTimeField()
    body = models.JSONField()  # the notice as printed, names masked by rule
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("contest", "-number")
        constraints = [
            models.UniqueConstraint(fields=["contest", "number"], name="publication_once")
        ]

    def __str__(self) -> str:
        return f"{self.contest_id} v{self.number}"


class ReleasedComment(models.Model):
    """A juror's words to a team, let through by the organiser."""

    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="released_comment")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="comments")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def book_contest_id(self) -> int:
        return self.publication.contest_id
