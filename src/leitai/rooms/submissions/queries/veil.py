"""Entries without the names behind them, for pages that blind jurors can open as well."""

import copy
import re
from itertools import pairwise
from typing import Any

from django.db.models import CharField, F, Func, QuerySet, Value
from django.db.models.functions import Concat

from leitai.foundation import search
from leitai.rooms.contests.rules import FieldRule
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import meaning

HIDDEN_NAME = "▇▇▇"
# Questions whose answers are names of people or organisations, or lead to them.
NAMING = frozenset(
    {
        "authorisation", "captain_affiliation", "certificates", "foreign_registration",
        "institute_unit", "ip_owner", "legal_representative", "licence", "licence_proof",
        "organisation", "organisation_code", "organisation_name", "shareholding", "team_name",
        "video",
    }
)  # fmt: skip
TEXTS = ("title_zh", "title_en", "line_zh", "line_en")
SHORTEST = 2  # a name of one letter would black out half a text


def is_naming(field: FieldRule | str) -> bool:
    """Also a question that asks some kinds of entrants for the same in other words."""
    key = field if isinstance(field, str) else field.key
    return meaning(key) in NAMING


def names_of(entry: Entry) -> re.Pattern[str] | None:
    """Everything an entry's people and organisation are called, the longest first."""
    names = {entry.team_name, *(member.name for member in entry.members.all())}
    if entry.organisation:
        names |= {entry.organisation.name_zh, entry.organisation.name_en}
    long_enough = sorted((n for n in names if len(n) >= SHORTEST), key=len, reverse=True)
    words = "|".join(map(re.escape, long_enough))
    return re.compile(words, re.IGNORECASE) if words else None


def unnamed(text: Any, names: re.Pattern[str] | None) -> str:
    return names.sub(HIDDEN_NAME, str(text)) if names else str(text)


def veiled(entry: Entry) -> Entry:
    """A likeness of the entry without team, organisation and their names in its texts. To be
    shown, never to be saved."""
    names, likeness = names_of(entry), copy.copy(entry)
    for name in TEXTS:
        setattr(likeness, name, unnamed(getattr(entry, name), names))
    likeness.tags = [unnamed(tag, names) for tag in entry.tags]
    likeness.team_name, likeness.organisation = "", None
    return likeness


# In one statement, so that a page of the list and its counts ask the same: all names of an entry
# as one pattern, and its texts without what fits.
NAMES = r"""(
  SELECT string_agg(regexp_replace(n, '([][\\.^$*+?(){}|-])', '\\\1', 'g'), '|'
                    ORDER BY length(n) DESC)
  FROM (
    SELECT submissions_entry.team_name AS n
    UNION SELECT m.name FROM submissions_member m WHERE m.entry_id = submissions_entry.id
    UNION SELECT unnest(ARRAY[o.name_zh, o.name_en]) FROM people_organisation o
      WHERE o.id = submissions_entry.organisation_id
  ) AS called WHERE length(n) >= 2
)"""
UNNAMED = (
    f"lower(normalize(regexp_replace(%(expressions)s, coalesce({NAMES}, '^$'), ' ', 'gi'), NFKC))"
)


def find_veiled(rows: QuerySet[Entry], text: str) -> QuerySet[Entry]:
    """What a search finds by the words of cards without names: nobody learns from an answer, or
    from a count, which entry a name belongs to."""
    rows = search.find(rows, text)
    asked = search.PARTS.findall(search.folded(text[: search.MOST_QUESTION]))
    if not asked:
        return rows
    shown = Concat(
        *(part for name in TEXTS for part in (F(name), Value(" "))),
        Func(F("tags"), Value(" "), function="array_to_string", output_field=CharField()),
        Value(" "), F("code"), output_field=CharField(),
    )  # fmt: skip
    rows = rows.alias(told=Func(shown, template=UNNAMED, output_field=CharField()))
    for part in asked[: search.MOST_WORDS]:
        words = list(map("".join, pairwise(part))) if search.IS_HAN.match(part) else [part]
        for word in words or [part]:
            rows = rows.filter(told__contains=word)
    return rows
