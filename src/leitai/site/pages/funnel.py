"""The funnel, with its last step: those who go on by the first round's decided standing."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leitai.rooms.contests.models import Contest
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings.models import Place
from leitai.rooms.standings.rules import Outcome
from leitai.rooms.standings.rules import State as StandingState
from leitai.rooms.submissions import queries as submissions

STEPS = {
    "invited": _("Invited"),
    "registered": _("Registered"),
    "drafted": _("Drafted"),
    "submitted": _("Handed in"),
    "valid": _("Valid"),
    "shortlisted": _("Shortlisted"),
}
SIDES = {"scenario": _("Scenario"), "region": _("Region"), "channel": _("Channel")}
KEYS = {"scenario": "entry__scenario__code", "region": "entry__region",
        "channel": "entry__channel__code"}  # fmt: skip


def drawn(contest: Contest, side: str, *, opens: Collection[str]) -> dict[str, Any]:
    """Bars for the whole contest and a table by one side; every figure leads to its records, as
    far as the reader may open them (`opens` names the steps)."""
    funnel = submissions.funnel(contest)
    first = contest.stages.order_by("order").first()
    places = _shortlisted(first)
    counted = dict(places.order_by().values_list(KEYS[side]).annotate(n=Count("pk")))
    total = funnel.total + Counter(shortlisted=sum(counted.values()))
    slices = getattr(funnel, f"by_{side}")
    return {
        "bars": [
            {
                "label": label,
                "value": total[step],
                "href": _records(contest, first, step) if step in opens else "",
                "aim": funnel.target if step == "submitted" and funnel.target else None,
            }
            for step, label in STEPS.items()
        ],
        "table": [
            {
                "label": "" if s.code == "-" else s.name,
                "cells": _cells(contest, first, s, counted, opens),
            }
            for s in slices
        ],
    }  # fmt: skip


def _cells(
    contest: Contest,
    first: Stage | None,
    part: Any,
    shortlisted: dict[str | None, int],
    opens: Collection[str],
) -> list[dict[str, Any]]:
    code = None if part.code == "-" else part.code
    counts = part.counts + Counter(shortlisted=shortlisted.get(code, 0))
    return [
        {
            "value": counts[step],
            "href": _records(contest, first, step, part.filters(step)) if step in opens else "",
        }
        for step in STEPS
    ]


def _records(contest: Contest, first: Stage | None, step: str, filters: str = "") -> str:
    if step == "shortlisted":
        return reverse("standings:overview", args=[first.pk]) if first else ""
    page = "site:leads" if step == "invited" else "submissions:desk"
    return f"{reverse(page, args=[contest.pk])}?{filters or f'reached={step}'}"


def _shortlisted(first: Stage | None) -> QuerySet[Place]:
    decided = [StandingState.DECIDED, StandingState.PUBLISHED]
    return Place.objects.filter(
        standing__stage=first, standing__state__in=decided, outcome=Outcome.IN
    )
