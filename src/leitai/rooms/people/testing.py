"""People and organisations to tell stories with."""

from typing import Any

from leitai.rooms.people.models import Affiliation, Organisation, User


def a_person(name: str = "Ada", **fields: Any) -> User:
    """The person of this name, made on the first call."""
    email = fields.pop("email", f"{name.lower().replace(' ', '.')}@example.org")
    person, _ = User.objects.get_or_create(email=email, defaults={"name": name, **fields})
    return person


def an_organisation(name: str = "Lishi Intelligence", **fields: Any) -> Organisation:
    found = Organisation.objects.filter(name_en=name).first()
    return found or Organisation.objects.create(name_en=name, **{"kind": "company", **fields})


def a_speaker(person: User, organisation: Organisation) -> User:
    """The person, who from now on speaks for the organisation."""
    Affiliation.objects.create(user=person, organisation=organisation, speaks_for_it=True)
    return person
