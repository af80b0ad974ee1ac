"""Rows that belong to no room."""

import uuid
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _


def a_message_id() -> str:
    """Not to be guessed: whoever names it has seen the letter, or got it back."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{uuid.uuid4().hex}@{host[:80]}>"


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


class Broadcast(models.Model):
    """What everybody with a ticket for the topic sees now; see `leitai.foundation.live`.

    The live process reads this table by itself, so its columns are not renamed lightly.
    """

    topic = models.CharField(max_length=100, unique=True)
    version = models.BigIntegerField()
    body = models.TextField()  # JSON, on one line
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.topic} {self.version}"


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

    @cached_property
    def ahead(self) -> int:
        """How many jobs wait in front of this one; a list counts them for all its rows at once."""
        if self.state != JobState.WAITING:
            return 0
        return Job.objects.filter(state=JobState.WAITING, pk__lt=self.pk).count()


class LetterState(models.TextChoices):
    """Between `claimed` and the answer lies the one moment in which nobody can know."""

    WAITING = "waiting", _("waiting")
    CLAIMED = "claimed", _("being handed over")
    SENT = "sent", pgettext_lazy("letter", "sent")
    REFUSED = "refused", _("came back")
    UNCERTAIN = "uncertain", _("uncertain")
    HELD = "held", _("kept back")
    BLOCKED = "blocked", _("not sent to this address")
    GATHERED = "gathered", _("waits for the daily mail")
    DIGESTED = "digested", _("in a daily mail")


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self, at: datetime) -> "LetterQuerySet":
        return self.filter(state=LetterState.WAITING, due_at__lte=at)

    def arrived(self, at: datetime) -> "LetterQuerySet":
        """What its reader may know of: nothing that can still be stopped, and no daily mails,
        whose letters stand here one by one."""
        told = models.Q(state__in=("claimed", "sent", "refused", "uncertain", "digested"))
        on_the_way = models.Q(state=LetterState.WAITING, attempts__gt=0)
        stays = models.Q(state__in=("gathered", "blocked"), due_at__lte=at)
        return self.filter(told | on_the_way | stays, is_digest=False)


class Letter(models.Model):
    """A mail to one person, as it was or will be sent.

    Its Message-ID is fixed when it is written: however often it is handed over, it is one mail.
    """

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    language = models.CharField(max_length=10, blank=True)
    sender = models.CharField(max_length=200, blank=True)  # the name before our address
    reply_to = models.EmailField(blank=True)
    unsubscribe = models.URLField(max_length=600, blank=True)  # where one click ends such mails
    message_id = models.CharField(max_length=120, default=a_message_id, unique=True)
    state = models.CharField(max_length=10, choices=LetterState, default=LetterState.WAITING)
    due_at = models.DateTimeField(null=True, blank=True)  # not before; later after a set-back
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)  # what the post office said last
    is_digest = models.BooleanField(default=False)
    digest = models.ForeignKey("self", models.SET_NULL, null=True, related_name="gathered")
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index(Lower("to"), models.F("id").desc(), name="letter_by_address"),
            models.Index(
                Lower("to"), condition=models.Q(read_at=None), name="letter_unread"
            ),
            models.Index(
                fields=["due_at", "id"], condition=models.Q(state="waiting"), name="letter_due"
            ),
            models.Index(
                fields=["claimed_at"], condition=models.Q(state="claimed"), name="letter_claimed"
            ),
            models.Index(
                fields=["due_at"], condition=models.Q(state="gathered"), name="letter_gathered"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.subject

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.due_at = self.due_at or self.written_at
        super().save(*args, **kwargs)


class SuppressionReason(models.TextChoices):
    BOUNCED = "bounced", _("mail to it came back")
    BY_HAND = "by_hand", _("blocked by hand")
    COMPLAINED = "complained", _("reported a mail as unwanted")
    UNSUBSCRIBED = "unsubscribed", _("unsubscribed")


# These stop every letter; the others only those that nobody needs.
STOPS_ALL = frozenset({SuppressionReason.BOUNCED, SuppressionReason.BY_HAND})


class Suppression(models.Model):
    """An address we do not write to, or only what is necessary. Lifted by deleting the row."""

    address = models.EmailField(unique=True)  # in small letters
    reason = models.CharField(max_length=20, choices=SuppressionReason)
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.address
