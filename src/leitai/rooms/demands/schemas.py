"""What the API tells of demands."""

from datetime import date
from typing import Any

from ninja import Schema

from leitai.rooms.contests.rules.schema import Words
from leitai.rooms.demands.models import Demand


class IndicatorOut(Schema):
    name: Words
    target: str
    unit: str
    test: Words


class DemandOut(Schema):
    """A masked demand shows that it exists, in which scenario, and nothing else."""

    id: int
    code: str
    scenario: str
    state: str
    is_masked: bool
    title: Words | None = None
    background: Words | None = None
    offered: Words | None = None
    owner: Words | None = None
    cooperation: list[str] = []
    budget_low_cents: int | None = None
    budget_high_cents: int | None = None
    currency: str | None = None
    readiness: str | None = None
    ownership: str | None = None
    answerers_wanted: int | None = None
    deadline_on: date | None = None
    indicators: list[IndicatorOut] = []


PLAIN = (
    "cooperation", "budget_low_cents", "budget_high_cents", "currency", "readiness", "ownership",
    "answerers_wanted", "deadline_on",
)  # fmt: skip


def demand_out(demand: Demand, *, is_masked: bool) -> dict[str, Any]:
    told = {
        "id": demand.pk, "code": demand.code, "scenario": demand.scenario.code,
        "state": demand.state, "is_masked": is_masked,
    }  # fmt: skip
    if is_masked:
        return told
    texts = {key: _words(demand, key) for key in ("title", "background", "offered")}
    indicators = [
        {"name": _words(i, "name"), "target": i.target, "unit": i.unit, "test": _words(i, "test")}
        for i in demand.indicators.all()
    ]
    plain = {key: getattr(demand, key) for key in PLAIN}
    owner = _words(demand.owner, "name")
    return {**told, **texts, **plain, "owner": owner, "indicators": indicators}


def _words(row: Any, field: str) -> Words:
    return Words(zh=getattr(row, f"{field}_zh"), en=getattr(row, f"{field}_en"))
