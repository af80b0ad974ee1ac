"""What entrants tell: the part of a rule set that makes the entry form."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from leitai.rooms.contests.rules.basics import (
    ALL_KINDS,
    Code,
    EntrantKind,
    Layer,
    Line,
    Name,
    Rule,
    Span,
    Words,
)


class FieldRule(Rule):
    """One question of the entry form."""

    key: Code
    label: Line
    hint: Line = Words()
    kind: Literal[
        "line",
        "text",
        "number",
        "money",
        "date",
        "choice",
        "choices",
        "yes_no",
        "scenario",
        "country",
        "tags",
        "file",
    ] = "line"
    required: bool = False  # at hand-in; a draft may always be unfinished
    max_length: Annotated[int, Field(ge=1, le=20000)] = 200
    options: tuple[tuple[Code, Line], ...] = ()
    layer: Layer = "confidential"
    entrants: tuple[EntrantKind, ...] = ALL_KINDS
    optional_for: tuple[EntrantKind, ...] = ()  # may leave a required question blank
    max_mb: Annotated[int, Field(ge=1, le=200)] = 30
    accept: tuple[str, ...] = ()  # kinds of file

    def is_required_of(self, kind: str) -> bool:
        return self.required and kind in self.entrants and kind not in self.optional_for


class StepRule(Rule):
    """One page of the entry form."""

    code: Code
    name: Name
    fields: tuple[FieldRule, ...] = ()


class EntryRule(Rule):
    """Who may enter, when, and what they tell."""

    span: Span = Span()
    kinds: tuple[EntrantKind, ...] = ALL_KINDS
    team_min: Annotated[int, Field(ge=1)] = 1
    team_max: Annotated[int, Field(ge=1)] = 15
    answers_max: Annotated[int, Field(ge=0)] = 3  # demands one entry may answer
    target: Annotated[int, Field(ge=0)] = 0
    resubmit_days: Annotated[int, Field(ge=1)] = 5
    steps: tuple[StepRule, ...] = ()

    @model_validator(mode="after")
    def keys_differ(self) -> Self:
        keys = [f.key for s in self.steps for f in s.fields]
        if len(set(keys)) != len(keys):
            raise ValueError("field_twice")
        if self.team_min > self.team_max:
            raise ValueError("team_min_above_max")
        return self
