"""What the sheets of a stage say about its jurors: for organisers, never a verdict."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from leitai.algorithms import calibration
from leitai.algorithms.calibration import Copy, JurorLine, Review
from leitai.foundation.near import kept
from leitai.rooms.jury.models import Juror, Sheet
from leitai.rooms.jury.queries.marks import marks, stamp
from leitai.rooms.stages.models import Participation, Stage

PLAIN = {"as_usual", "too_few_to_tell"}
"""Notes that say there is nothing to look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JuryReport:
    """Without the draws it was made of, so that it can be kept."""

    lines: tuple[JurorLine, ...]
    copies: tuple[Copy, ...]
    severity_spread: float  # how much jurors differ, in marks
    unit: float  # how far an entry's own quality moves a mark

    def of(self, juror: int) -> JurorLine | None:
        return next((line for line in self.lines if line.juror == juror), None)


def jury_report(stage: Stage) -> JuryReport:
    """Kept as long as no mark and no rule changes."""
    told = f"{stamp(stage)} {stage.rule.model_dump_json()}"
    return kept(f"jury-report-{stage.pk}", told, lambda: _made(stage))


def stands_out(line: JurorLine) -> bool:
    return any(note.code not in PLAIN for note in line.notes)


def named(stage: Stage, jurors: Iterable[Any]) -> dict[int, Juror]:
    """Those jurors with what a report tells of them: name and kind."""
    rows = Juror.objects.filter(contest=stage.contest_id).only("name", "kind")
    return rows.in_bulk({int(juror) for juror in jurors})


def names(stage: Stage) -> dict[int, str]:
    return dict(Juror.objects.filter(contest=stage.contest_id).values_list("pk", "name"))


def _made(stage: Stage) -> JuryReport:
    reviews = _reviews(stage)
    if not reviews:
        return JuryReport(lines=(), copies=(), severity_spread=0.0, unit=0.0)
    seed = stage.pk  # any will do, as long as it stays
    made = calibration.report(reviews, better=stage.rule.direction, seed=seed)
    return JuryReport(
        lines=made.jurors,
        copies=made.copies,
        severity_spread=float(made.calibration.severity_spread.value),
        unit=made.calibration.unit,
    )


def _reviews(stage: Stage) -> list[Review]:
    """Three queries, whatever the size; entries go by their codes, so that words can name them."""
    here = Participation.objects.filter(stage=stage).values_list("entry", "entry__code")
    codes = dict(here)
    said = dict(
        Sheet.objects.sealed().filter(stage=stage).exclude(comment="").values_list("pk", "comment")
    )
    order = [c.code for c in stage.rule.criteria]
    return [
        Review(
            entry=codes[s.entry], juror=s.juror, score=s.total, at=s.sealed_at,
            marks=tuple(s.marks[code] for code in order if code in s.marks),
            comment=said.get(s.sheet, ""),
        )
        for s in marks(stage)
    ]  # fmt: skip
