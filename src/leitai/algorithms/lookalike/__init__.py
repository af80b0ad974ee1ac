"""Entries that look alike: the same organisation, the same people, the same text.

    shared_parties(profiles)        # codes, names, addresses, numbers behind several entries
    find(texts=[...])               # (i, j, score) of texts that say the same
    passages(one, other)            # where; `excerpts` for side by side

Every result is a hint for a person who looks, never a verdict.
"""

from leitai.algorithms.lookalike.names import (
    code_key,
    email_key,
    organisation_key,
    person_key,
    phone_key,
)
from leitai.algorithms.lookalike.parties import Member, Profile, SharedParty, shared_parties
from leitai.algorithms.lookalike.passages import Passage, Side, excerpts, passages
from leitai.algorithms.lookalike.texts import find

__all__ = [
    "Member",
    "Passage",
    "Profile",
    "SharedParty",
    "Side",
    "code_key",
    "email_key",
    "excerpts",
    "find",
    "organisation_key",
    "passages",
    "person_key",
    "phone_key",
    "shared_parties",
]
