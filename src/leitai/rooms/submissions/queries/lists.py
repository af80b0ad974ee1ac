"""Lists of entries, their filters and facets."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from leitai.foundation import search
from leitai.rooms.contests import queries as contests
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import State as ContestState
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.queries.veil import find_veiled
from leitai.rooms.submissions.rules import State

# Facet in the address: (column of the entry).
FACETS = {"scenario": "scenario__code", "maturity": "maturity", "region": "region", "kind": "kind"}
REACHED = {
    "registered": Q(),
    "drafted": ~Q(draft={}) | Q(version__gt=0),
    "submitted": Q(version__gt=0),  # also those withdrawn or merged later
    "valid": Q(state=State.ACCEPTED),
}


def cards(contest: Contest) -> QuerySet[Entry]:
    """Entries everybody may read about: valid, shown by their team, in a contest that is public."""
    return Entry.objects.filter(
        contest=contest, state=State.ACCEPTED, shows_card=True, merged_into=None
    ).exclude(Q(contest__state=ContestState.DRAFT) | Q(contest__edition__state=ContestState.DRAFT))


def filtered(
    rows: QuerySet[Entry], chosen: dict[str, str], *, but: str = "", is_veiled: bool = False
) -> QuerySet[Entry]:
    """The rows that fit what was chosen; `but` leaves one choice out, to count its alternatives.
    Veiled, no name finds anything."""
    rows = (find_veiled if is_veiled else search.find)(rows, chosen.get("q", ""))
    wanted = {FACETS[key]: value for key, value in chosen.items() if key in FACETS and value}
    if but:
        wanted.pop(FACETS[but], None)
    return rows.filter(**wanted)


def facets(
    rows: QuerySet[Entry], chosen: dict[str, str], *, is_veiled: bool = False
) -> dict[str, list[tuple[str, int]]]:
    """How many cards each choice would show, by the same rows: one query a facet."""
    counted = {}
    for key, column in FACETS.items():
        some = filtered(rows, chosen, but=key, is_veiled=is_veiled)
        some = some.exclude(**{column: ""}).exclude(**{column: None})
        counts = some.order_by().values_list(column).annotate(n=Count("pk")).order_by("-n", column)
        counted[key] = list(counts[:40])
    return counted


def reached(rows: QuerySet[Entry], step: str) -> QuerySet[Entry]:
    """The entries behind one figure of the funnel."""
    return rows.filter(REACHED[step]) if step in REACHED else rows


NONE = "-"  # in a filter: those that have no scenario, no region or no channel
BLANK = {
    "scenario": Q(scenario=None),
    "channel": Q(channel=None),
    "region": Q(region=""),
}


def desk(contest: Contest, chosen: dict[str, Any]) -> QuerySet[Entry]:
    """The organisers' list."""
    rows = Entry.objects.filter(contest=contest)
    for key, blank in BLANK.items():
        if chosen.get(key) == NONE:
            rows, chosen = rows.filter(blank), {**chosen, key: ""}
    rows = filtered(rows, {**chosen, "q": ""})
    if chosen.get("state"):
        rows = rows.filter(state=chosen["state"])
    if chosen.get("channel"):
        rows = rows.filter(channel__code=chosen["channel"])
    return reached(_found(rows, chosen.get("q", "")), chosen.get("reached", ""))


def of_regions(contest: Contest, user: Any) -> QuerySet[Entry]:
    """What was handed in from a co-host's regions; a region may be a country's code."""
    wanted = Q(pk=None)
    for region in contests.regions_of(user, contest):
        wanted |= Q(region__iexact=region) | Q(country__iexact=region)
    return Entry.objects.filter(wanted, contest=contest, version__gt=0)


def _found(rows: QuerySet[Entry], text: str) -> QuerySet[Entry]:
    """By words, or by the beginning of the code."""
    if not text.strip():
        return rows
    asked = search.query(text)
    by_code = Q(code__startswith=text.strip().upper())  # codes have capitals only
    return rows.filter(by_code | Q(search=asked)) if asked else rows.filter(by_code)
