"""An entry's answers to the contest's form, as its team would have written them."""

from collections.abc import Collection
from typing import Any

from leitai.rooms.submissions.rules import EntrantKind, is_blank
from leitai.site.demo.load.registers import ZONES, country_of
from leitai.site.demo.plan import Plan
from leitai.site.demo.shapes import Entry
from leitai.site.demo.words import Text, child, pair, pairs

KINDS = {
    "company": EntrantKind.COMPANY, "team": EntrantKind.UNREGISTERED,
    "institute": EntrantKind.INSTITUTE,
}  # fmt: skip
LAYERS = {"foundation": "base", "technology": "technology", "application": "application"}
LAYER_TAGS = {
    "foundation": pair("算力与数据|computing and data"),
    "technology": pair("感知与决策|perception and decision"),
    "application": pair("行业应用|applied AI"),
}
READINESS = ((2, "idea"), (4, "laboratory"), (6, "prototype"), (8, "pilot"), (9, "regular"))
REGIONS = {  # one text for readers of both languages, as the column is one
    "haiwan": "海湾新区 Haiwan", "shanghai": "上海 Shanghai", "delta": "江浙皖 Yangtze Delta",
    "mainland": "其他省市 Other mainland", "hmt": "港澳台 HK, Macao, Taiwan", "overseas": "",
}  # fmt: skip
RISKS = pairs([
    "现场数据的质量参差不齐；我们按点位做一周标定，不达标不上线。"
    "|Data differ from site to site; we calibrate for a week and do not go live below the mark.",
    "客户采购周期长，现金流要撑过两个季度；已与两家渠道谈妥预付。"
    "|Buyers take two quarters to decide; two channels have agreed to pay in advance.",
    "关键部件只有一家供货；第二家的样件正在测试。"
    "|A key part has one supplier; samples of a second one are being tested.",
    "行业标准还在征求意见，定稿后可能要补测。"
    "|The trade's standard is still a draft; tests may have to be repeated.",
])  # fmt: skip
RIVALS = pairs([
    "通用方案要逐个场景重新标注；我们只需半天的样本。"
    "|General products label anew at each site; we need half a day of samples.",
    "进口设备精度相近，价格是我们的三倍，且不开放接口。"
    "|Imported devices are as accurate, cost three times as much and have no open interface.",
    "人工抽检只看到百分之几；我们逐件检查。"
    "|Spot checks by hand see a few per cent; we check every piece.",
])  # fmt: skip
FUNDS = pairs([
    "一半用于产品工程化，三成用于试点交付，其余补充流动资金。"
    "|Half for engineering, three tenths for pilots, the rest for working capital.",
    "招聘六名工程师，完成行业认证，建第二个示范点。"
    "|Six engineers, certification, and a second reference site.",
])  # fmt: skip
LANDING = pair(
    "拟在园区租用 {area} 平方米，首年 {people} 人。"
    "|We plan to rent {area} m² in a park, with {people} people in the first year."
)


def kind_of(entry: Entry) -> EntrantKind:
    """Whoever enters from abroad is asked the questions for overseas teams."""
    return EntrantKind.OVERSEAS if entry.region == "overseas" else KINDS[entry.entrant.kind]


def answers(plan: Plan, entry: Entry, *, asked: Collection[str]) -> dict[str, Any]:
    """Every question this entrant is asked and has something to say to, in the form's order."""
    told = {
        **_project(entry), **_entrant(plan, entry), **_money(plan, entry),
        **_wishes(plan, entry), "ip_owner": "own", "declares_truth": True,
    }  # fmt: skip
    return {key: told[key] for key in asked if not is_blank(told.get(key))}


def begun(answers: dict[str, Any], *, share: float) -> dict[str, Any]:
    """What stands in a draft that is not finished: the first answers of the form."""
    kept = round(len(answers) * share)
    return dict(list(answers.items())[:kept])


def earlier(answers: dict[str, Any]) -> dict[str, Any]:
    """The version before: shorter, and without some answers."""
    lines = str(answers.get("innovation", "")).split("\n")
    left_out = {"competitors", "landing_plan", "risks", "use_of_funds"}
    kept = {key: value for key, value in answers.items() if key not in left_out}
    return kept | {"innovation": lines[0]}


