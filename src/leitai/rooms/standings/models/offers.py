"""Places offered to the chosen, their answers, and more time given to one team."""

from datetime import datetime

from django.conf import settings
from django.db import models

from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import rules
from leitai.rooms.standings.models.publication import Publication
from leitai.rooms.standings.rules import OfferState
from leitai.rooms.submissions.models import Entry
from leitai.values.verdict import Verdict


class Offer(models.Model):
    """A chosen entry's place; once for each entry of a stage."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="offers")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="offers")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="offers")
    instead_of = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.WAITING)
    until = models.DateTimeField()
    why = models.CharField(max_length=300, blank=True)  # of a place given back
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("stage", "pk")
        constraints = [models.UniqueConstraint(fields=["stage", "entry"], name="one_offer_each")]
        indexes = [models.Index(fields=["state", "until"])]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.state}"

    @property
    def book_contest_id(self) -> int:
        return self.stage.contest_id

    def may_accept(self, at: datetime) -> Verdict:
        return rules.may_accept(self.state, until=self.until, at=at)

    def may_decline(self) -> Verdict:
        return rules.may_decline(self.state)


class Extension(models.Model):
    """More time for one team, with the reason."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="extensions")
    before = models.DateTimeField()
    until = models.DateTimeField()
    why = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.offer_id} until {self.until:%Y-%m-%d}"

    @property
    def book_contest_id(self) -> int:
        return self.offer.stage.contest_id
