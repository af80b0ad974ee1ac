"""The same organisation or the same people behind several entries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from leitai.algorithms.lookalike.names import (
    code_key,
    email_key,
    organisation_key,
    person_key,
    phone_key,
)
from leitai.algorithms.notes import Id, Note, in_order, named

Kind = Literal["code", "organisation", "email", "phone", "person"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    name: str = ""
    email: str = ""
    phone: str = ""
    """The number or, better, a keyed hash of it: only equality counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who stands behind an entry."""

    entry: Id
    organisation: str = ""
    code: str = ""
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedParty:
    """Something that several entries have in common. A hint for a person, never a verdict."""

    kind: Kind
    key: str
    """The value in its one spelling; for phones and mail not meant to be shown."""
    entries: tuple[Id, ...]

    @property
    def note(self) -> Note:
        params = {"n": len(self.entries), "entries": named(self.entries)}
        return Note(f"shared_{self.kind}", _TEXTS[self.kind], params)


_TEXTS: dict[Kind, str] = {
    "code": "{n} entries have the same registration code: {entries}.",
    "organisation": "{n} entries are of an organisation of the same name: {entries}.",
    "email": "{n} entries have a member with the same e-mail address: {entries}.",
    "phone": "{n} entries have a member with the same telephone number: {entries}.",
    "person": "{n} entries have a member of the same name and organisation: {entries}.",
}


def shared_parties(profiles: Iterable[Profile]) -> tuple[SharedParty, ...]:
    """Every code, organisation, address, number and person that stands behind several entries.

    Names of people alone say nothing (there are many 王伟); name and organisation together do.
    """
    found: dict[tuple[Kind, str], set[Id]] = defaultdict(set)
    for profile in profiles:
        for kind, key in _keys(profile):
            if key:
                found[kind, key].add(profile.entry)
    return tuple(
        SharedParty(kind=kind, key=key, entries=tuple(in_order(entries)))
        for (kind, key), entries in sorted(found.items())
        if len(entries) > 1
    )


def _keys(profile: Profile) -> Iterator[tuple[Kind, str]]:
    house = organisation_key(profile.organisation)
    yield "code", code_key(profile.code)
    yield "organisation", house
    for member in profile.members:
        name = person_key(member.name)
        yield "email", email_key(member.email)
        yield "phone", phone_key(member.phone)
        yield "person", f"{name}@{house}" if name and house else ""
