"""Pages where stages are watched and run."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leitai.foundation import keyset
from leitai.foundation.doors import admit
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.permissions import organise
from leitai.rooms.stages import actions, permissions, queries
from leitai.rooms.stages.forms import ExtendForm, TakeOutForm
from leitai.rooms.stages.models import Stage
from leitai.rooms.submissions.models import Entry


def overview(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = get_object_or_404(Contest.objects.select_related("edition"), pk=contest_id)
    admit(request, permissions.read_stages, contest)
    stages = queries.stages_with_counts(contest)
    context = {
        "contest": contest,
        "stages": [
            {
                "stage": stage,
                "may_open": stage.may_open(request.at),
                "may_close": stage.may_close(),
                "is_over": stage.window.is_over(request.at),
                "is_marking": stage.is_marking(request.at),
            }
            for stage in stages
        ],
        "waiting": queries.waiting_outside(stages[0]) if stages else 0,
        "may_run": organise(request.user, contest),
    }
    return render(request, "stages/overview.html", context)


def participants(request: HttpRequest, pk: int) -> HttpResponse:
    stage = _stage(pk)
    admit(request, permissions.read_stages, stage.contest)
    page = keyset.page(
        queries.participants(stage).select_related("scenario"), by=("id",),
        cursor=request.GET.get("at", ""),
    )  # fmt: skip
    context = {
        "contest": stage.contest,
        "stage": stage,
        "page": page,
        "earlier": f"?at={page.earlier}" if page.earlier else "",
        "later": f"?at={page.later}" if page.later else "",
        "total": queries.participants(stage).count(),
        "may_run": permissions.run_stage(request.user, stage),
        "form": TakeOutForm(),
    }
    return render(request, "stages/participants.html", context)


@require_POST
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    stage = _stage(pk)
    admit(request, permissions.run_stage, stage)
    actions.open_stage(stage=stage, by=request.user, at=request.at)
    messages.success(request, _("Open. Its rules stand from now on."))
    return redirect("stages:overview", stage.contest_id)


@require_POST
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    stage = _stage(pk)
    admit(request, permissions.run_stage, stage)
    actions.close_stage(stage=stage, by=request.user, at=request.at)
    return redirect("stages:overview", stage.contest_id)


def extension(request: HttpRequest, pk: int) -> HttpResponse:
    stage = _stage(pk)
    admit(request, permissions.run_stage, stage)
    form = ExtendForm(request.POST or None, stage=stage)
    if form.is_valid():
        actions.extend_window(stage=stage, **form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, _("The window is longer; the reason stands beside the rules."))
        return redirect("stages:overview", stage.contest_id)
    context = {
        "form": form,
        "heading": _("Extend the window of “{stage}”").format(stage=stage.name),
        "lead": _("It can only become longer. This makes a new version of the rules."),
        "submit": _("Extend"),
        "cancel_url": redirect("stages:overview", stage.contest_id).url,
    }
    return render(request, "site/form/page.html", context, status=422 if form.errors else 200)


@require_POST
def let_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Every valid entry; the first stage's own way in."""
    stage = _stage(pk)
    admit(request, permissions.run_stage, stage)
    count = actions.let_in_all_accepted(stage=stage, by=request.user, at=request.at)
    text = ngettext("{n} entry was let in.", "{n} entries were let in.", count)
    messages.success(request, text.format(n=count))
    return redirect("stages:overview", stage.contest_id)


@require_POST
def take_out(request: HttpRequest, pk: int, entry_id: int) -> HttpResponse:
    stage = _stage(pk)
    admit(request, permissions.run_stage, stage)
    entry = get_object_or_404(Entry, pk=entry_id, contest=stage.contest_id)
    actions.take_out(
        stage=stage, entry=entry, reason=request.POST.get("reason", "")[:300],
        by=request.user, at=request.at,
    )  # fmt: skip
    return redirect("stages:participants", pk)


def _stage(pk: int) -> Stage:
    return get_object_or_404(Stage.objects.select_related("contest__edition"), pk=pk)
