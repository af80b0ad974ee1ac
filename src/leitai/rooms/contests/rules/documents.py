"""An edition as a document: what travels in a file, and no personal data in it."""

from decimal import Decimal
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, AwareDatetime, Field, model_validator

from leitai.rooms.contests.rules.schema import Rule, Rules, Words, up_to

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("unknown_time_zone")
    return ZoneInfo(name).key


class ScenarioDocument(Rule):
    code: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{0,7}$")]
    name: Annotated[Words, up_to(60, 80)]


class OrganisationDocument(Rule):
    """An organisation in its role; the order in the file is the order on the poster."""

    role: Literal[
        "guiding", "host", "supporting", "organising", "co_organising", "overseas", "strategic",
        "media",
    ]  # fmt: skip
    name: Annotated[Words, up_to(120, 160)]
    kind: Literal[
        "company", "fund", "bank", "incubator", "institute", "government", "service"
    ] = "company"  # fmt: skip
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "CN"

    @model_validator(mode="after")
    def has_a_name(self) -> "OrganisationDocument":
        if not (self.name.zh or self.name.en):
            raise ValueError("name_missing")
        return self


class FigureDocument(Rule):
    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    value: Annotated[Decimal, Field(max_digits=18, decimal_places=2)]
    unit: Annotated[str, Field(max_length=20)] = ""
    name: Annotated[Words, up_to(80, 120)]
    definition: Annotated[Words, up_to(240, 300)] = Words()


class ContestDocument(Rule):
    slug: Slug
    name: Annotated[Words, up_to(160, 200)]
    about: Words = Words()
    rules: Rules


class EditionDocument(Rule):
    """One edition with everything that can be set up, and nobody's name in it."""

    leitai: Literal[1] = 1
    slug: Slug
    number: Annotated[int, Field(ge=1, le=999)] = 1
    year: Annotated[int, Field(ge=1900, le=2200)]
    name: Annotated[Words, up_to(160, 200)]
    theme: Annotated[Words, up_to(200, 240)] = Words()
    accent: Annotated[str, Field(pattern=r"^(#[0-9A-Fa-f]{6})?$")] = ""
    about: Words = Words()
    place: Annotated[Words, up_to(80, 120)] = Words()
    time_zone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Shanghai"
    launch_at: AwareDatetime | None = None
    scenarios: tuple[ScenarioDocument, ...] = ()
    organisations: tuple[OrganisationDocument, ...] = ()
    figures: tuple[FigureDocument, ...] = ()
    contests: tuple[ContestDocument, ...] = ()

    @model_validator(mode="after")
    def nothing_twice(self) -> "EditionDocument":
        for keys, code in (
            ([s.code for s in self.scenarios], "scenario_twice"),
            ([f.key for f in self.figures], "figure_twice"),
            ([c.slug for c in self.contests], "contest_twice"),
        ):
            if len(set(keys)) != len(keys):
                raise ValueError(code)
        return self
