"""What do we know about partners?"""

from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from leitai.rooms.contests.models import Edition
from leitai.rooms.partners.models import Commitment, Partner, Plaque
from leitai.rooms.partners.rules import PartnerKind


def shown(edition: Edition) -> list[tuple[str, list[Partner]]]:
    """Public partners by kind, kinds in the order of `PartnerKind`, empty ones left out."""
    found = of_edition(edition).filter(is_public=True)
    by_kind: dict[str, list[Partner]] = {kind: [] for kind in PartnerKind.values}
    for partner in found:
        by_kind[partner.kind].append(partner)
    return [(str(PartnerKind(kind).label), rows) for kind, rows in by_kind.items() if rows]


def of_edition(edition: Edition) -> QuerySet[Partner]:
    return (
        edition.partners.select_related("organisation", "plaque")
        .prefetch_related("commitments")
        .order_by("order", "pk")
    )


def overdue(edition: Edition, *, on: date) -> list[Commitment]:
    """Promises whose day has passed and that were not kept in full, the oldest first."""
    late = Commitment.objects.filter(
        partner__edition=edition, due_on__lt=on, delivered__lt=F("quantity")
    )
    return list(late.select_related("partner__organisation").order_by("due_on", "pk"))


def next_number(edition: Edition) -> str:
    """The next free plaque number of the edition: its address and a running number."""
    taken = set(
        Plaque.objects.filter(number__startswith=f"{edition.slug}-P").values_list(
            "number", flat=True
        )
    )
    n = len(taken) + 1
    while (number := f"{edition.slug}-P{n:03}") in taken:
        n += 1
    return number


def plaque(number: str) -> Any:
    """The plaque of this number, for whoever wants to check one."""
    found = Plaque.objects.select_related("partner__organisation", "partner__edition")
    return found.filter(number=number).first()
