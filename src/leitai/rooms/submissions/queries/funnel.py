"""From invited to valid: how many, by scenario, region and channel."""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Count

from leitai.rooms.contests.models import Contest
from leitai.rooms.submissions.models import Channel, Entry, Lead
from leitai.rooms.submissions.queries.entries import scenarios
from leitai.rooms.submissions.queries.lists import NONE, REACHED

STEPS = ("invited", *REACHED)


@dataclass(frozen=True)
class Slice:
    """One scenario, region or channel, and its count at every step."""

    by: str
    code: str
    name: str
    counts: Counter = field(default_factory=Counter)

    def filters(self, step: str) -> str:
        """The desk's filters that show exactly the records behind a figure."""
        return urlencode({self.by: self.code, "reached": step})


@dataclass(frozen=True)
class Funnel:
    """`total` over everything; the slices of each kind add up to it."""

    target: int
    total: Counter
    by_scenario: list[Slice]
    by_region: list[Slice]
    by_channel: list[Slice]


def funnel(contest: Contest) -> Funnel:
    """Four queries whatever the size: leads and entries, counted by all three at once, and the
    names."""
    rows = [("invited", *row) for row in _leads(contest)]
    for entry in _entries(contest):
        rows += [(step, *entry[:3], entry[3 + i]) for i, step in enumerate(REACHED)]
    total: Counter = Counter()
    parts: tuple[dict, dict, dict] = ({}, {}, {})
    for step, *codes, number in rows:
        total[step] += number
        for part, code in zip(parts, codes, strict=True):
            part.setdefault(code or NONE, Counter())[step] += number
    scenario_names = {s.code: s.name for s in scenarios(contest)}
    channel_names = {c.code: c.name for c in Channel.objects.filter(contest=contest)}
    by_scenario, by_region, by_channel = parts
    return Funnel(
        target=contest.rules.entry.target,
        total=total,
        by_scenario=_slices("scenario", by_scenario, scenario_names),
        by_region=_slices("region", by_region, {}),
        by_channel=_slices("channel", by_channel, channel_names),
    )


def _leads(contest: Contest) -> list[tuple]:
    keys = ("scenario__code", "region", "channel__code")
    return list(
        Lead.objects.filter(contest=contest).order_by().values_list(*keys).annotate(n=Count("pk"))
    )


def _entries(contest: Contest) -> list[tuple]:
    keys = ("scenario__code", "region", "channel__code")
    counts = {f"n_{step}": Count("pk", filter=when) for step, when in REACHED.items() if when}
    return list(
        Entry.objects.filter(contest=contest).order_by().values_list(*keys)
        .annotate(n_registered=Count("pk"), **counts)
    )  # fmt: skip


def _slices(by: str, counts: dict[str, Counter], names: dict[str, str]) -> list[Slice]:
    """In the order of the names we know, then the rest by size."""
    known = [code for code in names if code in counts]
    others = sorted((c for c in counts if c not in names), key=lambda c: -counts[c]["registered"])
    return [Slice(by, code, names.get(code, code), counts[code]) for code in [*known, *others]]
