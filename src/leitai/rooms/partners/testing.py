"""Partners to tell stories with."""

from typing import Any

from leitai.rooms.contests.testing import an_edition
from leitai.rooms.partners.models import Partner
from leitai.rooms.partners.rules import PartnerKind
from leitai.rooms.people.testing import an_organisation


def a_partner(name: str = "Harbour Fund", **fields: Any) -> Partner:
    edition = fields.pop("edition", None) or an_edition()
    return Partner.objects.create(
        edition=edition,
        organisation=an_organisation(name),
        **{"kind": PartnerKind.FUND, **fields},
    )
