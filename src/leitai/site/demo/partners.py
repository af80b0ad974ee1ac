"""Partners with what they promised and kept, plaques, and the edition's bodies in their order."""

from datetime import timedelta
from random import Random

from leitai.site.demo.names import HOME, Names, credit_code, person
from leitai.site.demo.plan import Plan
from leitai.site.demo.shapes import Body, Commitment, Partner
from leitai.site.demo.words import Text, child, pair, rows

# What a partner of each kind may promise: kind, words, the range of quantity.
PROMISES: dict[str, list[tuple[str, str, int, int]]] = {
    "multinational": [
        ("market", "开放试点现场（处）|Pilot sites opened", 1, 4),
        ("technology", "技术专家答疑（小时）|Hours of expert advice", 10, 60),
        ("ecosystem", "海外对接会（场）|Introductions abroad", 1, 3),
    ],
    "large_local": [
        ("market", "采购意向名额（个）|Purchase slots reserved", 1, 5),
        ("market", "提供真实数据集（套）|Real data sets provided", 1, 3),
        ("ecosystem", "办公与展示场地（平方米）|Floor space (m²)", 60, 600),
    ],
    "fund": [
        ("market", "一对一面谈（场）|One-to-one meetings", 4, 20),
        ("ecosystem", "融资辅导（小时）|Hours of fund-raising coaching", 6, 30),
    ],
    "service": [
        ("technology", "算力额度（卡时）|Computing credit (card-hours)", 500, 6000),
        ("ecosystem", "免费咨询（小时）|Hours of free advice", 20, 120),
        ("ecosystem", "媒体报道（篇）|Media stories", 4, 24),
    ],
}


def partners(plan: Plan, *, owners: set[str], names: Names) -> list[Partner]:
    """Those who own demands first where not all fit; the order of the list stays."""
    listed = rows("partners")
    kinds = {kind: [r["code"] for r in listed if r["kind"] == kind] for kind in PROMISES}
    wanted = [row["code"] for row in listed if row["code"] in owners]
    turn = [code for group in zip(kinds["fund"], kinds["service"]) for code in group]
    queue = list(dict.fromkeys([*wanted, *turn, *(row["code"] for row in listed)]))
    kept = set(queue[: plan.partners])
    chosen = [row for row in listed if row["code"] in kept]
    plaques = _plaques(plan, [row["code"] for row in chosen])
    return [_partner(plan, row, plaques.get(row["code"], ""), names) for row in chosen]


def _plaques(plan: Plan, codes: list[str]) -> dict[str, str]:
    holders = sorted(child(plan.seed, "plaques").sample(codes, plan.plaques), key=codes.index)
    return {code: f"HW3-P-{n:03d}" for n, code in enumerate(holders, 1)}


def _partner(plan: Plan, row: dict[str, str], plaque: str, names: Names) -> Partner:
    rng = child(plan.seed, f"partner/{row['code']}")
    names.take(row["zh"], row["en"])
    chosen = rng.sample(PROMISES[row["kind"]], rng.randint(1, len(PROMISES[row["kind"]])))
    return Partner(
        code=row["code"], kind=row["kind"], name=Text(row["zh"], row["en"]),
        line=Text(row["line_zh"], row["line_en"]), country=row["country"],
        credit_code=credit_code(rng) if row["country"] == HOME else "",
        contact=person(rng, key=row["code"].lower(), country=row["country"]),
        commitments=tuple(_commitment(plan, rng, *promise) for promise in chosen),
        plaque=plaque,
    )  # fmt: skip


def _commitment(plan: Plan, rng: Random, kind: str, words: str, low: int, high: int) -> Commitment:
    """Early promises are mostly kept by now; a few are overdue."""
    quantity = rng.randint(low, high)
    due = plan.when("launch") + timedelta(days=rng.randrange(20, 180, 10))
    kept = rng.uniform(0.5, 1.3) if due <= plan.now else rng.uniform(0, 0.6)
    return Commitment(kind, pair(words), quantity, min(quantity, int(quantity * kept)), due)


def bodies() -> list[Body]:
    return [
        Body(row["role"], order, Text(row["zh"], row["en"]), row["country"])
        for order, row in enumerate(rows("bodies"), 1)
    ]
