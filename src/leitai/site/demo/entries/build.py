"""Puts an entry together from its traits, its course and its words."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from leitai.site.demo.entries import answers
from leitai.site.demo.entries.entrants import entrant, team
from leitai.site.demo.entries.margins import Traits, traits
from leitai.site.demo.entries.story import Course, courses
from leitai.site.demo.entries.wording import (
    Project,
    evidence,
    one_liner,
    project,
    summary,
    title,
    topics,
)  # fmt: skip
from leitai.site.demo.names import Names
from leitai.site.demo.plan import Plan
from leitai.site.demo.shapes import Demand, Entrant, Entry, Partner
from leitai.site.demo.words import Text, child

PARKS = ("YF", "XT", "LC", "ZX")
SERVICES = ("matching", "finance", "bank", "training", "promotion", "resources")
TRL = {"seed": (2, 5), "early": (5, 7), "growth": (7, 9)}


def entries(
    plan: Plan, *, demands: Sequence[Demand], partners: Sequence[Partner], names: Names
) -> list[Entry]:
    rows = traits(plan)
    ways = courses(plan, rows)
    brought_by = tuple(p.code for p in partners)
    found, made_for, taken = {}, {}, set()
    for row, way in zip(rows, ways, strict=True):
        rng = child(plan.seed, f"entry/{way.number}")
        entry, it = _entry(rng, row, way, names, taken, brought_by)
        found[way.number] = entry
        if way.status == "valid":
            made_for[way.number] = (row.scenario, it.topic.demands)
    for number, given in answers.deal(plan, demands=demands, fitting=made_for).items():
        found[number] = replace(found[number], answers=given)
    for way in ways:
        if way.twin is not None:
            found[way.number] = _repeat(found[way.number], found[ways[way.twin].number])
    return [found[number] for number in sorted(found)]


def _entry(
    rng: Random, row: Traits, way: Course, names: Names, taken: set, brought_by: tuple[str, ...]
) -> tuple[Entry, Project]:
    brand, who = entrant(rng, names, row)
    it, name, line = _worded(rng, row, brand, taken)
    entry = Entry(
        number=way.number, code=f"HW3-V-{way.number:04d}", status=way.status,
        started_at=way.started_at, handed_in=way.handed_in, returned_at=way.returned_at,
        checked_at=way.checked_at, reason=way.reason, duplicate_of=None,
        scenario=row.scenario, layer=it.topic.layer, maturity=row.maturity, region=row.region,
        country=row.country, park=rng.choice(PARKS) if row.region == "haiwan" else "",
        channel=row.channel,
        channel_partner=rng.choice(brought_by) if row.channel == "partner" else "",
        title=name, one_liner=line, summary=summary(rng, it, maturity=row.maturity),
        innovation=it.edges, customer=it.customer, subject=it.topic.object,
        techniques=(it.technique,), trl=rng.randint(*TRL[row.maturity]),
        evidence=evidence(rng, it, maturity=row.maturity), entrant=who,
        team=team(rng, traits=row, key=f"{way.number:04d}"), answers=(),
        sought_cents=_sought(rng, row.maturity),
        services=tuple(rng.sample(SERVICES, rng.randint(0, 3))),
    )  # fmt: skip
    return entry, it


def _worded(rng: Random, row: Traits, brand: Text, taken: set) -> tuple[Project, Text, Text]:
    """Nobody else has this title, nor this line, in either language."""
    while True:
        it = project(rng, topic=rng.choice(topics(row.scenario)), brand=brand)
        hook = it.topic.hook  # the first with a topic says it best
        name, line = title(rng, it), hook if hook.zh not in taken else one_liner(rng, it)
        words = {name.zh, name.en, line.zh, line.en}
        if not words & taken:
            taken |= words
            return it, name, line


def _sought(rng: Random, maturity: str) -> int:
    """In steps of 500,000 yuan; one in three looks for no money."""
    most = {"seed": 10, "early": 40, "growth": 120}[maturity]
    return 0 if rng.random() < 0.33 else rng.randint(2, most) * 50_000_000


def _repeat(late: Entry, early: Entry) -> Entry:
    """The same project handed in again: another title, the same people and firm."""
    return replace(
        early, number=late.number, code=late.code, status="merged", started_at=late.started_at,
        handed_in=late.handed_in, returned_at=None, checked_at=late.checked_at,
        reason=late.reason, duplicate_of=early.number, answers=(),
        scenario=late.scenario, maturity=late.maturity, region=late.region, country=late.country,
        channel=late.channel, channel_partner=late.channel_partner, park=late.park,
        title=Text(early.title.zh + "（升级版）", early.title.en + " (upgraded)"),
    )  # fmt: skip


def is_firm(who: Entrant) -> bool:
    return who.kind == "company"
