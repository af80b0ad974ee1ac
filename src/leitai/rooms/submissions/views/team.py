"""The team's own pages: begin, where the entry stands, hand in, withdraw."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leitai.foundation.doors import admit
from leitai.foundation.refusals import NotFound, NotPossible
from leitai.foundation.verdicts import HIDDEN
from leitai.foundation.words import choose
from leitai.rooms.contests.models import Contest
from leitai.rooms.submissions import actions, forms, permissions, queries, rules
from leitai.rooms.submissions.models import Entry, Member, Version


def entry_at(pk: int) -> Entry:
    """With its team, which permissions ask of; `whole` loads the rest for who is let in. Whoever
    is not must not find by the clock that the entry is there."""
    rows = Entry.objects.select_related("contest__edition", "contest__ruleset", "scenario")
    team = Prefetch("members", Member.objects.select_related("user"))
    return get_object_or_404(rows.prefetch_related(team), pk=pk)


def whole(entry: Entry) -> Entry:
    """With all that the team's pages ask of it, in few queries."""
    prefetch_related_objects([entry], "attachments__file", "answers__demand__owner")
    return entry


def contest_at(edition: str, contest: str) -> Contest:
    rows = Contest.objects.select_related("edition", "ruleset")
    return get_object_or_404(rows, edition__slug=edition, slug=contest)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Every entry I belong to, newest first."""
    admit(request, permissions.list_own)
    entries = (
        Entry.objects.filter(members__user=request.user)
        .select_related("contest__edition", "contest__ruleset", "scenario")
        .order_by("-pk")
    )
    return render(request, "submissions/mine.html", {"entries": entries})


def enter(request: HttpRequest, edition: str, contest: str) -> HttpResponse:
    """Choose who enters, and begin."""
    found = contest_at(edition, contest)
    admit(request, permissions.begin, found)
    data = request.POST if request.method == "POST" else None
    demand = _whole(request.GET.get("demand", ""))
    initial = {"channel": request.GET.get("from", ""), "demand": demand}
    form = forms.BeginForm(found, data, initial=initial)
    may = actions.may_begin(found, found.rules.entry.kinds[0], at=request.at)
    if form.is_bound and form.is_valid():
        try:
            entry = _begin(request, found, form.cleaned_data)
        except NotPossible as refused:
            form.add_error(None, str(refused.verdict.reason))
        else:
            return _onward(entry, form.cleaned_data["demand"])
    mine = Entry.objects.filter(contest=found, members__user=request.user).order_by("-pk")
    context = {"contest": found, "form": form, "may": may, "mine": mine[:20], "demand": demand}
    return render(request, "submissions/enter.html", context)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _onward(entry: Entry, demand: int | None) -> HttpResponse:
    """Whoever came to answer a demand goes on with that, all others with the form."""
    if demand is None:
        return redirect("submissions:form", entry.pk)
    return redirect(f"{reverse('submissions:answers', args=[entry.pk])}?demand={demand}")


def _begin(request: HttpRequest, contest: Contest, chosen: dict[str, Any]) -> Entry:
    scenarios = {s.code: s for s in queries.scenarios(contest)}
    return actions.begin_entry(
        contest=contest,
        kind=chosen["kind"],
        scenario=scenarios.get(chosen["scenario"]),
        channel=contest.channels.filter(code=chosen["channel"]).first(),
        by=request.user,
        at=request.at,
    )


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the entry stands, what is next, until when."""
    entry = entry_at(pk)
    admit(request, permissions.read_own, entry)
    whole(entry)
    context = {
        "entry": entry,
        "contest": entry.contest,
        "standing": queries.standing_of(entry),
        "missing": [queries.label(field) for field in queries.missing(entry)],
        "versions": entry.versions.select_related("by"),
        "may_edit": permissions.edit(request.user, entry) and entry.may_edit(request.at),
        "may_lead": permissions.lead(request.user, entry),
        "may_withdraw": permissions.lead(request.user, entry) and entry.may_withdraw(),
        "files": [a for a in entry.attachments.all() if a.removed_at is None],
        "title": queries.title_of(entry),
    }
    return render(request, "submissions/entry.html", context)


