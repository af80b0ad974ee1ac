"""Demands to tell stories with."""

from typing import Any

from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.testing import NOON, a_contest
from leitai.rooms.demands.models import Demand, Indicator
from leitai.rooms.demands.rules import State
from leitai.rooms.people.testing import an_organisation


def a_demand(contest: Contest | None = None, **fields: Any) -> Demand:
    """A published demand with one indicator."""
    contest = contest or a_contest()
    demand = Demand.objects.create(
        contest=contest,
        **{
            "owner": fields.pop("owner", None) or an_organisation("Big Harbour"),
            "scenario": contest.edition.scenarios.all()[0],
            "number": Demand.objects.filter(contest=contest).count() + 1,
            "title_zh": "焊缝缺陷在线检测", "title_en": "In-line weld-defect inspection",
            "background_en": "Two lines, 40 welds a minute.",
            "state": State.PUBLISHED, "made_at": NOON, "published_at": NOON, **fields,
        },
    )  # fmt: skip
    Indicator.objects.create(demand=demand, name_en="Missed defects", unit="%", target="≤ 0.5")
    return demand
