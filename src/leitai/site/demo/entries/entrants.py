"""Who enters: firms, teams not registered yet, institutes, and the people in them."""

from functools import cache
from random import Random

from leitai.site.demo.entries.margins import Traits
from leitai.site.demo.names import HOME, Names, brands, credit_code, latin_brands, person, place
from leitai.site.demo.shapes import Entrant, Member
from leitai.site.demo.words import Text, pair, pairs, rows, table

FOREIGN_SHARE = 0.2  # of a domestic team's members; with overseas teams about 30 % of all


def entrant(rng: Random, names: Names, traits: Traits) -> tuple[Text, Entrant]:
    """The brand the project goes by, and who stands behind it."""
    where = place(rng, region=traits.region, country=traits.country)
    if traits.kind == "company":
        return _company(rng, names, traits, where)
    brand = _brand(rng, names, traits)
    if traits.kind == "team":
        name = Text(f"{brand.zh}团队", f"Team {brand.en}")
        return brand, Entrant("team", name, Text("", ""), "", None, 0, 0, where)
    row = rng.choice(institutes(traits.country))
    return brand, Entrant(
        "institute", Text(row["zh"], row["en"]), Text(f"{brand.zh}课题组", f"{brand.en} Group"),
        institute_code(row["zh"]) if traits.country == HOME else "", 1950, 0, 0, where,
    )  # fmt: skip


def _brand(rng: Random, names: Names, traits: Traits) -> Text:
    while True:
        brand = rng.choice(brands() if traits.country == HOME else latin_brands())
        if names.take(f"{brand.zh} {traits.kind}", f"{brand.en} {traits.kind}"):
            return brand
        if names.take(
            f"{(name := _second(rng, brand)).zh} {traits.kind}", f"{name.en} {traits.kind}"
        ):
            return name


def _second(rng: Random, brand: Text) -> Text:
    """A second group of the same name tells itself apart by a numeral."""
    numeral, word = rng.choice((("二", "Two"), ("三", "Three"), ("五", "Five"), ("九", "Nine")))
    return Text(f"{brand.zh}{numeral}号", f"{brand.en} {word}")


def _company(rng: Random, names: Names, traits: Traits, where: Text) -> tuple[Text, Entrant]:
    brand, name = names.company(rng, scenario=traits.scenario, country=traits.country, place=where)
    size = {"seed": (3, 15), "early": (8, 60), "growth": (40, 320)}[traits.maturity]
    sales = {"seed": 120, "early": 1200, "growth": 9000}[traits.maturity]  # in 10,000 yuan
    founded = {"seed": (2023, 2025), "early": (2020, 2024), "growth": (2014, 2021)}[traits.maturity]
    code = (
        credit_code(rng)
        if traits.country == HOME
        else f"{traits.country}-{rng.randrange(10**7):07d}"
    )
    revenue = round(rng.betavariate(1.5, 3) * sales) * 1_000_000
    return brand, Entrant(
        "company",
        name,
        Text("", ""),
        code,
        rng.randint(*founded),
        rng.randint(*size),
        revenue,
        where,
    )


@cache
def institutes(country: str) -> tuple[dict[str, str], ...]:
    home = tuple(row for row in rows("institutes") if row["country"] == country)
    return home or tuple(row for row in rows("institutes") if row["country"] != HOME)


@cache
def institute_code(name: str) -> str:
    return credit_code(Random(name), kind="12")  # noqa: S311 - fiction


@cache
def _roles() -> tuple[Text, tuple[Text, ...], tuple[Text, ...]]:
    words = table("phrases")["roles"]
    return pair(words["captain"]), pairs(words["others"]), pairs(words["backgrounds"])


def team(rng: Random, *, traits: Traits, key: str) -> tuple[Member, ...]:
    captain, others, backgrounds = _roles()
    roles = [captain, *rng.sample(others, rng.choices(range(1, 6), (2, 4, 4, 2, 1))[0])]
    return tuple(
        Member(
            person(rng, key=f"{key}.{n}", country=_nation(rng, traits.country, leads=n == 0)),
            role,
            rng.choice(backgrounds).fill(y=rng.randint(3, 28)),
        )
        for n, role in enumerate(roles)
    )


def _nation(rng: Random, country: str, *, leads: bool) -> str:
    if country != HOME or leads or rng.random() > FOREIGN_SHARE:
        return country
    return rng.choice(("FR", "IE", "ZA", "SG", "DE", "US", "GB", "IL", "XX"))
