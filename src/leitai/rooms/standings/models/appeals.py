"""Objections to a published result.

Who objects stands in a row of its own, `Objector`, and nowhere else: not in the appeal, not in
the journal, not in an export. What names nobody can be read by many.
"""

from datetime import datetime

from django.conf import settings
from django.db import models

from leitai.foundation.models import StoredFile
from leitai.rooms.standings.models.publication import Publication
from leitai.rooms.standings.rules import appeals as rules
from leitai.rooms.standings.rules.appeals import AppealState, Finding, Ground, Standpoint
from leitai.rooms.submissions.models import Entry
from leitai.values.verdict import Verdict


class AppealQuerySet(models.QuerySet["Appeal"]):
    def open(self) -> "AppealQuerySet":
        return self.filter(state__in=rules.OPEN)


class Appeal(models.Model):
    """An objection to a published version, or to one entry in it."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="appeals")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="appeals")
    number = models.PositiveSmallIntegerField()  # within the contest
    state = models.CharField(max_length=10, choices=AppealState, default=AppealState.FILED)
    ground = models.CharField(max_length=12, choices=Ground)
    text = models.TextField(max_length=4000)
    source = models.URLField(max_length=500, blank=True)  # where the copied work stands
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # of the step that comes next
    reminded_at = models.DateTimeField(null=True)
    reply = models.TextField(blank=True)  # why it was refused
    taken_up_at = models.DateTimeField(null=True)
    asked_for = models.TextField(blank=True)  # which evidence
    finding = models.CharField(max_length=10, choices=Finding, blank=True)
    reason = models.TextField(blank=True)  # why the panel found so
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)  # the letter
    answered_at = models.DateTimeField(null=True)
    remedy = models.ForeignKey(
        Publication, models.PROTECT, null=True, related_name="mends"
    )  # the version that came of it

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index(
                fields=["due_at"], name="appeal_due",
                condition=models.Q(state__in=["filed", "accepted", "asked", "decided"]),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.publication.contest_id} appeal {self.number}"

    @property
    def book_contest_id(self) -> int:
        return self.publication.contest_id

    def is_late(self, at: datetime) -> bool:
        return self.state in rules.OPEN and self.due_at is not None and self.due_at <= at

    def may_decide(self, *, reason: str, at: datetime) -> Verdict:
        hearing = getattr(self, "hearing", None)
        rule = self.publication.contest.rules.notice.appeals
        return rules.may_decide(
            self.state,
            votes=[p.vote or None for p in self.panelists.all()],
            panel_size=rule.panel_size,
            reason=reason,
            needs_hearing=self.entry_id is not None,
            heard=hearing is not None and hearing.is_over(at),
        )


class Objector(models.Model):
    """Who objects. Read by the panel and the organisers who run the case; each reading is noted."""

    appeal = models.OneToOneField(Appeal, models.CASCADE, related_name="objector")
    kind = models.CharField(max_length=8, choices=Standpoint)
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=200)
    contact = models.CharField(max_length=120)
    address = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"objector {self.appeal_id}"

    @property
    def book_contest_id(self) -> int:
        return self.appeal.publication.contest_id


class AppealFile(models.Model):
    """The seal of a unit, or evidence; names of files may tell who sent them."""

    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="files")
    is_seal = models.BooleanField(default=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.file_id}"

    @property
    def book_contest_id(self) -> int:
        return self.appeal.publication.contest_id


class Hearing(models.Model):
    """The team is told what is held against its entry, and says what it has to say."""

    appeal = models.OneToOneField(Appeal, models.CASCADE, related_name="hearing")
    charge = models.TextField(max_length=4000)  # in the organiser's words, which name nobody
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    statement = models.TextField(max_length=4000, blank=True)
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    stated_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"hearing {self.appeal_id}"

    @property
    def book_contest_id(self) -> int:
        return self.appeal.publication.contest_id

    def is_over(self, at: datetime) -> bool:
        """Heard, or the time for it has passed."""
        return self.stated_at is not None or at >= self.due_at


class Panelist(models.Model):
    """Somebody who hears the case, and their vote."""

    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="panelists")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="hears")
    vote = models.CharField(max_length=10, choices=Finding, blank=True)
    reason = models.TextField(max_length=2000, blank=True)
    voted_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["appeal", "user"], name="one_seat_at_an_appeal")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.appeal_id}"

    @property
    def book_contest_id(self) -> int:
        return self.appeal.publication.contest_id
