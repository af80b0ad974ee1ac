"""Where the fiction's words come from: the data folder, and "中文|English" pairs."""

import csv
import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

DATA = Path(__file__).parent / "data"


class Text(NamedTuple):
    zh: str
    en: str

    def fill(self, **values: object) -> "Text":
        return Text(self.zh.format(**values), self.en.format(**values))


def pair(source: str) -> Text:
    zh, en = source.split("|")
    return Text(zh.strip(), en.strip())


def pairs(sources: list[str]) -> tuple[Text, ...]:
    return tuple(pair(source) for source in sources)


def child(seed: int, name: str) -> Random:
    """A generator of its own for each table, so that tables don't shift one another."""
    return Random(f"{seed}/{name}")  # noqa: S311 - fiction, not secrets


@cache
def table(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def lines(name: str) -> tuple[str, ...]:
    return tuple((DATA / f"{name}.txt").read_text("utf-8").splitlines())


def apportion(total: int, weights: dict[str, int]) -> dict[str, int]:
    """Share a total by largest remainder; nobody is left without one while there are enough."""
    whole = sum(weights.values())
    floor = 1 if total >= len(weights) else 0
    shares = {key: max(floor, total * weight // whole) for key, weight in weights.items()}
    short = lambda key: shares[key] - total * weights[key] / whole  # noqa: E731
    while (gap := total - sum(shares.values())) != 0:
        if gap > 0:
            shares[min(shares, key=short)] += 1
        else:
            spare = (key for key in shares if shares[key] > floor)
            shares[max(spare, key=short)] -= 1
    return shares


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
