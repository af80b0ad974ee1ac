"""People say who they are, whom they speak for, and what they agree to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from leitai.foundation import journal
from leitai.foundation.states import hold
from leitai.rooms.people.models import Affiliation, Consent, Organisation, User


@transaction.atomic
def change_profile(*, person: User, values: dict[str, Any], by: User, at: datetime) -> User:
    hold(person)
    for field, value in values.items():
        setattr(person, field, value)
    person.save()
    journal.write("people.profile_changed", about=person, by=by, at=at, fields=sorted(values))
    return person


@transaction.atomic
def speak_for(*, values: dict[str, Any], title: str, by: User, at: datetime) -> Affiliation:
    """The person says that they speak for an organisation.

    A new organisation is made even when one of this name exists: only its own speakers may bring
    somebody in, so that nobody walks into another firm's demands by typing its name.
    """
    organisation = Organisation.objects.create(**values)
    affiliation = Affiliation.objects.create(
        user=by, organisation=organisation, title=title, speaks_for_it=True, since=at.date()
    )
    journal.write("people.organisation_named", about=organisation, by=by, at=at)
    return affiliation


@transaction.atomic
def give_consent(
    *,
    person: User,
    purpose: str,
    receiver: Organisation | None = None,
    about: Model | None = None,
    fields: Sequence[str] = (),
    version: str,
    by: User,
    at: datetime,
) -> Consent:
    """One row for each purpose, receiver and thing; what is in force is not given twice."""
    scope = {
        "person": person,
        "purpose": purpose,
        "receiver": receiver,
        "about_type": about._meta.label_lower if about else "",
        "about_id": about.pk if about else None,
        "version": version,
        "fields": list(fields),
    }
    consent = Consent.objects.in_force().filter(**scope).first()
    if consent is None:
        consent = Consent.objects.create(**scope, given_at=at)
        book = journal.book_of(about) if about else journal.PLATFORM
        journal.write("people.consent_given", about=consent, by=by, at=at, book=book)
    return consent


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: User, at: datetime) -> Consent:
    """As easy as giving it; from here on nothing more is handed on."""
    hold(consent)
    if consent.withdrawn_at is None:
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        journal.write("people.consent_withdrawn", about=consent, by=by, at=at)
    return consent
