"""What kinds of organisations there are, and when two names are the same one."""

import re
import unicodedata

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    COMPANY = "company", _("company")
    FUND = "fund", _("investment fund")
    BANK = "bank", _("bank")
    INCUBATOR = "incubator", _("incubator")
    INSTITUTE = "institute", _("university or institute")
    GOVERNMENT = "government", _("public body")
    SERVICE = "service", _("service body")


class OrganisationSize(TextChoices):
    LARGE = "large", _("large")
    MEDIUM = "medium", _("medium")
    SMALL = "small", _("small")


class Purpose(TextChoices):
    """What a person may agree to; each receiver and purpose is asked separately."""

    TERMS = "terms", _("take part under the rules")
    PUBLIC_CARD = "public_card", _("show the public card of our entry")
    DEMAND_OWNER = "demand_owner", _("show our answer to the owner of the demand")
    INVESTOR = "investor", _("show our entry to an investor")
    BANK = "bank", _("hand our credit need to a bank")
    INCUBATOR = "incubator", _("hand our entry to an incubator")
    POOL = "pool", _("keep me in the pool of jurors and ask me again")


_SUFFIX = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|公司|集团|co\.?,? ?ltd\.?|company limited|limited|ltd\.?"
    r"|inc\.?|gmbh|s\.?a\.?s\.?|llc|plc|corp(?:oration)?\.?)$"
)
_NOISE = re.compile(r"[\s·•.,，。、()（）\[\]【】\-_'\"“”‘’&]+")


def normal_name(name: str) -> str:
    """The form under which two spellings of one organisation meet.

    >>> normal_name("砺石智能（苏州）有限公司") == normal_name("砺石智能(苏州) 有限公司")
    True
    """
    text = unicodedata.normalize("NFKC", name).casefold().strip()
    return _NOISE.sub("", _SUFFIX.sub("", text))[:160]
