"""Pages about one contest: its desk of rules, versions, preview, and the rules for everybody."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation.doors import admit, public
from leitai.rooms.contests import actions, permissions, queries
from leitai.rooms.contests.forms import ContestForm
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import StageRule, preview
from leitai.rooms.contests.rules.diff import differences
from leitai.rooms.contests.rules.printing import printed

DEEDS = {
    "publish": actions.publish_contest,
    "unpublish": actions.unpublish_contest,
    "archive": actions.archive_contest,
}


@public
def rules(request: HttpRequest, edition: str, contest: str) -> HttpResponse:
    """The rules in force, as plain sentences."""
    held = get_object_or_404(
        Contest.objects.select_related("edition", "ruleset"), edition__slug=edition, slug=contest
    )
    admit(request, permissions.read_contest, held)
    context = {
        "contest": held,
        "sections": printed(held.rules, time_zone=held.edition.time_zone),
        "versions": held.rulesets.all(),
    }
    return render(request, "contests/rules.html", context)


def desk(request: HttpRequest, contest_id: int) -> HttpResponse:
    """Where the contest is set up: its rules in words, and what can be changed."""
    contest = _contest(contest_id)
    admit(request, permissions.oversee, contest)
    at_work, revision = queries.rules_at_work(contest)
    zone = contest.edition.time_zone
    context = {
        "contest": contest,
        "rules": contest.rules,
        "sections": printed(contest.rules, time_zone=zone),
        "changes": differences(contest.rules, at_work, time_zone=zone) if revision else [],
        "revision": revision,
        "may_organise": permissions.organise(request.user, contest),
        "may_be_public": contest.may_be_public(),
    }
    return render(request, "contests/desk.html", context)


def basics(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = _contest(contest_id)
    admit(request, permissions.organise, contest)
    form = ContestForm(request.POST or None, instance=contest)
    if form.is_valid():
        actions.change_contest(
            contest=_contest(contest_id), **form.cleaned_data, by=request.user, at=request.at
        )
        messages.success(request, _("Saved."))
        return redirect("contests:desk", contest_id)
    context = {
        "form": form,
        "heading": _("Name and description"),
        "cancel_url": redirect("contests:desk", contest_id).url,
    }
    return render(request, "site/form/page.html", context, status=422 if form.errors else 200)


@require_POST
def publication(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = _contest(contest_id)
    admit(request, permissions.organise, contest)
    deed = DEEDS.get(request.POST.get("do", ""))
    if deed:
        deed(contest=contest, by=request.user, at=request.at)
    return redirect("contests:desk", contest_id)


def versions(request: HttpRequest, contest_id: int) -> HttpResponse:
    """Every version of the rules, each with what it changed."""
    contest = _contest(contest_id)
    admit(request, permissions.oversee, contest)
    kept = list(contest.rulesets.select_related("made_by"))
    zone = contest.edition.time_zone
    told = [
        {
            "ruleset": new,
            "changes": differences(old.rules, new.rules, time_zone=zone) if old else [],
        }
        for new, old in zip(kept, [*kept[1:], None])
    ]
    return render(request, "contests/versions.html", {"contest": contest, "versions": told})


def trial(request: HttpRequest, contest_id: int, code: str) -> HttpResponse:
    """A stage's rules tried on sample scores; nothing is kept."""
    contest = _contest(contest_id)
    admit(request, permissions.oversee, contest)
    at_work, revision = queries.rules_at_work(contest)
    stage = next((s for s in at_work.stages if s.code == code), None)
    if stage is None:
        raise Http404
    seed = _whole(request.GET.get("seed"), 1)
    groups = list(contest.edition.scenarios.values_list("code", flat=True)[:3])
    sample = preview.sample(stage, groups=groups, seed=seed)
    if request.method == "POST":
        sample = _sample(request.POST, sample)
    context = {
        "contest": contest,
        "stages": at_work.stages,
        "stage": stage,
        "is_draft": bool(revision),
        "seed": seed,
        "sample": sample,
        "tie_marks": _tie_marks(stage),
        "result": preview.run(stage, sample, seed=f"{contest.pk}:{code}"),
    }
    part = "#result" if request.headers.get("HX-Request") else ""
    return render(request, f"contests/preview.html{part}", context)


def _tie_marks(stage: StageRule) -> list[Any]:
    named = {key.removeprefix("criterion:") for key in stage.tie_breaks}
    return [c for c in stage.criteria if c.code in named]


def _sample(data: QueryDict, default: preview.Sample) -> preview.Sample:
    """What was typed into the table; what is no number counts as not given."""
    entries = tuple(
        preview.SampleEntry(
            name=entry.name,
            group=data.get(f"group-{n}", entry.group)[:8],
            totals=tuple(_number(data.get(f"t-{n}-{j}")) for j in range(len(entry.totals))),
            marks={code: _number(data.get(f"m-{n}-{code}")) or Decimal(0) for code in entry.marks},
        )
        for n, entry in enumerate(default.entries)
    )
    return preview.Sample(
        entries=entries,
        places=_whole(data.get("places"), default.places),
        reserves=_whole(data.get("reserves"), default.reserves),
        floor=_whole(data.get("floor"), default.floor),
    )


def _number(text: str | None) -> Decimal | None:
    try:
        number = Decimal((text or "").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**6 else None


def _whole(text: str | None, default: int) -> int:
    return min(int(text), 10**6) if text and text.isascii() and text.isdigit() else default


def _contest(contest_id: int) -> Contest:
    return get_object_or_404(
        Contest.objects.select_related("edition", "ruleset", "rule_draft"), pk=contest_id
    )
