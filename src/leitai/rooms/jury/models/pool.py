"""Experts whom a programme may ask again, kept across its editions while they agree."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.rooms.contests.models import Programme
from leitai.rooms.jury.rules import ExpertState, JurorKind
from leitai.rooms.people.models import Consent, Organisation


class ExpertQuerySet(models.QuerySet["Expert"]):
    def present(self) -> "ExpertQuerySet":
        return self.exclude(state=ExpertState.LEFT)


class Expert(models.Model):
    """A person in a programme's pool; who leaves it leaves a number behind, and nothing else."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="experts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="expertise"
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    kind = models.CharField(_("kind"), max_length=12, choices=JurorKind)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="experts"
    )
    title = models.CharField(max_length=80, blank=True)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    about = models.TextField(blank=True, max_length=2000)
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    state = models.CharField(max_length=10, choices=ExpertState, default=ExpertState.ASKED)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["programme", "email"], name="expert_once")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """An organisation an expert worked for, and when; keeps them from its entries for years."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="posts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=80, blank=True)
    since = models.PositiveSmallIntegerField(null=True, blank=True)  # years
    until = models.PositiveSmallIntegerField(null=True, blank=True)  # None: to this day

    class Meta:
        ordering = ("-since", "pk")

    def __str__(self) -> str:
        return f"{self.expert_id} @ {self.organisation_id}"
