"""The criteria of a sheet as its form shows them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from leitai.foundation.words import choose
from leitai.rooms.jury import rules
from leitai.rooms.jury.models import Sheet
from leitai.rooms.stages.models import Criterion


@dataclass(frozen=True, kw_only=True)
class Band:
    low: str
    high: str
    text: str
    checked: bool
    key: int


@dataclass(frozen=True, kw_only=True)
class Line:
    """One criterion as the form shows it."""

    criterion: Criterion
    value: str
    evidence: str
    bands: tuple[Band, ...]
    weight: str  # what a mark adds to the running total
    low: str
    high: str
    step: str
    is_optional: bool

    @property
    def anchor(self) -> str:
        """What the best mark stands for: the prompt where the rules ask for no evidence."""
        return self.bands[-1].text if self.bands else ""


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A reason as a box to tick."""

    code: str
    name: str
    is_on: bool


def ticks_of(sheet: Sheet, said: dict[str, str]) -> list[tuple[str, list[Tick]]]:
    """What may be ticked: what is strong, then what is weak; a contest may have none."""
    rule = sheet.stage.contest.rules.jury
    heads = ((_("What is strong"), rule.strengths), (_("What is weak"), rule.weaknesses))
    return [(str(head), ticks(sheet, tags, said)) for head, tags in heads if tags]


def ticks(sheet: Sheet, tags: Collection[rules.Tag], said: dict[str, str]) -> list[Tick]:
    on = {code for code, _words in tags if said.get(f"tag-{code}")} if said else sheet.tags
    return [
        Tick(code=code, name=choose(words.zh, words.en) or code, is_on=code in on)
        for code, words in tags
    ]


def lines_of(sheet: Sheet, said: dict[str, str]) -> list[Line]:
    criteria = list(sheet.stage.criteria.all())
    marks = {mark.criterion_id: mark for mark in sheet.marks.all()}
    whole = sum((c.weight for c in criteria), Decimal(0))
    is_sum = sheet.stage.rule.total == "sum"
    optional = {c.code for c in sheet.stage.rule.criteria if c.optional}
    lines = []
    for criterion in criteria:
        mark = marks.get(criterion.pk)
        kept = rules.plain(mark.value) if mark and mark.value is not None else ""
        value = said.get(f"mark-{criterion.code}", kept)
        lines.append(
            Line(
                criterion=criterion,
                value=value,
                evidence=said.get(f"evidence-{criterion.code}", mark.evidence if mark else ""),
                bands=tuple(_bands(criterion, value)),
                weight="1" if is_sum else str(criterion.weight / whole),
                low=rules.plain(criterion.low),
                high=rules.plain(criterion.high),
                step=rules.plain(criterion.step),
                is_optional=criterion.code in optional,
            )
        )
    return lines


def _bands(criterion: Criterion, value: str) -> Iterator[Band]:
    mark = rules.read_mark(value, criterion.scale())
    for key, band in enumerate(criterion.bands, start=1):
        low, high = Decimal(str(band["low"])), Decimal(str(band["high"]))
        is_in = isinstance(mark, Decimal) and low <= mark <= high
        words = choose(band["text"].get("zh", ""), band["text"].get("en", ""))
        ends = {"low": rules.plain(low), "high": rules.plain(high)}
        yield Band(text=words, checked=is_in, key=key, **ends)
