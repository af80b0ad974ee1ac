"""Sample entries: which are there, who marked them, and how their marks lie."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from leitai.rooms.jury import rules
from leitai.rooms.jury.models import Juror, Sample, SampleSheet
from leitai.rooms.stages.models import Stage


def samples(stage: Stage) -> QuerySet[Sample]:
    """For organisers, with the sheets of all jurors."""
    return Sample.objects.filter(stage=stage).prefetch_related("sheets").order_by("number")


def samples_of(juror: Juror, stage: Stage) -> list[Sample]:
    """For one juror: each with `mine`, the juror's own sheet or None."""
    own = SampleSheet.objects.filter(juror=juror)
    rows = Sample.objects.filter(stage=stage).prefetch_related(
        Prefetch("sheets", queryset=own, to_attr="own")
    )
    found: list[Any] = list(rows.order_by("number"))
    for sample in found:
        sample.mine = next(iter(sample.own), None)
    return found


def samples_owed(juror: Juror, stage: Stage) -> int:
    """How many samples the juror still has to mark before the own pile opens."""
    if not stage.rule.panel.calibration:
        return 0
    return Sample.objects.filter(stage=stage).exclude(sheets__juror=juror).count()


def feedback(sheet: SampleSheet) -> list[rules.Compared]:
    """The own marks beside the reference, and beside the others' once enough of them marked."""
    others = SampleSheet.objects.filter(sample=sheet.sample_id).exclude(pk=sheet.pk)
    marks = list(others.values_list("marks", flat=True))
    return rules.compare(sheet.marks, sheet.sample.marks, marks)
