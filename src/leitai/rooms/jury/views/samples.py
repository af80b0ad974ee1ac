"""Sample entries: written by organisers, marked by jurors, who then see how their marks lie."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation.doors import admit
from leitai.foundation.words import choose
from leitai.rooms.jury import actions, permissions, queries, rules
from leitai.rooms.jury.forms import SampleForm, SampleMarks
from leitai.rooms.jury.models import Juror, Sample, SampleSheet
from leitai.rooms.jury.views.draws import stage_of
from leitai.rooms.jury.views.jurors import juror_of
from leitai.rooms.stages.models import Participation, Stage
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import HANDED_IN


def samples(request: HttpRequest, stage_id: int) -> HttpResponse:
    """The three samples of a stage, with how many jurors have marked each."""
    stage = stage_of(stage_id)
    admit(request, permissions.rule_jury, stage.contest)
    there = {sample.number: sample for sample in queries.samples(stage)}
    context = {
        "stage": stage, "contest": stage.contest,
        "slots": [(n, there.get(n)) for n in range(1, rules.SAMPLES + 1)],
    }  # fmt: skip
    return render(request, "jury/samples.html", context)


def sample(request: HttpRequest, stage_id: int, number: int) -> HttpResponse:
    """Write one, or begin with the words of an entry that does not take part in the stage."""
    stage = stage_of(stage_id)
    admit(request, permissions.rule_jury, stage.contest)
    there = Sample.objects.filter(stage=stage, number=number).first()
    source = _source(stage, request.GET.get("entry", "").strip())
    form = SampleForm(request.POST or None, stage=stage, initial=_begun(there, source))
    if form.is_valid():
        source = _source(stage, request.POST.get("entry", "").strip())
        words = form.words() | ({"source": source} if source else {})
        actions.write_sample(
            stage=stage, number=number, words=words, marks=form.marks(), by=request.user,
            at=request.at,
        )  # fmt: skip
        messages.success(request, _("Saved."))
        return redirect("jury:samples", stage.pk)
    context = {
        "stage": stage, "contest": stage.contest, "number": number, "form": form,
        "sample": there, "source": source, "asked": request.GET.get("entry", ""),
        "lines": list(form.lines()),
    }  # fmt: skip
    return render(request, "jury/sample.html", context, status=422 if form.is_bound else 200)


@require_POST
def sample_removal(request: HttpRequest, pk: int) -> HttpResponse:
    known = Sample.objects.select_related("stage__contest__edition")
    sample = get_object_or_404(known, pk=pk)
    admit(request, permissions.rule_jury, sample.stage.contest)
    actions.remove_sample(sample=sample, by=request.user, at=request.at)
    messages.success(request, _("The sample is taken away."))
    return redirect("jury:samples", sample.stage_id)


def samples_to_mark(request: HttpRequest, pk: int, stage_id: int) -> HttpResponse:
    """The juror's samples of a stage, done and still to do."""
    juror, stage = _place(request, pk, stage_id)
    mine = queries.samples_of(juror, stage)
    context = {
        "juror": juror, "stage": stage, "contest": stage.contest, "samples": mine,
        "is_done": all(sample.mine for sample in mine),
    }  # fmt: skip
    return render(request, "jury/samples_to_mark.html", context)


def sample_sheet(request: HttpRequest, pk: int, stage_id: int, number: int) -> HttpResponse:
    """One sample beside its marks; once marked, beside the reference and the others."""
    juror, stage = _place(request, pk, stage_id)
    sample = get_object_or_404(Sample.objects.filter(stage=stage), number=number)
    done = SampleSheet.objects.filter(sample=sample, juror=juror).first()
    form = None if done else SampleMarks(request.POST or None, stage=stage)
    if form is not None and form.is_valid():
        actions.mark_sample(
            sample=sample, juror=juror, marks=form.marks(), by=request.user, at=request.at
        )
        return redirect("jury:sample_sheet", juror.pk, stage.pk, number)
    context = {
        "juror": juror, "stage": stage, "contest": stage.contest, "sample": sample,
        "form": form, "done": done, "lines": _compared(done, stage) if done else [],
        "others": sample.sheets.exclude(juror=juror).count(),
        "others_from": rules.OTHERS_FROM,
        "after": next((s for s in queries.samples_of(juror, stage) if not s.mine), None),
    }  # fmt: skip
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "jury/sample_sheet.html", context, status=status)


def _place(request: HttpRequest, pk: int, stage_id: int) -> tuple[Juror, Stage]:
    juror = juror_of(pk)
    admit(request, permissions.be_juror, juror)
    return juror, get_object_or_404(juror.contest.stages.all(), pk=stage_id)


def _source(stage: Stage, code: str) -> Entry | None:
    """An entry of the programme, handed in, that no juror of this stage will meet."""
    if not code:
        return None
    here = Participation.objects.filter(stage__contest=stage.contest_id).values("entry")
    programme = Q(contest__edition__programme=stage.contest.edition.programme_id)
    there = Entry.objects.filter(programme, code__iexact=code, state__in=HANDED_IN)
    return there.exclude(contest=stage.contest_id).exclude(pk__in=here).order_by("-pk").first()


def _begun(there: Sample | None, source: Entry | None) -> dict[str, Any]:
    if source is not None:
        names = ("title_zh", "title_en")
        lines = {"text_zh": source.line_zh, "text_en": source.line_en}
        return {name: getattr(source, name) for name in names} | lines
    if there is None:
        return {}
    told = {name: getattr(there, name) for name in ("title_zh", "title_en", "text_zh", "text_en")}
    told |= {f"mark-{code}": mark for code, mark in there.marks.items()}
    told |= {f"why-zh-{code}": words for code, words in there.reasons_zh.items()}
    return told | {f"why-en-{code}": words for code, words in there.reasons_en.items()}


def _compared(done: SampleSheet, stage: Stage) -> list[tuple[str, rules.Compared, str]]:
    """In the order of the score sheet."""
    zh, en = done.sample.reasons_zh, done.sample.reasons_en
    told = {line.criterion: line for line in queries.feedback(done)}
    return [
        (c.name, told[c.code], choose(zh.get(c.code, ""), en.get(c.code, "")))
        for c in stage.criteria.all()
        if c.code in told
    ]
