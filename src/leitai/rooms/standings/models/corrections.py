"""A name that was printed wrongly."""

from django.conf import settings
from django.db import models

from leitai.rooms.standings.models.publication import Publication
from leitai.rooms.standings.rules.corrections import CorrectionState, PrintedName
from leitai.rooms.submissions.models import Entry


class Correction(models.Model):
    """A team asks for another spelling; marks and places stay as they are."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="corrections")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=10, choices=PrintedName)
    before = models.CharField(max_length=300, blank=True)  # as it was printed
    after = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=CorrectionState, default=CorrectionState.ASKED)
    reply = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    printed_in = models.ForeignKey(
        Publication, models.PROTECT, null=True, related_name="corrections_printed"
    )

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.entry_id} {self.field}"

    @property
    def book_contest_id(self) -> int:
        return self.entry.contest_id