def spoken(entry: Entry, words: Text) -> str:
    """In the team's language."""
    return words.en if entry.region == "overseas" else words.zh


def team_name(entry: Entry) -> str:
    if entry.entrant.kind == "team":
        return spoken(entry, entry.entrant.name)
    if entry.entrant.kind == "institute":
        return spoken(entry, entry.entrant.unit)
    brand = Text(f"{entry.title.zh[:2]}团队", f"Team {entry.title.en.split()[0].strip(':')}")
    return spoken(entry, brand)


def tags(entry: Entry) -> list[str]:
    """In both languages, since jurors are matched by them."""
    words = [*entry.techniques, LAYER_TAGS[entry.layer]]
    listed = [word for text in words for word in text]
    return [word for word in [*listed, spoken(entry, entry.subject)] if len(word) <= 40]


def _project(entry: Entry) -> dict[str, Any]:
    proofs = entry.evidence
    both = f"{entry.summary.zh}\n\n{entry.summary.en}"
    is_abroad = entry.region == "overseas"
    return {
        "title_zh": entry.title.zh, "title_en": entry.title.en, "team_name": team_name(entry),
        "scenario": entry.scenario, "maturity": entry.maturity,
        "line_zh": entry.one_liner.zh, "line_en": entry.one_liner.en,
        "summary": entry.summary.en if is_abroad else both,
        "chain": LAYERS[entry.layer], "tags": tags(entry),
        "customer": "\n".join((spoken(entry, entry.customer), spoken(entry, proofs.deployable))),
        "innovation": "\n".join(
            spoken(entry, words)
            for words in (*entry.innovation, proofs.replicable, proofs.scalable)
        ),
        "readiness": next(code for most, code in READINESS if entry.trl <= most),
        "landing": spoken(entry, proofs.deployable), "copying": spoken(entry, proofs.replicable),
        "scaling": spoken(entry, proofs.scalable),
    }  # fmt: skip


def _entrant(plan: Plan, entry: Entry) -> dict[str, Any]:
    who, rng = entry.entrant, child(plan.seed, f"form/{entry.number}")
    is_named = who.kind != "team"
    return {
        "organisation_name": spoken(entry, who.name) if is_named else "",
        "organisation_code": who.credit_code, "foreign_registration": who.credit_code,
        "country": country_of(entry.country), "region": region_of(entry),
        "founded_on": f"{who.founded}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        if who.founded else "",
        "legal_representative": spoken(entry, entry.team[0].person.name),
        "staff": str(who.staff), "rd_share": str(rng.randrange(25, 80, 5)), "is_listed": False,
        "promises_to_register": True, "institute_unit": spoken(entry, who.unit),
        "time_zone": ZONES[country_of(entry.country)], "needs_interpreter": rng.random() < 0.4,
        "needs_visa_letter": rng.random() < 0.5,
    }  # fmt: skip


def region_of(entry: Entry) -> str:
    """As the team writes it; parks are told where the district's own are meant."""
    return REGIONS[entry.region]


def _money(plan: Plan, entry: Entry) -> dict[str, Any]:
    rng = child(plan.seed, f"money/{entry.number}")
    revenue = entry.entrant.revenue_cents // 100
    wants = entry.sought_cents > 0
    return {
        "competitors": spoken(entry, rng.choice(RIVALS)), "risks": spoken(entry, rng.choice(RISKS)),
        "revenue_last_year": str(revenue) if revenue else "",
        "rd_spend_last_year": str(revenue * rng.randint(12, 45) // 100) if revenue else "",
        "capital": str(rng.choice((1, 2, 3, 5, 10)) * 1_000_000),
        "sought": str(entry.sought_cents // 100) if wants else "",
        "equity_offered": str(rng.randint(5, 15)) if wants else "",
        "use_of_funds": spoken(entry, rng.choice(FUNDS)) if wants else "",
    }  # fmt: skip


def _wishes(plan: Plan, entry: Entry) -> dict[str, Any]:
    rng = child(plan.seed, f"wishes/{entry.number}")
    plans = LANDING.fill(area=rng.randrange(80, 600, 20), people=rng.randint(4, 30))
    return {
        "services": list(entry.services),
        "landing_plan": spoken(entry, plans) if rng.random() < 0.5 else "",
        "buyers": spoken(entry, entry.customer),
    }
