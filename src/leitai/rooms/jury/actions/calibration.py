"""Sample entries are written by organisers and marked by jurors; nothing here counts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold
from leitai.rooms.jury import rules
from leitai.rooms.jury.models import Juror, Sample, SampleSheet
from leitai.rooms.stages.models import Stage
from leitai.values.verdict import no


@transaction.atomic
def write_sample(
    *, stage: Stage, number: int, words: Mapping[str, Any], marks: Mapping[str, str], by: Any,
    at: datetime,
) -> Sample:  # fmt: skip
    """`words`: titles, texts, reasons and perhaps the source; a sample may be rewritten until a
    juror has marked it."""
    hold(stage)
    if not 1 <= number <= rules.SAMPLES:
        raise NotPossible(no("samples_full", _("A stage has three sample entries.")))
    missing = {c.code for c in stage.rule.criteria if not c.optional} - marks.keys()
    if missing:
        raise NotPossible(no("marks_missing", _("Every criterion needs a mark first.")))
    sample = Sample.objects.filter(stage=stage, number=number).first()
    if sample is not None:
        require(rules.may_change_sample(marked=sample.sheets.count()))
    sample, _made = Sample.objects.update_or_create(
        stage=stage, number=number, defaults={**words, "marks": dict(marks), "by": by, "at": at}
    )
    journal.write("jury.sample_written", about=sample, by=by, at=at, number=number)
    return sample


@transaction.atomic
def remove_sample(*, sample: Sample, by: Any, at: datetime) -> None:
    hold(sample.stage)
    require(rules.may_change_sample(marked=sample.sheets.count()))
    journal.write("jury.sample_removed", about=sample, by=by, at=at, number=sample.number)
    sample.delete()


@transaction.atomic
def mark_sample(
    *, sample: Sample, juror: Juror, marks: Mapping[str, str], by: Any, at: datetime
) -> SampleSheet:
    """Once, because the reference is shown straight afterwards."""
    hold(juror)
    if juror.contest_id != sample.stage.contest_id:
        raise NotPossible(no("not_here", _("This sample belongs to another contest.")))
    is_done = sample.sheets.filter(juror=juror).exists()
    require(rules.may_hand_in_sample(is_done=is_done, given=marks, wanted=sample.marks))
    sheet = SampleSheet.objects.create(sample=sample, juror=juror, marks=dict(marks), at=at)
    journal.write("jury.sample_marked", about=sheet, by=by, at=at)
    return sheet
