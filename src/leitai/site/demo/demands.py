"""The demands: 62 collected, 54 published, each with indicators one can test."""

from datetime import timedelta
from random import Random

from leitai.site.demo.names import person
from leitai.site.demo.plan import SCENARIOS, Plan
from leitai.site.demo.shapes import Demand, Indicator, Person
from leitai.site.demo.words import Text, child, pair, pairs, table

CENTS = 1_000_000  # in 10,000 yuan, as budgets are spoken of
EMPTY = Text("", "")
DATA_OFFERED = pairs([
    "签署保密协议后提供一年脱敏数据|A year of de-identified data under a confidentiality agreement",
    "可到现场采集，数据不得带走|Collect on site; data stay there",
    "提供测试环境与三名配合工程师|A test environment and three engineers to help",
    "提供历史记录两年，仅限验收使用|Two years of records, for acceptance only",
    "提供样品与标注规范|Samples and an annotation guide",
])  # fmt: skip


def demands(plan: Plan) -> list[Demand]:
    rows = [
        {"scenario": code, "state": "published"} | row
        for code in SCENARIOS
        for row in table(f"demands/{code}")["demand"]
    ]
    rows += table("demands/unpublished")["demand"]
    return [_demand(plan, row) for row in rows if row["number"] in plan.demands]


def _demand(plan: Plan, row: dict) -> Demand:
    number, scenario = row["number"], row["scenario"]
    rng = child(plan.seed, f"demand/{number}")
    low_high = row.get("budget", [])
    return Demand(
        number=number, scenario=scenario, owner=row["owner"], state=row["state"],
        visibility=row.get("visibility", "public"), title=pair(row["title"]),
        masked_title=_masked(scenario, number),
        background=_text(row, "background"), pain=_text(row, "pain"),
        indicators=tuple(_indicator(*part) for part in row.get("indicators", ())),
        cooperation=row.get("form", "purchase"),
        budget_cents=(low_high[0] * CENTS, low_high[1] * CENTS) if low_high else None,
        deadline=plan.when("awards") + timedelta(days=rng.randrange(30, 300, 15)),
        ip_preference=rng.choice(("owner", "answerer", "shared", "licence")),
        purchasing=rng.choices(("approved", "in_review", "not_started"), (5, 3, 2))[0],
        answerers_wanted=rng.randint(1, 3), data_offered=rng.choice(DATA_OFFERED),
        contact=_contact(rng, row["owner"], number), reason=_text(row, "reason"),
    )  # fmt: skip


def _masked(scenario: str, number: int) -> Text:
    name = SCENARIOS[scenario]
    return Text(
        f"{name.zh}需求 {number:02d} 号（名称不公开）",
        f"{name.en}, demand {number:02d} (title withheld)",
    )


def _indicator(name: str, unit: str, target: str, method: str) -> Indicator:
    return Indicator(pair(name), unit, target, pair(method))


def _text(row: dict, key: str) -> Text:
    return pair(row[key]) if key in row else EMPTY


def _contact(rng: Random, owner: str, number: int) -> Person:
    return person(rng, key=f"{owner.lower()}.d{number:02d}")
