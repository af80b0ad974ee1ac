"""Partners, commitments, plaques."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.foundation.words import bilingual
from leitai.rooms.contests.models import Edition
from leitai.rooms.partners.rules import PartnerKind
from leitai.rooms.people.models import Organisation


class Partner(models.Model):
    """An organisation stands behind an edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships")
    kind = models.CharField(_("kind"), max_length=20, choices=PartnerKind)
    order = models.PositiveSmallIntegerField(default=0)
    is_public = models.BooleanField(default=True)

    class Meta:
        ordering = ("order", "pk")
        constraints = [
            models.UniqueConstraint(fields=["edition", "organisation"], name="partner_once")
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Commitment(models.Model):
    """What a partner promised, and how much of it has come."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="commitments")
    what_zh = models.CharField(max_length=160, blank=True)
    what_en = models.CharField(max_length=200, blank=True)
    quantity = models.PositiveIntegerField(default=1)
    delivered = models.PositiveIntegerField(default=0)
    due_on = models.DateField(null=True, blank=True)

    what = bilingual("what")

    def __str__(self) -> str:
        return f"{self.what} {self.delivered}/{self.quantity}"


class Plaque(models.Model):
    """A numbered designation, for a term."""

    partner = models.OneToOneField(Partner, models.CASCADE, related_name="plaque")
    number = models.CharField(max_length=40, unique=True)
    issued_on = models.DateField()
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.number
