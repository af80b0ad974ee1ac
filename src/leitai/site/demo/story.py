"""The whole edition in one call."""

from dataclasses import dataclass
from datetime import datetime

from leitai.site.demo import past
from leitai.site.demo.demands import demands
from leitai.site.demo.entries.build import entries
from leitai.site.demo.jury.conflicts import settle
from leitai.site.demo.jury.people import jurors
from leitai.site.demo.jury.seats import Seater, seat
from leitai.site.demo.jury.sheets import first_round
from leitai.site.demo.names import Names
from leitai.site.demo.partners import bodies, partners
from leitai.site.demo.plan import DAYS, Plan
from leitai.site.demo.plants import plant
from leitai.site.demo.shapes import (
    Body,
    Conflict,
    Demand,
    Entry,
    Juror,
    Partner,
    Sheet,
    Situation,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Story:
    plan: Plan
    timeline: dict[str, datetime]
    bodies: list[Body]
    partners: list[Partner]
    demands: list[Demand]
    entries: list[Entry]
    jurors: list[Juror]
    conflicts: list[Conflict]
    sheets: list[Sheet]
    situations: list[Situation]
    past_ventures: list[past.PastVenture]
    past_workers: list[past.PastWorkers]
    workers_targets: past.WorkersTargets


def write(plan: Plan, *, seater: Seater = seat) -> Story:
    """The same plan tells the same story, to the last sheet."""
    names = Names()
    asked = demands(plan)
    allies = partners(plan, owners={demand.owner for demand in asked}, names=names)
    entered = entries(plan, demands=asked, partners=allies, names=names)
    entered, planted = plant(plan, entries=entered, demands=asked)
    invited = jurors(plan, partners=allies, demands=asked)
    invited, conflicts = settle(plan, jurors=invited, entries=entered, demands=asked)
    review = first_round(plan, jurors=invited, entries=entered, conflicts=conflicts, seater=seater)
    return Story(
        plan=plan, timeline={name: plan.when(name) for name in DAYS}, bodies=bodies(),
        partners=allies, demands=asked, entries=entered, jurors=review.jurors,
        conflicts=conflicts, sheets=review.sheets, situations=planted + review.situations,
        past_ventures=past.ventures(), past_workers=past.workers(),
        workers_targets=past.targets(),
    )  # fmt: skip
