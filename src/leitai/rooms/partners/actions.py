"""Partners are welcomed, promise, deliver, and get a plaque."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible
from leitai.foundation.states import hold
from leitai.rooms.contests.models import Edition
from leitai.rooms.partners import queries
from leitai.rooms.partners.models import Commitment, Partner, Plaque
from leitai.rooms.people.models import Organisation
from leitai.values.verdict import no


@transaction.atomic
def welcome_partner(
    *,
    edition: Edition,
    organisation: Organisation,
    kind: str,
    is_public: bool = True,
    by: Any,
    at: datetime,
) -> Partner:
    hold(edition)
    if edition.partners.filter(organisation=organisation).exists():
        raise NotPossible(no("partner_already", _("This organisation is a partner already.")))
    last = edition.partners.aggregate(last=Max("order"))["last"]
    partner = Partner.objects.create(
        edition=edition,
        organisation=organisation,
        kind=kind,
        is_public=is_public,
        order=0 if last is None else last + 1,
    )
    journal.write("partners.partner_welcomed", about=partner, by=by, at=at, kind=str(kind))
    return partner


@transaction.atomic
def change_partner(
    *, partner: Partner, kind: str, is_public: bool, by: Any, at: datetime
) -> Partner:
    hold(partner)
    partner.kind, partner.is_public = kind, is_public
    partner.save(update_fields=["kind", "is_public"])
    journal.write(
        "partners.partner_changed", about=partner, by=by, at=at,
        kind=str(kind), is_public=is_public,
    )  # fmt: skip
    return partner


@transaction.atomic
def make_commitment(
    *,
    partner: Partner,
    what_zh: str = "",
    what_en: str = "",
    quantity: int = 1,
    due_on: date | None = None,
    by: Any,
    at: datetime,
) -> Commitment:
    """What the partner promised."""
    commitment = Commitment.objects.create(
        partner=partner, what_zh=what_zh, what_en=what_en, quantity=quantity, due_on=due_on
    )
    journal.write(
        "partners.commitment_made", about=partner, by=by, at=at,
        commitment=commitment.pk, quantity=quantity,
    )  # fmt: skip
    return commitment


@transaction.atomic
def record_delivery(*, commitment: Commitment, delivered: int, by: Any, at: datetime) -> Commitment:
    """How much has come in all; more than was promised is possible and stays visible."""
    hold(commitment)
    before, commitment.delivered = commitment.delivered, delivered
    commitment.save(update_fields=["delivered"])
    journal.write(
        "partners.delivery_recorded", about=commitment.partner, by=by, at=at,
        commitment=commitment.pk, before=before, delivered=delivered,
    )  # fmt: skip
    return commitment


@transaction.atomic
def issue_plaque(
    *, partner: Partner, issued_on: date, until: date | None = None, by: Any, at: datetime
) -> Plaque:
    """The number is the next of the edition and never given twice."""
    hold(partner.edition)
    if Plaque.objects.filter(partner=partner).exists():
        raise NotPossible(no("has_plaque", _("This partner has a plaque already.")))
    if until and until <= issued_on:
        raise NotPossible(no("ends_before", _("The term must end after it begins.")))
    number = queries.next_number(partner.edition)
    plaque = Plaque.objects.create(partner=partner, number=number, issued_on=issued_on, until=until)
    journal.write("partners.plaque_issued", about=partner, by=by, at=at, number=number)
    return plaque
