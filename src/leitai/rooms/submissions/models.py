"""Entries, their teams, versions and attachments."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.foundation.models import StoredFile
from leitai.foundation.words import bilingual
from leitai.rooms.contests.models import Contest, Scenario
from leitai.rooms.demands.models import Demand
from leitai.rooms.people.models import Organisation
from leitai.rooms.submissions import rules
from leitai.rooms.submissions.rules import EntrantKind, Layer, Maturity, MemberRole, State
from leitai.values.verdict import Verdict


class Channel(models.Model):
    """The way by which entries come: a partner, a park, the own site."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="channels")
    code = models.SlugField(max_length=40)
    name_zh = models.CharField(_("name in Chinese"), max_length=80, blank=True)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)

    name = bilingual("name")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["contest", "code"], name="one_channel_a_code")
        ]

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """What takes part: one project of one team in one contest.

    The columns show what was handed in last; `draft` is what the team is working on, one value a
    form field, and `revisions` counts the changes of each, so that two members who edit at once
    lose nothing.
    """

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="entries")
    code = models.CharField(max_length=24)  # MFG-0412; given at the start, never changed
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    kind = models.CharField(max_length=16, choices=EntrantKind, default=EntrantKind.COMPANY)
    scenario = models.ForeignKey(
        Scenario, models.PROTECT, null=True, blank=True, related_name="entries"
    )
    title_zh = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    line_zh = models.CharField(max_length=200, blank=True)  # the one-liner
    line_en = models.CharField(max_length=300, blank=True)
    team_name = models.CharField(max_length=160, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="entries"
    )
    maturity = models.CharField(max_length=10, choices=Maturity, blank=True)
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=60, blank=True)
    tags = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    channel = models.ForeignKey(
        Channel, models.SET_NULL, null=True, blank=True, related_name="entries"
    )
    shows_card = models.BooleanField(default=True)  # the team agrees to a public card
    draft = models.JSONField(default=dict, blank=True)
    revisions = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=0)  # of the last hand-in; 0: none yet
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="entries_begun"
    )
    changed_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)
    returned_until = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged"
    )
    search = SearchVectorField(null=True)

    title = bilingual("title")
    line = bilingual("line")

    external_id = models.CharField(max_length=80, blank=True)  # its id in the file it came from

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contest", "code"], name="one_entry_a_code"),
            models.UniqueConstraint(
                fields=["contest", "external_id"],
                condition=~models.Q(external_id=""),
                name="one_entry_an_external_id",
            ),
        ]
        indexes = [
            models.Index(fields=["contest", "state", "-handed_in_at", "-id"], name="entry_recent"),
            models.Index(fields=["contest", "-id"], name="entry_by_id"),
            models.Index(fields=["contest", "-handed_in_at", "-id"], name="entry_by_hand_in"),
            models.Index(fields=["contest", "title_zh", "id"], name="entry_by_title"),
            models.Index(fields=["contest", "scenario", "-id"], name="entry_by_scenario"),
            GinIndex(fields=["search"], name="entry_search"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def may_edit(self, at: datetime) -> Verdict:
        return rules.may_edit(
            self.state, window=self.contest.rules.entry.span.window,
            returned_until=self.returned_until, at=at,
        )  # fmt: skip

    def may_withdraw(self) -> Verdict:
        return rules.may_withdraw(self.state)

    @property
    def closes_at(self) -> datetime | None:
        """Until when the team may change it, by the server's clock."""
        closes = self.contest.rules.entry.span.closes_at
        if self.state == State.RETURNED and self.returned_until:
            return max(self.returned_until, closes) if closes else None
        return closes


class Member(models.Model):
    """One person of a team; without an account until the invitation is taken up."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    role = models.CharField(_("role"), max_length=10, choices=MemberRole, default="member")
    about = models.CharField(_("background"), max_length=300, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "email"], condition=~models.Q(email=""), name="one_seat_an_e_mail"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def book_contest_id(self) -> int:
        return self.entry.contest_id


class FieldChange(models.Model):
    """One field got a new text, or would have: what lost against another member is kept as well."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="field_changes")
    key = models.CharField(max_length=40)
    value = models.JSONField(null=True)
    revision = models.PositiveIntegerField()  # of the field, after the change or at the clash
    was_kept = models.BooleanField(default=True)  # False: somebody else had been faster
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=["entry", "key", "-id"], name="field_history")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.key} {self.revision}"


class Withdrawal(models.Model):
    """A team took its entry back."""

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="withdrawal")
    reason = models.TextField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.entry_id} {self.at}"

    @property
    def book_contest_id(self) -> int:
        return self.entry.contest_id


class Version(models.Model):
    """What was handed in, word for word, and the receipt for it."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    receipt = models.CharField(max_length=40, unique=True)
    body = models.JSONField()  # the draft's values, members and attachment ids of that moment
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("entry", "-number")
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="version_once")]

    def __str__(self) -> str:
        return self.receipt

    @property
    def book_contest_id(self) -> int:
        return self.entry.contest_id


class Attachment(models.Model):
    """A file of an entry, on its layer; replaced ones stay with the versions that had them."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="attachments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    field = models.CharField(max_length=40)  # the form field it answers, e.g. "plan"
    layer = models.CharField(max_length=12, choices=Layer, default=Layer.CONFIDENTIAL)
    file = models.ForeignKey(StoredFile, models.PROTECT)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.file.name

    @property
    def book_contest_id(self) -> int:
        return self.entry.contest_id


class Answer(models.Model):
    """An entry answers a demand, and says what the demand's owner may see of it."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="answers")
    demand = models.ForeignKey(Demand, models.PROTECT, related_name="answers")
    shows = models.CharField(max_length=12, choices=Layer, default=Layer.TEASER)
    note = models.TextField(blank=True, max_length=2000)  # how it meets the indicators
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["entry", "demand"], name="one_answer_a_demand")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} → {self.demand_id}"

    @property
    def book_contest_id(self) -> int:
        return self.entry.contest_id


class Lead(models.Model):
    """Somebody was invited to enter, by a channel; the first figure of the funnel."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="leads")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="leads")
    scenario = models.ForeignKey(Scenario, models.PROTECT, null=True, blank=True)
    region = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=160)
    entry = models.ForeignKey(Entry, models.SET_NULL, null=True, blank=True, related_name="leads")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Viewing(models.Model):
    """Somebody looked at the confidential layer."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="viewings")
    attachment = models.ForeignKey(Attachment, models.CASCADE, null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    as_role = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.by_id} {self.at}"
