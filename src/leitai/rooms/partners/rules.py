"""What kinds of partners there are."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartnerKind(TextChoices):
    MULTINATIONAL = "multinational", _("multinational")
    LARGE = "large", _("large local firm")
    FUND = "fund", _("fund")
    BANK = "bank", _("bank")
    INCUBATOR = "incubator", _("incubator")
    SERVICE = "service", _("service body")