def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Look through everything once more, declare, hand in."""
    entry = entry_at(pk)
    admit(request, permissions.lead, entry)
    whole(entry)
    if request.method == "POST":
        declared = request.POST.getlist("declared")
        version = actions.hand_in(entry=entry, declared=declared, by=request.user, at=request.at)
        messages.success(request, _("Handed in. This is your receipt."))
        return redirect("submissions:receipt", entry.pk, version.number)
    context = {
        "entry": entry, "contest": entry.contest, "title": queries.title_of(entry),
        "standing": queries.standing_of(entry),
        "steps": review_of(entry), "missing": lacking(entry),
        "may_edit": entry.may_edit(request.at), "may": actions.may_hand_in(entry),
        "files": [a for a in entry.attachments.all() if a.removed_at is None],
    }  # fmt: skip
    return render(request, "submissions/review.html", context)


def lacking(entry: Entry) -> list[dict[str, Any]]:
    """What is still missing, with the step that asks for it."""
    keys = {field.key for field in queries.missing(entry)}
    return [
        {"key": f.key, "label": queries.label(f), "step": s.code, "is_file": f.kind == "file"}
        for s in rules.steps_of(entry.contest.rules.entry, entry.kind)
        for f in s.fields
        if f.key in keys
    ]


def review_of(entry: Entry, values: dict | None = None) -> list[dict]:
    """Every question with its answer in words, step by step."""
    values = entry.draft if values is None else values
    steps = rules.steps_of(entry.contest.rules.entry, entry.kind)
    return [
        {
            "code": step.code,
            "name": choose(step.name.zh, step.name.en),
            "rows": [
                (queries.label(field), queries.words_of(entry, field, values.get(field.key)), field)
                for field in step.fields
                if field.kind != "file"
            ],
        }
        for step in steps
    ]


@require_safe
def receipt(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """To print and to keep."""
    entry = entry_at(pk)
    admit(request, permissions.read_own, entry)
    version = get_object_or_404(Version.objects.select_related("by"), entry=entry, number=number)
    whole(entry)
    context = {
        "entry": entry,
        "contest": entry.contest,
        "version": version,
        "title": queries.title_of(entry),
    }
    return render(request, "submissions/receipt.html", context)


@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What was handed in, and what it changed against the version before."""
    entry = entry_at(pk)
    admit(request, permissions.read_own, entry)
    versions = {v.number: v for v in entry.versions.select_related("by")}
    if number not in versions:
        raise NotFound(HIDDEN)
    whole(entry)
    this, before = versions[number], versions.get(number - 1)
    context = {
        "entry": entry, "contest": entry.contest, "version": this, "title": queries.title_of(entry),
        "differences": queries.differences(entry, before.body, this.body) if before else [],
        "before": before, "steps": review_of(entry, this.body["values"]),
    }  # fmt: skip
    return render(request, "submissions/version.html", context)


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """For good, with a reason, after a second look."""
    entry = entry_at(pk)
    admit(request, permissions.lead, entry)
    whole(entry)
    form = forms.WithdrawalForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.withdraw_entry(entry=entry, reason=reason, by=request.user, at=request.at)
        messages.success(request, _("The entry is withdrawn."))
        return redirect("submissions:entry", entry.pk)
    context = {"entry": entry, "contest": entry.contest, "form": form, "title":
    queries.title_of(entry), "may": entry.may_withdraw()}  # fmt: skip
    return render(request, "submissions/withdraw.html", context)


@require_POST
def card_shown(request: HttpRequest, pk: int) -> HttpResponse:
    entry = entry_at(pk)
    admit(request, permissions.lead, entry)
    whole(entry)
    shown = request.POST.get("shown") == "yes"
    actions.show_card(entry=entry, shown=shown, by=request.user, at=request.at)
    messages.success(
        request, _("Your public card is shown.") if shown else _("Your public card is hidden.")
    )
    return redirect("submissions:entry", entry.pk)


@require_POST
def kind(request: HttpRequest, pk: int) -> HttpResponse:
    entry = entry_at(pk)
    admit(request, permissions.edit, entry)
    whole(entry)
    actions.set_kind(entry=entry, kind=request.POST.get("kind", ""), by=request.user, at=request.at)
    return redirect("submissions:form", entry.pk)
