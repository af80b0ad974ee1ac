"""A contest's rule set as data: everything that differs between two real contests is a field here.

Frozen values, checked when they are made; a rule set is stored as JSON, exported as YAML, printed
as text, and never changed: a change is a new version.
"""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from leitai.rooms.contests.rules.basics import (
    Code,
    FormulaCode,
    JurorKind,
    Line,
    Name,
    Points,
    Rule,
    Span,
    Words,
    up_to,
)
from leitai.rooms.contests.rules.entering import EntryRule, FieldRule, StepRule
from leitai.rooms.contests.rules.tags import STRENGTHS, WEAKNESSES, Tags
from leitai.values.score import Scale

__all__ = [
    "FieldRule",
    "Rule",
    "Span",
    "StepRule",
    "Words",
    "up_to",
]  # named here as well: they are part of the schema


class BandRule(Rule):
    """An anchored stretch of a criterion's scale: what deserves these marks."""

    low: Points
    high: Points
    text: Words


class CriterionRule(Rule):
    """One thing the jury marks, with its anchors and the evidence it asks for.

    `weight` counts only when the stage's total is a weighted mean.
    """

    code: Code
    name: Name
    low: Points = Decimal(0)
    high: Points
    step: Points = Decimal(1)
    weight: Annotated[Points, Field(ge=0)] = Decimal(1)
    optional: bool = False  # may be left blank; the mean is then of the other marks
    bands: tuple[BandRule, ...] = ()
    evidence: Line = Words()

    @model_validator(mode="after")
    def has_a_scale(self) -> Self:
        if self.low >= self.high or self.step <= 0 or (self.high - self.low) % self.step:
            raise ValueError("scale_does_not_fit")
        if any(b.low > b.high or b.low < self.low or b.high > self.high for b in self.bands):
            raise ValueError("band_outside_scale")
        return self


class PanelRule(Rule):
    """Who marks each entry: how many jurors, of which kinds, with which loads."""

    per_entry: Annotated[int, Field(ge=1, le=50)] = 3
    mix: dict[JurorKind, Annotated[int, Field(ge=0)]] = {}  # at least so many of a kind
    load_min: Annotated[int, Field(ge=0)] = 0
    load_max: Annotated[int, Field(ge=1)] = 70
    one_per_organisation: bool = True
    blind: bool = False  # jurors see no names of people and organisations
    calibration: bool = False  # jurors mark the sample entries before their own

    @model_validator(mode="after")
    def mix_fits(self) -> Self:
        if sum(self.mix.values()) > self.per_entry:
            raise ValueError("mix_larger_than_panel")
        if self.load_min > self.load_max:
            raise ValueError("load_min_above_max")
        return self


class QuotaRule(Rule):
    """How many go on: `total` places, split over groups by floor and largest remainder."""

    total: Annotated[int, Field(ge=0)] = 0  # 0: nobody is cut here
    reserves: Annotated[int, Field(ge=0)] = 0
    by: Literal["", "scenario", "heat"] = ""  # heat: one room of a live stage
    floor: Annotated[int, Field(ge=0)] = 0  # each group's least, as far as it has candidates
    # best: wild cards, whatever the group; open: wild cards that are settled between heats
    rest: Literal["proportional", "best", "open"] = "proportional"


class LiveRule(Rule):
    """A pitch on stage."""

    pitch_minutes: Annotated[int, Field(ge=1)] = 8
    questions_minutes: Annotated[int, Field(ge=0)] = 7
    order: Literal["lot", "list"] = "lot"
    shown: Literal["on_the_spot", "after_close"] = "on_the_spot"
    rooms: Annotated[int, Field(ge=1, le=200)] = 1
    filmed: bool = False


class StageRule(Rule):
    """A round: window, panel, criteria, formula, tie-breaks and how many go on."""

    code: Code
    name: Name
    kind: Literal["paper", "live"] = "paper"
    span: Span = Span()
    panel: PanelRule = PanelRule()
    criteria: Annotated[tuple[CriterionRule, ...], Field(min_length=1)]
    direction: Literal["up", "down"] = "up"  # down: low marks are good
    total: Literal["sum", "weighted_mean"] = "sum"
    formula: FormulaCode = "mean"
    places: Annotated[int, Field(ge=0, le=4)] = 2
    min_sheets_for_z: Annotated[int, Field(ge=2)] = 8
    tie_breaks: tuple[str, ...] = ()  # of TIE_BREAKS, or criterion:<code>
    quota: QuotaRule = QuotaRule()
    publish_days: Annotated[int, Field(ge=0, le=90)] = 0  # working days until on the site; 0: open
    band_factor: Annotated[Points, Field(ge=0)] = Decimal(
        0
    )  # second look for the first quota x factor ranks; 0: none
    range_flag: Annotated[Points, Field(ge=0)] = Decimal(
        0
    )  # flag entries whose totals differ by this much; 0: none
    carries_over: bool = False
    live: LiveRule | None = None

    @model_validator(mode="after")
    def holds_together(self) -> Self:
        codes = [c.code for c in self.criteria]
        if len(set(codes)) != len(codes):
            raise ValueError("criterion_twice")
        known = {f"criterion:{c}" for c in codes} | TIE_BREAKS
        if set(self.tie_breaks) - known:
            raise ValueError("unknown_tie_break")
        if self.total == "weighted_mean" and not sum(c.weight for c in self.criteria):
            raise ValueError("no_weight_at_all")
        has_blanks = any(c.optional for c in self.criteria)
        weighed = any(c.weight and not c.optional for c in self.criteria)
        if has_blanks and (self.total == "sum" or not weighed):
            raise ValueError("blank_does_not_fit")
        return self

    def scale(self, criterion: CriterionRule) -> Scale:
        return Scale(criterion.low, criterion.high, criterion.step, self.direction)


