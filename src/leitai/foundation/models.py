"""Rows that belong to no room."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Line(models.Model):
    """One line in the journal: who did what to what, and when. Never changed, never deleted."""

    book = models.CharField(max_length=60)
    number = models.BigIntegerField()
    verb = models.CharField(max_length=80, db_index=True)
    about_type = models.CharField(max_length=80)
    about_id = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("book", "number")
        constraints = [models.UniqueConstraint(fields=["book", "number"], name="line_once_a_book")]
        indexes = [models.Index(fields=["about_type", "about_id"])]

    def __str__(self) -> str:
        return f"{self.book} {self.number}: {self.verb}"


class Digest(models.Model):
    """The newest hash of a book on one day, for everybody to note down.

    Whoever noted it can tell later whether the lines up to this number were rewritten, even by
    somebody who owns the whole database.
    """

    book = models.CharField(max_length=60)
    day = models.DateField()  # in UTC
    number = models.BigIntegerField()  # how many lines the book had
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-day", "book")
        constraints = [models.UniqueConstraint(fields=["book", "day"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.book} {self.day} {self.number}"


class Verification(models.Model):
    """Somebody, or the platform at night, had a book read from its first line to its last."""

    book = models.CharField(max_length=60, db_index=True)
    number = models.BigIntegerField()  # how many lines it had
    hash = models.CharField(max_length=64, blank=True)
    findings = models.JSONField(default=list)  # what does not fit, the first first; empty: all fits
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.book} {self.number} {'holds' if not self.findings else 'does not hold'}"


class StoredFile(models.Model):
    """A file we keep, addressed by its content; many rows may share one content."""

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=100)  # a MIME type we found out ourselves
    name = models.CharField(max_length=255)  # as it was called, cleaned
    stored_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class JobState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class Job(models.Model):
    """Work in the background that somebody waits for, and where it stands.

    The row is what people look at; the worker's own queue may try several times behind it.
    """

    kind = models.CharField(max_length=60)  # the name of the task
    ids = models.JSONField(default=dict)  # what it is about
    lock = models.CharField(max_length=100, blank=True)  # jobs of one lock wait for each other
    state = models.CharField(max_length=20, choices=JobState, default=JobState.WAITING)
    done = models.PositiveSmallIntegerField(default=0)  # per cent
    now = models.CharField(max_length=200, blank=True)  # what it is doing, as a message id
    why = models.TextField(blank=True)  # why it failed
    result = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in {JobState.WAITING, JobState.RUNNING}

    @property
    def doing(self) -> str:
        """What it is doing, in the reader's language."""
        return gettext(self.now) if self.now else ""

    @property
    def ahead(self) -> int:
        """How many jobs wait in front of this one."""
        if self.state != JobState.WAITING:
            return 0
        return Job.objects.filter(state=JobState.WAITING, pk__lt=self.pk).count()


class Letter(models.Model):
    """A mail to one person, as it was or will be sent."""

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.subject
