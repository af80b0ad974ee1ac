"""The rule sets one can start from, kept as data beside this file.

A preset has no dates: its windows are counted in days from the launch, and `load` sets them.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from leitai.rooms.contests.rules.schema import Rules, Words

FOLDER = Path(__file__).parent
CODES = ("venture-2021", "application-3k", "cxcyds-like", "city-final", "quick-5x5")
HOME = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Card:
    """What a preset says of itself before one chooses it."""

    code: str
    name: Words
    about: Words


def cards() -> list[Card]:
    return [
        Card(code, Words(**_data(code)["name"]), Words(**_data(code)["about"])) for code in CODES
    ]


def load(code: str, *, launch_at: datetime | None = None, time_zone: str = HOME) -> Rules:
    """The preset's rules; with a launch its windows stand on whole days of the edition's clock."""
    if code not in CODES:
        raise KeyError(f"No preset {code}; there are {', '.join(CODES)}.")
    data = _data(code)
    zone = ZoneInfo(time_zone)
    launch = launch_at.astimezone(zone).date() if launch_at else None
    body = {key: value for key, value in data.items() if key not in {"name", "about"}}
    body["entry"] = _entry(body["entry"], launch=launch, zone=zone)
    body["stages"] = [_stage(stage, launch=launch, zone=zone) for stage in body["stages"]]
    return Rules.model_validate({"preset": code, **body})


def rubrics() -> dict[str, Words]:
    """The named rubrics, each usable in any stage."""
    return {code: Words(**rubric["name"]) for code, rubric in _data("rubrics").items()}


def rubric(code: str) -> list[dict[str, Any]]:
    """The criteria of a named rubric, as a stage's rules take them."""
    known = _data("criteria")
    return [
        criterion(name, points=points, **known[name])
        for name, points in _data("rubrics")[code]["points"].items()
    ]


def criterion(
    code: str, *, points: int, bands: list[dict[str, str]], **words: Any
) -> dict[str, Any]:
    """Spread the bands evenly over the points: of 25, five each and the lowest from 0."""
    wide = points // len(bands)
    edges = [(n * wide + (1 if n else 0), (n + 1) * wide) for n in range(len(bands))]
    anchored = [{"low": a, "high": b, "text": text} for (a, b), text in zip(edges, bands)]
    return {"code": code, "high": points, "bands": anchored, **words}


def form() -> list[dict[str, Any]]:
    """The default entry form, whole."""
    return _data("form")


def _entry(data: dict[str, Any], *, launch: date | None, zone: ZoneInfo) -> dict[str, Any]:
    wish = data["form"]
    steps = [
        {
            **step,
            "fields": [_field(f, wish) for f in step["fields"] if f["key"] not in wish["omit"]],
        }
        for step in form()
    ]
    rest = {key: value for key, value in data.items() if key not in {"days", "form"}}
    return {"span": _span(data["days"], launch=launch, zone=zone), "steps": steps, **rest}


def _field(field: dict[str, Any], wish: dict[str, Any]) -> dict[str, Any]:
    return {**field, "required": True} if field["key"] in wish["require"] else field


def _stage(data: dict[str, Any], *, launch: date | None, zone: ZoneInfo) -> dict[str, Any]:
    rest = {key: value for key, value in data.items() if key not in {"days", "rubric"}}
    return {
        **rest,
        "span": _span(data["days"], launch=launch, zone=zone),
        "criteria": rubric(data["rubric"]),
    }


def _span(days: list[int], *, launch: date | None, zone: ZoneInfo) -> dict[str, datetime]:
    """From the first day's midnight to the end of the last day."""
    if launch is None:
        return {}
    first, last = (launch + timedelta(days=n) for n in (days[0], days[1] + 1))
    return {
        "opens_at": datetime.combine(first, time(), tzinfo=zone),
        "closes_at": datetime.combine(last, time(), tzinfo=zone),
    }


@cache
def _data(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
