"""Who is on the jury."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.rooms.contests.models import Contest
from leitai.rooms.jury import rules
from leitai.rooms.jury.models.pool import Expert
from leitai.rooms.jury.rules import JurorKind, JurorState
from leitai.rooms.people.models import Organisation
from leitai.values.verdict import Verdict


class Juror(models.Model):
    """A person on the jury of one contest; without an account until the invitation is taken up."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="jurors")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="juries"
    )
    expert = models.ForeignKey(
        Expert, models.SET_NULL, null=True, blank=True, related_name="juries"
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    kind = models.CharField(_("kind"), max_length=12, choices=JurorKind)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="jurors"
    )
    title = models.CharField(max_length=80, blank=True)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)  # expertise
    about = models.TextField(blank=True, max_length=2000)
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    load_min = models.PositiveSmallIntegerField(null=True, blank=True)  # None: the stage's
    load_max = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=JurorState, default=JurorState.INVITED)
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    declined_why = models.CharField(max_length=300, blank=True)
    letters = models.PositiveSmallIntegerField(default=1)  # how often we asked
    free_from = models.DateField(null=True, blank=True)  # days the juror can work; None: any
    free_until = models.DateField(null=True, blank=True)
    profiled_at = models.DateTimeField(null=True, blank=True)  # looked through by the juror
    tied_at = models.DateTimeField(null=True, blank=True)  # "I have named all my ties"
    left_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["contest", "email"], name="juror_once")]

    def __str__(self) -> str:
        return self.name

    def may_answer(self, at: datetime) -> Verdict:
        return rules.may_answer(self.state, invited_at=self.invited_at, at=at)

    def may_write_again(self) -> Verdict:
        return rules.may_write_again(self.state, letters=self.letters)

    def may_propose(self, at: datetime) -> Verdict:
        return rules.may_propose(
            self.state, proposed=self.colleagues.count(), invited_at=self.invited_at, at=at
        )

    def is_expired(self, at: datetime) -> bool:
        """Invited, and the time for an answer has run out."""
        return self.state == JurorState.INVITED and not self.may_answer(at)

    def may_leave(self) -> Verdict:
        return rules.may_leave(self.state)
