"""The small parts that all rules are made of: codes, words in two languages, windows."""

import unicodedata
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from leitai.values.window import Window

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
EntrantKind = Literal["company", "unregistered", "institute", "overseas"]
JurorKind = Literal["technical", "investor", "demand"]
Layer = Literal["public", "teaser", "confidential"]
FormulaCode = Literal["mean", "drop_high_low", "z_mean", "median"]
Points = Annotated[Decimal, Field(max_digits=8, decimal_places=3)]
ALL_KINDS: tuple[EntrantKind, ...] = ("company", "unregistered", "institute", "overseas")


class Rule(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Rule):
    """The same thing said in both languages; either may be missing."""

    zh: Annotated[str, Field(max_length=2000)] = ""
    en: Annotated[str, Field(max_length=2000)] = ""

    @field_validator("zh", "en")
    @classmethod
    def can_be_printed(cls, text: str) -> str:
        if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t" for c in text):
            raise ValueError("not_printable")
        return text


def up_to(zh: int, en: int) -> AfterValidator:
    def fits(words: Words) -> Words:
        if len(words.zh) > zh or len(words.en) > en:
            raise ValueError("name_too_long")
        return words

    return AfterValidator(fits)


Name = Annotated[Words, up_to(80, 120)]
"""Words that fit a heading, and the columns of a stage."""
Line = Annotated[Words, up_to(300, 400)]


class Span(Rule):
    """A window as it stands in a rule set; an open end is None."""

    opens_at: AwareDatetime | None = None
    closes_at: AwareDatetime | None = None

    @field_validator("opens_at", "closes_at")
    @classmethod
    def in_utc(cls, at: datetime | None) -> datetime | None:
        """So that an instant has one spelling; an hour that a zone repeats in autumn has two."""
        return at.astimezone(UTC) if at else None

    @model_validator(mode="after")
    def runs_forward(self) -> Self:
        if self.opens_at and self.closes_at and self.opens_at >= self.closes_at:
            raise ValueError("closes_before_it_opens")
        return self

    @property
    def window(self) -> Window:
        return Window(self.opens_at, self.closes_at)
