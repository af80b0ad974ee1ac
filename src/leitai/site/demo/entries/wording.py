"""What a project says of itself: topics, techniques and numbers set into frames."""

import re
from dataclasses import dataclass
from functools import cache
from random import Random

from leitai.site.demo.shapes import Evidence
from leitai.site.demo.words import Text, lower_first, pair, pairs, table, upper_first

_RANGE = re.compile(r"(\w)=([\d.]+)-([\d.]+)")
ZH_LIMIT, EN_LIMIT = 40, 20  # characters and words of a one-liner


@dataclass(frozen=True)
class Topic:
    key: str
    layer: str
    demands: tuple[int, ...]
    techniques: tuple[Text, ...]
    products: tuple[Text, ...]
    object: Text
    customers: tuple[Text, ...]
    pain: Text
    edges: tuple[Text, ...]
    hook: Text
    deeds: tuple[tuple[str, Text], ...]  # ranges, and what is done with the numbers


@cache
def topics(scenario: str) -> tuple[Topic, ...]:
    listed = table(f"topics/{scenario}")["topic"]
    return tuple(_topic(f"{scenario}{n}", row) for n, row in enumerate(listed, 1))


def _topic(key: str, row: dict) -> Topic:
    families = table("techniques")
    techniques = [tech for family in row["families"].split() for tech in families[family]]
    deeds = [deed.split("|", 1) for deed in row["deeds"]]
    return Topic(
        key=key,
        layer=row["layer"],
        demands=tuple(row["demands"]),
        techniques=pairs(techniques),
        products=pairs(row["product"]),
        object=pair(row["object"]),
        customers=pairs(row["customer"]),
        pain=pair(row["pain"]),
        edges=pairs(row["edge"]),
        hook=pair(row["hook"]),
        deeds=tuple((ranges, pair(words)) for ranges, words in deeds),
    )


@cache
def frames(name: str, part: str = "") -> tuple[Text, ...]:
    words = table("phrases")
    return pairs(words[part][name] if part else words[name])


@dataclass(frozen=True)
class Project:
    """One team's take on a topic: its technique, customer, edge and figures."""

    topic: Topic
    brand: Text
    product: Text
    technique: Text
    customer: Text
    edges: tuple[Text, ...]
    deeds: tuple[Text, ...]


def project(rng: Random, *, topic: Topic, brand: Text) -> Project:
    deeds = tuple(_figured(rng, *deed) for deed in rng.sample(topic.deeds, len(topic.deeds)))
    return Project(
        topic=topic,
        brand=brand,
        product=rng.choice(topic.products),
        technique=rng.choice(topic.techniques),
        customer=rng.choice(topic.customers),
        edges=tuple(rng.sample(topic.edges, len(topic.edges))),
        deeds=deeds,
    )


def _figured(rng: Random, ranges: str, words: Text) -> Text:
    return words.fill(
        **{name: _figure(rng, low, high) for name, low, high in _RANGE.findall(ranges)}
    )


def _figure(rng: Random, low: str, high: str) -> str:
    places = max(len(value.partition(".")[2]) for value in (low, high))
    value = rng.uniform(float(low), float(high))
    if places == 0 and value >= 200:
        value = round(value, -2 if value >= 1000 else -1)
    return f"{value:.{places}f}"


def title(rng: Random, it: Project) -> Text:
    named = [
        Text(f"{it.brand.zh}{it.product.zh}", f"{it.brand.en} {it.product.en}"),
        Text(f"{it.brand.zh}·{it.product.zh}", f"{it.brand.en}: {it.product.en}"),
        Text(
            f"{it.brand.zh}{it.product.zh}（{it.customer.zh}版）",
            f"{it.brand.en} {it.product.en} for {it.customer.en}",
        ),
    ]
    return rng.choices(named, (6, 2, 2))[0]


def one_liner(rng: Random, it: Project) -> Text:
    """The first way of saying it that is short enough in both languages."""
    ways = _ways(rng, it)
    rng.shuffle(ways)
    fitting = [way for way in ways if _fits(way)]
    return fitting[0] if fitting else it.topic.hook


