"""People say who they are, whom they speak for, and what they agree to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from leitai.foundation import journal, signals
from leitai.foundation.models import Letter
from leitai.foundation.states import hold
from leitai.rooms.people import queries
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
    signals.consent_withdrawing.send(Consent, consent=consent, by=by, at=at)
    hold(consent)
    if consent.withdrawn_at is None:
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        journal.write("people.consent_withdrawn", about=consent, by=by, at=at)
    return consent


@transaction.atomic
def erase_person(*, person: User, by: User, at: datetime) -> User:
    """Forget who this was. Every row keeps pointing at the same account, so totals and the chain
    stay; the account has a number instead of a name, and nobody can sign in with it."""
    for consent in person.consents.in_force().order_by("pk"):
        withdraw_consent(consent=consent, by=by, at=at)
    signals.person_leaving.send(User, person=person, by=by, at=at)
    hold(person)
    Letter.objects.filter(to__iexact=person.email).delete()
    person.affiliations.all().delete()
    for keys in (person.emailaddress_set, person.authenticator_set):
        keys.all().delete()
    person.name, person.email = queries.pseudonym(person)
    person.name_latin = person.language = person.time_zone = ""
    person.is_active = person.is_host = person.is_staff = person.is_superuser = False
    person.erased_at = at
    person.set_unusable_password()
    person.save()
    journal.write("people.person_erased", about=person, by=by, at=at)
    return person