TIE_BREAKS = frozenset(
    {"untrimmed_mean", "best_mark", "worst_mark", "handed_in_first", "lot", "chair"}
)


class JuryRule(Rule):
    """What holds for the jury of all stages."""

    names_published: bool = False  # teams see who is on the jury, and may object
    objections_max: Annotated[int, Field(ge=0, le=5)] = 2
    conflict_years: Annotated[int, Field(ge=0, le=20)] = 3  # ties that ended earlier are over
    reopening_second: Literal["either", "organiser", "supervisor"] = "either"  # confirms it
    strengths: Annotated[Tags, Field(max_length=20)] = STRENGTHS  # ticked beside the comment
    weaknesses: Annotated[Tags, Field(max_length=20)] = WEAKNESSES

    @model_validator(mode="after")
    def tags_differ(self) -> Self:
        codes = [code for code, _words in (*self.strengths, *self.weaknesses)]
        if len(set(codes)) != len(codes):
            raise ValueError("tag_twice")
        return self


class AppealRule(Rule):
    """Who hears an objection to a published result, and how many working days each step has."""

    reply_days: Annotated[int, Field(ge=1, le=60)] = 2  # until it is taken up or refused
    evidence_days: Annotated[int, Field(ge=1, le=60)] = 3  # for evidence that is asked for
    statement_days: Annotated[int, Field(ge=1, le=60)] = 3  # for the team to be heard
    decision_days: Annotated[int, Field(ge=1, le=120)] = 10  # from the day it is taken up
    letter_days: Annotated[int, Field(ge=1, le=60)] = 2  # from the decision to the answer
    panel_size: Annotated[int, Field(ge=1, le=15)] = 3
    outsiders_only: bool = True  # nobody sits who works for the contest


class NoticeRule(Rule):
    """The public notice after a result."""

    days: Annotated[int, Field(ge=0)] = 5
    working_days: bool = True
    mask_names: bool = True
    appeals: AppealRule = AppealRule()


class FeedbackRule(Rule):
    """What every team is told of its marks once a result is public."""

    own_means: bool = True  # the mean of its own marks, criterion by criterion
    in_bands: bool = True  # where it stands in the field, in coarse words
    least_group: Annotated[int, Field(ge=20)] = 20  # no bands in a smaller field


class DecisionRule(Rule):
    """How the committee decides, the special places it may give, and what the chosen do then."""

    signatures: Annotated[int, Field(ge=1, le=20)] = 2  # of people who were present, untied
    accept_days: Annotated[int, Field(ge=0, le=60)] = 0  # to accept a place; 0: nobody is asked
    nominations: Annotated[int, Field(ge=0, le=1)] = 0  # by owners of demands, in the whole contest
    wild_cards: Annotated[int, Field(ge=0, le=50)] = 0  # by the committee, at each stage
    direct_entries: Annotated[int, Field(ge=0, le=50)] = 0  # earlier winners, in the whole contest


class AwardRule(Rule):
    code: Code
    name: Name
    count: Annotated[int, Field(ge=0)] = 1
    object: Literal["team", "project", "solution"] = "project"
    per_scenario: bool = False  # so many in each scenario
    named: bool = False  # by the committee, beside any award by place


class Rules(Rule):
    """The whole rule set of one contest."""

    preset: str = ""
    compliance: Literal["standard", "union-2026"] = "standard"
    entry: EntryRule = EntryRule()
    stages: Annotated[tuple[StageRule, ...], Field(min_length=1)]
    jury: JuryRule = JuryRule()
    decision: DecisionRule = DecisionRule()
    notice: NoticeRule = NoticeRule()
    feedback: FeedbackRule = FeedbackRule()
    diligence_percent: Annotated[int, Field(ge=0, le=100)] = 0  # of those in line for a prize
    awards: tuple[AwardRule, ...] = ()

    @model_validator(mode="after")
    def stages_differ(self) -> Self:
        codes = [s.code for s in self.stages]
        if len(set(codes)) != len(codes):
            raise ValueError("stage_twice")
        return self

    def stage(self, code: str) -> StageRule:
        return next(s for s in self.stages if s.code == code)
