"""What a juror owes before the papers open, and what is said about jurors before the draw."""

from django.conf import settings
from django.db import models

from leitai.foundation.models import Job
from leitai.foundation.words import bilingual
from leitai.rooms.contests.models import Contest, Edition
from leitai.rooms.jury.models.jurors import Juror
from leitai.rooms.jury.rules import ColleagueState, ConflictGround, JurorKind, ObjectionState
from leitai.rooms.people.models import Organisation
from leitai.rooms.submissions.models import Entry


class Undertaking(models.Model):
    """What every juror of an edition promises; one version of its words, never changed."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="undertakings")
    version = models.PositiveSmallIntegerField()
    text_zh = models.TextField(blank=True, max_length=20000)
    text_en = models.TextField(blank=True, max_length=20000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    text = bilingual("text")

    class Meta:
        ordering = ("edition", "-version")
        constraints = [
            models.UniqueConstraint(fields=["edition", "version"], name="undertaking_once")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} v{self.version}"


class Promise(models.Model):
    """A person accepted one version of the undertaking, in these words and at this time."""

    undertaking = models.ForeignKey(Undertaking, models.PROTECT, related_name="promises")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="promises")
    language = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)  # SHA-256 of the words that were shown
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["undertaking", "person"], name="promised_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.undertaking_id}"


class Colleague(models.Model):
    """Somebody whom an invited person proposes; hears nothing before an organiser says so."""

    juror = models.ForeignKey(Juror, models.CASCADE, related_name="colleagues")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    kind = models.CharField(max_length=12, choices=JurorKind)
    why = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=ColleagueState, default=ColleagueState.PROPOSED)
    at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [models.UniqueConstraint(fields=["juror", "email"], name="colleague_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def book_contest_id(self) -> int:
        return self.juror.contest_id


class DeclaredTie(models.Model):
    """A house or a person the juror is tied to; which entries that means, the platform finds."""

    juror = models.ForeignKey(Juror, models.CASCADE, related_name="ties")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=120, blank=True)  # of a person, or of a house unknown to us
    email = models.EmailField(blank=True)
    ground = models.CharField(max_length=20, choices=ConflictGround)
    until = models.PositiveSmallIntegerField(null=True, blank=True)  # the year it ended
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.juror_id} ~ {self.organisation_id or self.name}"

    @property
    def book_contest_id(self) -> int:
        return self.juror.contest_id


class Objection(models.Model):
    """A team does not want to be marked by this juror, and says why; organisers decide."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="objections_to_jurors")
    juror = models.ForeignKey(Juror, models.CASCADE, related_name="objections")
    why = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=ObjectionState, default=ObjectionState.RAISED)
    answer = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [models.UniqueConstraint(fields=["entry", "juror"], name="objected_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} ≠ {self.juror_id}"

    @property
    def book_contest_id(self) -> int:
        return self.entry.contest_id


class ConflictSearch(models.Model):
    """The last search of the records for ties: how far the journal had come when it began."""

    contest = models.OneToOneField(Contest, models.CASCADE, related_name="conflict_search")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    line = models.BigIntegerField(default=0)  # of the contest's book
    found = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.contest_id} up to {self.line}"
