"""Demands and their acceptance indicators."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.foundation.words import bilingual
from leitai.rooms.contests.models import Contest, Scenario
from leitai.rooms.demands import rules
from leitai.rooms.demands.rules import Cooperation, Ownership, Readiness, State, Visibility
from leitai.rooms.people.models import Organisation
from leitai.values.verdict import Verdict


class DemandQuerySet(models.QuerySet["Demand"]):
    def published(self) -> "DemandQuerySet":
        return self.filter(state=State.PUBLISHED)

    def listed(self) -> "DemandQuerySet":
        """What everybody may know of: also the masked ones, but not those by invitation."""
        return self.published().exclude(visibility=Visibility.INVITED)

    def of_speaker(self, user: Any) -> "DemandQuerySet":
        """Demands of the organisations this person speaks for."""
        return self.filter(
            owner__affiliations__user=user, owner__affiliations__speaks_for_it=True
        ).distinct()


class Demand(models.Model):
    """What an enterprise asks for."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="demands")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="demands")
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    number = models.PositiveIntegerField(null=True, blank=True)  # given when published
    scenario = models.ForeignKey(Scenario, models.PROTECT, related_name="demands")
    title_zh = models.CharField(_("title in Chinese"), max_length=120, blank=True)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    background_zh = models.TextField(_("background, in Chinese"), blank=True, max_length=4000)
    background_en = models.TextField(_("background, in English"), blank=True, max_length=8000)
    offered_zh = models.TextField(_("data and test bed offered"), blank=True, max_length=2000)
    offered_en = models.TextField(_("data and test bed, in English"), blank=True, max_length=4000)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    cooperation = ArrayField(models.CharField(max_length=20, choices=Cooperation), default=list)
    budget_low_cents = models.BigIntegerField(null=True, blank=True)  # both None: to be agreed
    budget_high_cents = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    readiness = models.CharField(max_length=20, choices=Readiness, default=Readiness.EXPLORING)
    ownership = models.CharField(max_length=10, choices=Ownership, default=Ownership.OPEN)
    answerers_wanted = models.PositiveSmallIntegerField(default=3)
    deadline_on = models.DateField(null=True, blank=True)
    contact = models.CharField(_("contact, never shown in public"), max_length=160, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    returned_why = models.TextField(blank=True)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    title = bilingual("title")
    background = bilingual("background")
    offered = bilingual("offered")

    objects = DemandQuerySet.as_manager()

    class Meta:
        ordering = ("number", "pk")
        constraints = [
            models.UniqueConstraint(fields=["contest", "number"], name="one_demand_a_number")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def code(self) -> str:
        return f"{self.scenario.code}-{self.number:02d}" if self.number else ""

    def may_change(self) -> Verdict:
        return rules.may_change(self.state)

    def may_send(self) -> Verdict:
        return rules.may_send(self.state, missing=self.missing())

    def missing(self) -> list[Any]:
        """What a reader could not do without, in words."""
        needed = [
            (self.title_zh or self.title_en, _("title")),
            (self.background_zh or self.background_en, _("background")),
            (self.cooperation, _("form of cooperation")),
            (self.indicators.all(), _("at least one acceptance indicator")),
        ]
        return [word for value, word in needed if not value]


class Indicator(models.Model):
    """How everybody will know that the demand is met."""

    demand = models.ForeignKey(Demand, models.CASCADE, related_name="indicators")
    name_zh = models.CharField(_("name in Chinese"), max_length=80, blank=True)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    target = models.CharField(_("target"), max_length=60)  # "≥ 95", "≤ 0.5 s"
    test_zh = models.CharField(_("test method, in Chinese"), max_length=240, blank=True)
    test_en = models.CharField(_("test method, in English"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    name = bilingual("name")
    test = bilingual("test")

    class Meta:
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return f"{self.name} {self.target}"


class Invitation(models.Model):
    """Somebody may see a demand that is open by invitation only."""

    demand = models.ForeignKey(Demand, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["demand", "email"], name="invited_once_a_demand")
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def book_contest_id(self) -> int:
        return self.demand.contest_id
