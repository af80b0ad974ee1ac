"""Lists of awards and their approval, certificates and what became of them."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models

from leitai.foundation.models import Job, StoredFile
from leitai.foundation.words import bilingual
from leitai.rooms.awards import rules
from leitai.rooms.awards.rules import CertificateState, Ground, Object, SlateState
from leitai.rooms.contests.models import Contest, Edition
from leitai.rooms.standings.models import Publication
from leitai.rooms.submissions.models import Entry, Member
from leitai.values.verdict import Verdict


class Slate(models.Model):
    """All awards of a contest as they follow from one published result. A change after it is
    published is the next slate; this one stays as it was."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="slates")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="slates")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=SlateState, default=SlateState.DRAFT)
    taken_out = models.JSONField(default=list)  # [{entry, why}]: those behind them move up
    vacant = models.JSONField(default=list)  # [{code, group, seats, why}]: nobody deserved them
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("contest", "-number")
        constraints = [
            models.UniqueConstraint(fields=["contest", "number"], name="slate_once"),
            models.UniqueConstraint(
                fields=["contest"], name="one_published_slate",
                condition=models.Q(state=SlateState.PUBLISHED),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.contest_id} #{self.number}"

    def may_change(self, *, why: str) -> Verdict:
        return rules.may_change(self.state, approvals=self.approvals.count(), why=why)

    def may_issue(self, *, objections: int, at: datetime) -> Verdict:
        until = self.publication.notice_until
        return rules.may_issue(self.state, notice_until=until, objections=objections, at=at)


class Award(models.Model):
    """One award of a slate: who gets it, or that nobody deserved it."""

    slate = models.ForeignKey(Slate, models.CASCADE, related_name="awards")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=160, blank=True)
    object = models.CharField(max_length=10, choices=Object, default=Object.PROJECT)
    group = models.CharField(max_length=8, blank=True)  # the scenario's code, where it is by that
    position = models.PositiveSmallIntegerField(default=1)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="awards")
    by_place = models.BooleanField(default=True)  # False: named by the committee, or special
    is_special = models.BooleanField(default=False)  # not in the rules, with its own reason
    is_vacant = models.BooleanField(default=False)
    is_tied = models.BooleanField(default=False)
    why = models.CharField(max_length=300, blank=True)

    name = bilingual("name")

    class Meta:
        ordering = ("slate", "order", "group", "position")
        constraints = [
            models.UniqueConstraint(
                fields=["slate", "code", "group", "position"], name="one_award_a_seat"
            ),
            models.UniqueConstraint(
                fields=["slate", "entry"], name="one_award_by_place",
                condition=models.Q(by_place=True),
            ),
            models.CheckConstraint(
                condition=models.Q(is_vacant=False) | models.Q(entry=None), name="vacant_has_none"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code} {self.entry_id}"

    @property
    def book_contest_id(self) -> int:
        return self.slate.contest_id

    @property
    def is_open(self) -> bool:
        return self.entry_id is None and not self.is_vacant


class Approval(models.Model):
    """One of the two people who approve a slate."""

    slate = models.ForeignKey(Slate, models.CASCADE, related_name="approvals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["slate", "by"], name="approves_once")]

    def __str__(self) -> str:
        return f"{self.by_id} on {self.slate_id}"

    @property
    def book_contest_id(self) -> int:
        return self.slate.contest_id


class Numbering(models.Model):
    """The letters of an edition's certificates, and how many numbers were given."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="numbering")
    prefix = models.CharField(max_length=24, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix} {self.last}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def valid(self) -> "CertificateQuerySet":
        return self.filter(state=CertificateState.VALID)

    def of(self, user: Any) -> "CertificateQuerySet":
        """Those a person may take away: of the entries of their teams, and their own. What is made
        out to another member is that member's."""
        mine = self.filter(entry__members__user=user, entry__members__joined_at__isnull=False)
        ours = models.Q(member=None) | models.Q(member__user=user)
        return mine.filter(ours).distinct()


class Certificate(models.Model):
    """A numbered paper, with its words as they were signed. Never changed: a correction revokes it
    and makes another."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="certificates")
    award = models.ForeignKey(Award, models.PROTECT, related_name="certificates")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="certificates")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="certificates")
    holder_key = models.CharField(max_length=24, blank=True)  # blank: the entry; else the member
    code = models.CharField(max_length=40)  # of the award, over all slates
    number = models.CharField(max_length=40, unique=True)
    state = models.CharField(
        max_length=10, choices=CertificateState, default=CertificateState.VALID
    )
    words = models.JSONField()  # what is printed
    slip = models.TextField(blank=True)  # what is signed; blank once its holder was forgotten
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "code", "entry", "holder_key"], name="one_valid_certificate",
                condition=models.Q(state=CertificateState.VALID),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def revoked(self) -> "Revocation | None":
        return getattr(self, "revocation", None)

    @property
    def holder(self) -> str:
        return self.words["holder"]["first"]

    def may_revoke(self, *, why: str) -> Verdict:
        return rules.may_revoke(self.state, why=why)


class Revocation(models.Model):
    """A certificate holds no more; perhaps another one takes its place."""

    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="revocation")
    ground = models.CharField(max_length=10, choices=Ground)
    why = models.CharField(max_length=300)
    replaced_by = models.OneToOneField(
        Certificate, models.PROTECT, null=True, related_name="replaces"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.ground}"

    @property
    def book_contest_id(self) -> int:
        return self.certificate.contest_id


class Bundle(models.Model):
    """All certificates of a contest, numbered and printed by a worker, in one file."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="certificate_bundles")
    job = models.OneToOneField(Job, models.PROTECT, null=True, related_name="+")
    for_members = models.BooleanField(default=False)  # one for each member of a team as well
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.contest_id} {self.at:%Y-%m-%d}"
