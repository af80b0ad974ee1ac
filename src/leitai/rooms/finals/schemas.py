"""What the hall's scripts say as JSON."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field


class ScoreIn(Schema):
    """A juror's marks of one entry, named by its id: of some criteria, or the confirmation."""

    person: int  # whose they are; the browser may have changed hands
    key: UUID  # of the change: sent twice, it is applied once
    entry: int
    order: int  # the version of the running order that was seen
    marks: dict[str, str] = Field(max_length=100)
    seal: bool = False


class SeenIn(Schema):
    person: int
    version: int


class ScoredOut(Schema):
    """The marks as they stand now."""

    entry: int
    marks: dict[str, str]
    total: str | None
    is_sealed: bool


class TurnOut(Schema):
    number: int
    code: str
    title: dict[str, str]
    state: str


class HeatOut(Schema):
    id: int
    stage: str
    number: int
    name: dict[str, str]
    hall: dict[str, str]
    time_zone: str
    starts_at: datetime | None
    state: str
    order: list[TurnOut]


class LotOut(Schema):
    """Everything it takes to draw a lot again; the seed once it is told."""

    number: int
    algorithm: str
    commitment: str
    seed: str
    codes: list[str]
    order: list[str]
    revealed_at: datetime | None


class ResultOut(Schema):
    """The places of a heat as they were told in its hall."""

    number: int
    formula: str
    inputs: str
    rows: list[dict[str, Any]]
    why: str
    at: datetime
