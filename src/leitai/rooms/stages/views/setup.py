"""Pages that make contests together with their stages: from a preset, a file, last year."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from leitai.foundation.doors import admit
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Edition, Programme
from leitai.rooms.contests.rules import yamls
from leitai.rooms.contests.rules.documents import EditionDocument
from leitai.rooms.stages import actions
from leitai.rooms.stages.forms import CopyForm, ImportForm, NewContestForm


def new_contest(request: HttpRequest, slug: str) -> HttpResponse:
    edition = get_object_or_404(Edition, slug=slug)
    admit(request, contests.organise_edition, edition)
    form = NewContestForm(request.POST or None)
    if form.is_valid():
        try:
            contest = actions.open_contest(
                edition=edition, **form.cleaned_data, by=request.user, at=request.at
            )
            messages.success(request, _("Here it is. Read its rules, then change what differs."))
            return redirect("contests:desk", contest.pk)
        except NotPossible as refusal:
            form.add_error("slug", str(refusal.verdict.reason))
    context = {"edition": edition, "form": form}
    return render(request, "stages/new_contest.html", context, status=_status(form))


def copy(request: HttpRequest, slug: str) -> HttpResponse:
    edition = get_object_or_404(Edition.objects.select_related("programme"), slug=slug)
    admit(request, contests.organise_edition, edition)
    form = CopyForm(request.POST or None, initial={"slug": _next_slug(edition)})
    if form.is_valid():
        try:
            copied = actions.copy_edition(
                edition=edition, slug=form.cleaned_data["slug"], by=request.user, at=request.at
            )
            messages.success(request, _("Copied. All windows are 364 days later; please check."))
            return redirect("contests:edition", copied.slug)
        except NotPossible as refusal:
            form.add_error("slug", str(refusal.verdict.reason))
    context = {
        "form": form,
        "heading": _("Copy as next year's edition"),
        "lead": _(
            "Rules, forms, rubrics, scenarios and organisations come along; every window moves by "
            "364 days, to the same weekday. No entries and no people but you."
        ),
        "submit": _("Copy"),
        "cancel_url": redirect("contests:edition", slug).url,
    }
    return render(request, "site/form/page.html", context, status=_status(form))


def bring_in(request: HttpRequest, programme: str) -> HttpResponse:
    """An edition from a YAML file; all or nothing, and every problem with its line."""
    held = get_object_or_404(Programme, slug=programme)
    admit(request, contests.found_edition, held)
    form = ImportForm(request.POST or None, request.FILES or None)
    problems: list[Any] = []
    if form.is_valid():
        try:
            content = form.cleaned_data["file"].read(yamls.MAX_BYTES + 1)
            edition = actions.import_edition(
                programme=held, document=yamls.load(content, EditionDocument),
                slug=form.cleaned_data["slug"], by=request.user, at=request.at,
            )  # fmt: skip
            messages.success(request, _("The edition is here, as a draft."))
            return redirect("contests:edition", edition.slug)
        except yamls.Unreadable as refusal:
            problems = refusal.problems
        except NotPossible as refusal:
            form.add_error("slug", str(refusal.verdict.reason))
    context = {"programme": held, "form": form, "problems": problems}
    status = 422 if problems else _status(form)
    return render(request, "stages/import.html", context, status=status)


def _next_slug(edition: Edition) -> str:
    stem, _dash, last = edition.slug.rpartition("-")
    return f"{stem}-{int(last) + 1}" if stem and last.isdigit() else f"{edition.slug}-next"[:40]


def _status(form: Any) -> int:
    return 422 if form.errors else 200
