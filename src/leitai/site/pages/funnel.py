"""The funnel: from those who were invited to those on the shortlist, by any side of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from leitai.foundation.words import choose
from leitai.rooms.contests.models import Contest
from leitai.rooms.standings.models import Place
from leitai.rooms.standings.rules import Outcome
from leitai.rooms.standings.rules import State as StandingState
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import State

STEPS = {
    "invited": _("Invited"),
    "registered": _("Registered"),
    "drafted": _("Drafted"),
    "submitted": _("Handed in"),
    "valid": _("Valid"),
    "shortlisted": _("Shortlisted"),
}
SIDES = {"scenario": _("Scenario"), "region": _("Region"), "channel": _("Channel")}

# What each figure counts; the list behind it filters by the very same words.
COUNTS = {
    "registered": Q(),
    "drafted": ~Q(draft={}) | Q(version__gt=0),
    "submitted": Q(version__gt=0),
    "valid": Q(state=State.ACCEPTED),
}


@dataclass
class Row:
    """One value of a side, with its figures in the order of `STEPS`."""

    key: str
    label: str
    figures: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STEPS, 0))


def total(contest: Contest) -> dict[str, int]:
    """All of the contest; three queries."""
    counted = contest.entries.aggregate(**{k: Count("pk", filter=q) for k, q in COUNTS.items()})
    figures = {"invited": contest.leads.count(), **counted}
    return figures | {"shortlisted": _shortlisted(contest).count()}


def by(contest: Contest, side: str) -> list[Row]:
    """One row a scenario, region or channel; three queries whatever their number."""
    rows: dict[str, Row] = {}
    entries = _grouped(contest.entries, side, {k: Count("pk", filter=q) for k, q in COUNTS.items()})
    leads = _grouped(contest.leads, side, {"invited": Count("pk")})
    places = _grouped(_shortlisted(contest), side, {"shortlisted": Count("pk")}, "entry__")
    for found in (*entries, *leads, *places):
        key = str(found["key"] or "")
        row = rows.setdefault(key, Row(key, choose(found["zh"] or "", found["en"] or "")))
        row.figures |= {k: v for k, v in found.items() if k in STEPS}
    return sorted(rows.values(), key=lambda row: (not row.key, -row.figures["registered"]))


def _grouped(
    rows: Any, side: str, counts: dict[str, Count], through: str = ""
) -> Iterable[dict[str, Any]]:
    if side == "region":
        names = {"key": F(f"{through}region")}
        names |= {"zh": names["key"], "en": names["key"]}
    else:
        code = f"{through}{side}__code"
        names = {
            "key": F(code), "zh": F(f"{through}{side}__name_zh"),
            "en": F(f"{through}{side}__name_en"),
        }  # fmt: skip
    return rows.values(**names).annotate(**counts).order_by()


def _shortlisted(contest: Contest) -> QuerySet[Place]:
    """Those who go on by the contest's first standing that somebody decided."""
    return Place.objects.filter(
        standing__stage__contest=contest,
        standing__stage__order=_first_order(contest),
        standing__state__in=[StandingState.DECIDED, StandingState.PUBLISHED],
        outcome=Outcome.IN,
    )


def _first_order(contest: Contest) -> int:
    orders = contest.stages.order_by("order").values_list("order", flat=True)
    return orders.first() or 0


def behind(contest: Contest, figure: str) -> QuerySet[Entry]:
    """The entries that a figure counts."""
    if figure == "shortlisted":
        return contest.entries.filter(pk__in=_shortlisted(contest).values("entry"))
    return contest.entries.filter(COUNTS[figure])