def _fits(words: Text) -> bool:
    return len(words.zh) <= ZH_LIMIT and len(words.en.split()) <= EN_LIMIT


def _ways(rng: Random, it: Project) -> list[Text]:
    rule, tech, who, thing = (
        rng.choice(frames("constraints")), it.technique, it.customer, it.topic.object,
    )  # fmt: skip
    one, two = it.deeds[:2]
    return [
        Text(f"{it.topic.hook.zh}，{one.zh}", f"{it.topic.hook.en}: {one.en}"),
        Text(
            f"用{tech.zh}做{it.product.zh}，{one.zh}",
            f"{upper_first(tech.en)} for {thing.en}: {one.en}",
        ),
        Text(f"给{who.zh}的{it.product.zh}，{one.zh}", f"For {who.en}: {one.en}"),
        Text(f"{rule.zh}，{one.zh}", f"{rule.en}: {one.en}"),
        Text(f"{one.zh}，{two.zh}", f"{upper_first(one.en)}; {two.en}"),
        Text(
            f"{thing.zh}有了{tech.zh}：{one.zh}",
            f"{upper_first(thing.en)} meet {tech.en}: {one.en}",
        ),
        Text(f"{one.zh}，{rule.zh}", f"{upper_first(one.en)}. {rule.en}"),
    ]


def summary(rng: Random, it: Project, *, maturity: str) -> Text:
    """Three to five sentences: the pain, the way, the figures, where it stands, what it seeks."""
    count, months = counts(rng, maturity)
    parts = [
        Text(it.topic.pain.zh + "。", it.topic.pain.en + "."),
        rng.choice(frames("approaches")),
        rng.choice(frames("novelties")),
        rng.choice(frames("results")),
        rng.choice(frames(maturity, "status")),
    ]
    if rng.random() < 0.5:
        parts.pop(rng.choice((1, 2)))
        parts.append(rng.choice(frames("asks", "asks")))
    if rng.random() < 0.3:
        parts.pop(rng.choice((0, 3)))
    figures = {"n": count, "m": months, "u": rng.randint(8, 30)}
    zh, en = _slots(it, 0) | figures, _slots(it, 1) | figures
    return Text(
        "".join(part.zh.format(**zh) for part in parts),
        " ".join(part.en.format(**en) for part in parts),
    )


def _slots(it: Project, language: int) -> dict[str, object]:
    edge = it.edges[0][language]
    return {
        "tech": it.technique[language],
        "object": it.topic.object[language],
        "name": it.brand[language],
        "customer": it.customer[language],
        "edge": lower_first(edge) if language else edge,
        "deed": it.deeds[-1][language],
    }


def counts(rng: Random, maturity: str) -> tuple[int, int]:
    """Sites and months, or sites and per cent renewing: they grow with maturity."""
    few = {"seed": (2, 5, 1, 4), "early": (2, 6, 3, 11), "growth": (7, 64, 70, 97)}[maturity]
    return rng.randint(*few[:2]), rng.randint(*few[2:])


def evidence(rng: Random, it: Project, *, maturity: str) -> Evidence:
    sites, months = counts(rng, maturity)
    months = min(months, 36) if maturity != "growth" else rng.randint(6, 36)
    slots = {"n": max(2, sites), "m": max(2, months), "p": rng.randrange(25, 75, 5)}
    slots["d"] = rng.randint(2, 9)
    again = "replicable_none" if maturity == "seed" else "replicable"
    parts = [
        _said(
            rng.choice(frames(name, "evidence")), it, slots | {"k": rng.randrange(300, 9000, 100)}
        )
        for name in (f"deployable_{maturity}", again, "scalable")
    ]
    return Evidence(
        *parts, count={"seed": 0, "early": 1, "growth": 2}[maturity] + rng.randint(0, 1)
    )


def _said(frame: Text, it: Project, slots: dict[str, int]) -> Text:
    return Text(
        frame.zh.format(customer=it.customer.zh, **slots),
        frame.en.format(customer=it.customer.en, **slots),
    )
