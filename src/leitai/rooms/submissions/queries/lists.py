"""Lists of entries, their filters and facets."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Upper

from leitai.foundation import search
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import State as ContestState
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import State

# Facet in the address: (column of the entry).
FACETS = {"scenario": "scenario__code", "maturity": "maturity", "region": "region", "kind": "kind"}
REACHED = {
    "registered": Q(),
    "drafted": ~Q(draft={}) | Q(version__gt=0),
    "submitted": Q(version__gt=0) & ~Q(state=State.WITHDRAWN),
    "valid": Q(state=State.ACCEPTED),
}


def cards(contest: Contest) -> QuerySet[Entry]:
    """Entries everybody may read about: valid, shown by their team, in a contest that is public."""
    return Entry.objects.filter(
        contest=contest, state=State.ACCEPTED, shows_card=True, merged_into=None
    ).exclude(Q(contest__state=ContestState.DRAFT) | Q(contest__edition__state=ContestState.DRAFT))


def filtered(rows: QuerySet[Entry], chosen: dict[str, str], *, but: str = "") -> QuerySet[Entry]:
    """The rows that fit what was chosen; `but` leaves one choice out, to count its alternatives."""
    rows = search.find(rows, chosen.get("q", ""))
    wanted = {FACETS[key]: value for key, value in chosen.items() if key in FACETS and value}
    if but:
        wanted.pop(FACETS[but], None)
    return rows.filter(**wanted)


def facets(rows: QuerySet[Entry], chosen: dict[str, str]) -> dict[str, list[tuple[str, int]]]:
    """How many cards each choice would show, by the same rows: one query a facet."""
    counted = {}
    for key, column in FACETS.items():
        some = filtered(rows, chosen, but=key).exclude(**{column: ""}).exclude(**{column: None})
        counts = some.order_by().values_list(column).annotate(n=Count("pk")).order_by("-n", column)
        counted[key] = list(counts[:40])
    return counted


def reached(rows: QuerySet[Entry], step: str) -> QuerySet[Entry]:
    """The entries behind one figure of the funnel."""
    return rows.filter(REACHED[step]) if step in REACHED else rows


def desk(contest: Contest, chosen: dict[str, Any]) -> QuerySet[Entry]:
    """The organisers' list."""
    rows = Entry.objects.filter(contest=contest)
    rows = filtered(rows, {**chosen, "q": ""})
    if text := chosen.get("q", "").strip():
        asked = search.query(text)
        by_code = rows.annotate(upper=Upper("code")).filter(upper__startswith=text.upper())
        rows = (
            rows.filter(Q(search=asked) | Q(pk__in=by_code.values("pk"))) if asked else rows.none()
        )
    if chosen.get("state"):
        rows = rows.filter(state=chosen["state"])
    if chosen.get("channel"):
        code = chosen["channel"]
        rows = rows.filter(channel=None) if code == "-" else rows.filter(channel__code=code)
    if chosen.get("scenario") == "-":
        rows = desk(contest, {**chosen, "scenario": ""}).filter(scenario=None)
    return reached(rows, chosen.get("reached", ""))
