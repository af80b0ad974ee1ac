"""Why a juror may not mark an entry."""

from django.conf import settings
from django.db import models

from leitai.rooms.jury.models.jurors import Juror
from leitai.rooms.jury.rules import ConflictGround, ConflictSource
from leitai.rooms.submissions.models import Entry


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def in_force(self) -> "ConflictQuerySet":
        return self.filter(lifted_at=None)


class Conflict(models.Model):
    """Why a juror may not mark an entry, nor see anything of it. Lifted, never deleted."""

    juror = models.ForeignKey(Juror, models.CASCADE, related_name="conflicts")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="conflicts")
    source = models.CharField(max_length=10, choices=ConflictSource)
    ground = models.CharField(max_length=20, choices=ConflictGround)
    note = models.CharField(max_length=300, blank=True)
    evidence = models.JSONField(default=dict)  # which record says so, and until when
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_why = models.CharField(max_length=300, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["juror", "entry", "source", "ground"], name="one_conflict_a_ground"
            )
        ]

    def __str__(self) -> str:
        return f"{self.juror_id} × {self.entry_id}"

    @property
    def book_contest_id(self) -> int:
        return self.juror.contest_id
