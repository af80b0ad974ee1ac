"""Ninety-six asked, ninety at work: experts from institutes and firms, investors from the funds."""

from collections.abc import Sequence
from random import Random

from leitai.site.demo.entries.wording import topics
from leitai.site.demo.names import HOME, brands, person
from leitai.site.demo.plan import SCENARIOS, Plan
from leitai.site.demo.shapes import Demand, Juror, Partner
from leitai.site.demo.words import Text, child, rows

HARSH = -1.9  # in standard deviations of quality; everybody else stays near zero
ABROAD = ("FR", "IE", "ZA", "SG", "DE", "US", "GB")
AT_INSTITUTES, AT_OWNERS = 12, 8  # of 46 technical jurors; the rest are independent


def jurors(plan: Plan, *, partners: Sequence[Partner], demands: Sequence[Demand]) -> list[Juror]:
    """Portfolios stay empty here: `conflicts` fills them from the entries."""
    rng = child(plan.seed, "jurors")
    houses = _technical_houses(plan, partners, demands, rng) + _funds(plan, partners, rng)
    homes = _countries(partners)
    order = rng.sample(range(len(houses)), len(houses))
    order.sort(key=lambda i: homes.get(houses[i][1], HOME) == HOME)
    abroad = set(order[: plan.overseas_jurors])
    states = ["active"] * len(houses) + _others(plan)
    houses += [rng.choice(houses) for _ in range(plan.declined)]
    return [
        _juror(plan, number, kind, house, code, state, _nation(house, homes, number - 1 in abroad))
        for number, ((kind, house, code), state) in enumerate(zip(houses, states, strict=True), 1)
    ]


def _countries(partners: Sequence[Partner]) -> dict[Text, str]:
    schools = {Text(row["zh"], row["en"]): row["country"] for row in rows("institutes")}
    return schools | {partner.name: partner.country for partner in partners}


def _nation(house: Text, homes: dict[Text, str], abroad: bool) -> str:
    """Overseas jurors come from overseas houses while there are some; else from ABROAD."""
    home = homes.get(house, HOME)
    if not abroad:
        return HOME
    return home if home != HOME else ABROAD[len(house.en) % len(ABROAD)]


def _others(plan: Plan) -> list[str]:
    return ["declined", "declined", "declined", "silent", "silent", "withdrew"][: plan.declined]


def _technical_houses(
    plan: Plan, partners: Sequence[Partner], demands: Sequence[Demand], rng: Random
) -> list[tuple[str, Text, str]]:
    share = plan.technical / 46
    owners = {
        d.owner for d in demands if d.state == "published" and d.number not in dict(plan.crowded)
    }
    owners -= {d.owner for d in demands if d.number in dict(plan.crowded)}
    firms = [p for p in partners if p.code in owners]
    firms = rng.sample(firms, min(len(firms), max(1, round(AT_OWNERS * share))))
    schools = rng.sample(rows("institutes"), max(1, round(AT_INSTITUTES * share)))
    found = [("technical", p.name, p.code) for p in firms]
    found += [("technical", Text(row["zh"], row["en"]), "") for row in schools]
    offices = rng.sample(brands(), plan.technical - len(found))
    return found + [("technical", _office(brand), "") for brand in offices]


def _office(brand: Text) -> Text:
    """Independent experts work under a name of their own, which nobody in the contest shares."""
    return Text(f"{brand.zh}技术顾问事务所", f"{brand.en} Technical Advisers")


def _funds(plan: Plan, partners: Sequence[Partner], rng: Random) -> list[tuple[str, Text, str]]:
    """Every fund sends one investor, some send two."""
    funds = [p for p in partners if p.kind == "fund"]
    rng.shuffle(funds)
    sent = [funds[n % len(funds)] for n in range(plan.investors)]
    return [("investor", p.name, p.code) for p in sent]


def _juror(
    plan: Plan, number: int, kind: str, house: Text, code: str, state: str, country: str
) -> Juror:
    rng = child(plan.seed, f"juror/{number}")
    fields = rng.sample(list(SCENARIOS), rng.choice((2, 3, 3, 4)))
    return Juror(
        number=number, person=person(rng, key=f"j{number:03d}", country=country), kind=kind,
        state=state, organisation=house, partner=code, expertise=tuple(fields), portfolio=(),
        overseas=country != HOME, severity=rng.gauss(0, 0.5), scale=rng.lognormvariate(0, 0.25),
    )  # fmt: skip


def technique_tags(juror: Juror) -> tuple[Text, ...]:
    """Finer expertise for rooms that match by words: what the juror's fields work with."""
    rng = child(juror.number, "tags")
    known = [
        tech for code in juror.expertise for topic in topics(code) for tech in topic.techniques
    ]
    return tuple(dict.fromkeys(rng.sample(known, 3)))
