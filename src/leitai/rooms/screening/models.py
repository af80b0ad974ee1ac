"""Checks and flags."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from leitai.rooms.contests.models import Contest
from leitai.rooms.screening.rules import EchoState, Finding, FlagKind, FlagState, Reason
from leitai.rooms.submissions.models import Entry


class Check(models.Model):
    """The secretariat looked at one version of an entry and found this."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="checks")
    version = models.PositiveIntegerField()  # of the entry, as it was looked at
    finding = models.CharField(max_length=10, choices=Finding)
    reasons = ArrayField(models.CharField(max_length=20, choices=Reason), default=list, blank=True)
    note = models.TextField(blank=True)  # to the team
    resubmit_until = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.entry_id} {self.finding}"

    @property
    def book_contest_id(self) -> int:
        return self.entry.contest_id

    @property
    def reasons_in_words(self) -> list[str]:
        return [str(Reason(reason).label) for reason in self.reasons]


class Flag(models.Model):
    """Two entries may be one."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="flags")
    kind = models.CharField(max_length=20, choices=FlagKind)
    one = models.ForeignKey(Entry, models.CASCADE, related_name="flags_as_one")
    other = models.ForeignKey(Entry, models.CASCADE, related_name="flags_as_other")
    likeness = models.DecimalField(max_digits=4, decimal_places=3)  # 0 to 1
    evidence = models.JSONField(default=dict)  # what they share, with passages
    state = models.CharField(max_length=10, choices=FlagState, default=FlagState.OPEN)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    raised_at = models.DateTimeField()

    class Meta:
        ordering = ("-likeness", "pk")
        constraints = [
            models.UniqueConstraint(fields=["kind", "one", "other"], name="one_flag_a_pair")
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ~ {self.other_id}"

    @property
    def pair(self) -> list[Entry]:
        return [self.one, self.other]


class Echo(models.Model):
    """An entry says what an entry of another contest or edition says.

    The passages are not kept: whoever may read both entries sees them as they are now.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="echoes")
    other = models.ForeignKey(Entry, models.CASCADE, related_name="echoed_by")
    likeness = models.DecimalField(max_digits=4, decimal_places=3)  # 0 to 1
    state = models.CharField(max_length=10, choices=EchoState, default=EchoState.OPEN)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    raised_at = models.DateTimeField()

    class Meta:
        ordering = ("-likeness", "pk")
        constraints = [models.UniqueConstraint(fields=["entry", "other"], name="one_echo_a_pair")]

    def __str__(self) -> str:
        return f"{self.entry_id} ~ {self.other_id}"

    @property
    def book_contest_id(self) -> int:
        return self.entry.contest_id
