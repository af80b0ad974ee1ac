"""The queue of checks, one check, many at once, and pairs that look double."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leitai.foundation import jobs, keyset
from leitai.foundation.doors import admit
from leitai.foundation.refusals import NotPossible
from leitai.foundation.words import choose
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.permissions import read_contest
from leitai.rooms.screening import actions, permissions, queries
from leitai.rooms.screening.forms import CheckForm
from leitai.rooms.screening.models import Echo, Flag
from leitai.rooms.screening.rules import EchoState, Finding, FlagState
from leitai.rooms.submissions.actions import note_reading
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.queries import words_of
from leitai.rooms.submissions.rules import State

MOST_AT_ONCE = 500


def queue(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = _contest(contest_id)
    admit(request, permissions.check_entries, contest)
    state = request.GET.get("state", State.SUBMITTED)
    state = state if state in queries.TABS else State.SUBMITTED
    text, scenario = request.GET.get("q", "")[:80], request.GET.get("scenario", "")[:8]
    rows = queries.queue(contest, state=state, text=text, scenario=scenario)
    page = keyset.page(rows, by=["handed_in_at", "id"], cursor=request.GET.get("cursor", ""))
    context = {
        "contest": contest, "page": page, "state": state, "q": text, "scenario": scenario,
        "tabs": _tabs(contest), "scenarios": contest.edition.scenarios.all(),
        "form": _form(contest), "next": queries.next_waiting(contest),
    }  # fmt: skip
    return render(request, "screening/queue.html", context)


def check(request: HttpRequest, pk: int) -> HttpResponse:
    entry = _entry(pk)
    admit(request, permissions.check_entry, entry)
    note_reading(entry=entry, by=request.user, as_role="staff", at=request.at)
    form = _form(entry.contest, request.POST or None)
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen", "")
        try:
            actions.check_entry(
                entry=entry, seen=_number(seen),
                by=request.user, at=request.at, **form.values(at=request.at),
            )  # fmt: skip
        except NotPossible as refused:
            form.refuse(refused.verdict)
        else:
            messages.success(request, _("%s is checked; the team was told.") % entry.code)
            return _go_on(entry)
    context = {
        "entry": entry, "contest": entry.contest, "form": form, "answers": _answers(entry),
        "checks": queries.history(entry), "flags": queries.flags_of(entry),
        "echoes": queries.echoes_of(entry),
        "next": queries.next_waiting(entry.contest, after=entry),
        "members": entry.members.all(), "findings": Finding,
    }  # fmt: skip
    return render(request, "screening/check.html", context, status=422 if form.is_bound else 200)


def _go_on(entry: Entry) -> HttpResponse:
    following = queries.next_waiting(entry.contest, after=entry)
    if following is None:
        return redirect("screening:queue", entry.contest_id)
    return redirect("screening:check", following.pk)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    entry = _entry(pk)
    admit(request, permissions.check_entry, entry)
    actions.take_back(entry=entry, by=request.user, at=request.at)
    messages.success(request, _("The finding is taken back; the entry waits again."))
    return redirect("screening:check", pk)


@require_POST
def bulk(request: HttpRequest, contest_id: int) -> HttpResponse:
    """First a preview of exactly these entries; nothing happens before it is confirmed."""
    contest = _contest(contest_id)
    admit(request, permissions.check_entries, contest)
    entries = _chosen(request, contest)
    form = _form(contest, request.POST)
    if not entries:
        messages.error(request, _("Tick the entries first, then say what you found."))
        return redirect("screening:queue", contest.pk)
    if form.is_valid() and request.POST.get("confirmed") == str(len(entries)):
        try:
            return _confirmed(request, contest, entries, form)
        except NotPossible as refused:
            form.refuse(refused.verdict)
    context = {
        "contest": contest, "entries": entries, "form": form, "number": len(entries),
        "finding": form.data.get("finding"), "findings": dict(Finding.choices),
    }  # fmt: skip
    return render(request, "screening/bulk.html", context)


def _confirmed(
    request: HttpRequest, contest: Contest, entries: list[Entry], form: CheckForm
) -> HttpResponse:
    seen = {e.pk: _number(request.POST.get(f"seen-{e.pk}", "")) for e in entries}
    checks = actions.check_many(
        entries=entries, seen=seen, by=request.user, at=request.at, **form.values(at=request.at)
    )
    n = len(checks)
    messages.success(request, ngettext("%d entry is checked.", "%d entries are checked.", n) % n)
    return redirect("screening:queue", contest.pk)


def _chosen(request: HttpRequest, contest: Contest) -> list[Entry]:
    pks = [int(pk) for pk in request.POST.getlist("entry")[:MOST_AT_ONCE] if pk.isdecimal()]
    entries = contest.entries.filter(pk__in=pks).select_related("scenario", "organisation")
    return list(entries.order_by("handed_in_at", "pk"))


def flags(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = _contest(contest_id)
    admit(request, permissions.check_entries, contest)
    state = request.GET.get("state", FlagState.OPEN)
    state = state if state in FlagState.values else FlagState.OPEN
    rows = queries.flags(contest, state=state)
    page = keyset.page(rows, by=["-likeness", "id"], cursor=request.GET.get("cursor", ""), size=20)
    context = {
        "contest": contest, "page": page, "state": state, "states": FlagState.choices,
        "job": queries.last_search(contest),
    }  # fmt: skip
    return render(request, "screening/flags.html", context)


def echoes(request: HttpRequest, contest_id: int) -> HttpResponse:
    """Entries that look like one of another contest; what that one says, only for its readers."""
    contest = _contest(contest_id)
    admit(request, permissions.check_entries, contest)
    state = request.GET.get("state", EchoState.OPEN)
    state = state if state in EchoState.values else EchoState.OPEN
    rows = queries.echoes(contest, state=state)
    page = keyset.page(rows, by=["-likeness", "id"], cursor=request.GET.get("cursor", ""), size=20)
    told = [
        {"echo": echo, "is_named": bool(read_contest(request.user, echo.other.contest))}
        for echo in page
    ]
    context = {
        "contest": contest, "page": page, "told": told, "state": state,
        "states": EchoState.choices,
        "job": queries.last_search(contest),
    }  # fmt: skip
    return render(request, "screening/echoes.html", context)


def echo(request: HttpRequest, pk: int) -> HttpResponse:
    """Both entries side by side, or whom to ask."""
    found = _echo(pk)
    admit(request, permissions.settle_echo, found)
    may_read = permissions.read_other(request.user, found)
    if may_read:
        note_reading(entry=found.other, by=request.user, as_role="staff", at=request.at)
    texts = [queries.text_of(e) for e in (found.entry, found.other)] if may_read else ["", ""]
    context = {
        "echo": found, "contest": found.entry.contest, "may_read": may_read,
        "is_named": bool(read_contest(request.user, found.other.contest)),
        "sides": queries.sides(*texts),
    }  # fmt: skip
    return render(request, "screening/echo.html", context)


@require_POST
def settle_echo(request: HttpRequest, pk: int) -> HttpResponse:
    found = _echo(pk)
    admit(request, permissions.settle_echo, found)
    state = request.POST.get("state", "")
    state = state if state in EchoState.values else EchoState.HARMLESS
    actions.settle_echo(echo=found, state=state, by=request.user, at=request.at)
    messages.success(request, _("Settled."))
    return redirect("screening:echoes", found.entry.contest_id)


def _echo(pk: int) -> Echo:
    related = ("entry__contest__edition", "other__contest__edition", "other__organisation")
    return get_object_or_404(Echo.objects.select_related(*related), pk=pk)


@require_POST
def search(request: HttpRequest, contest_id: int) -> HttpResponse:
    """Look for pairs anew, in the background."""
    contest = _contest(contest_id)
    admit(request, permissions.check_entries, contest)
    actions.ask_for_flags(contest=contest, by=request.user, at=request.at)
    return redirect("screening:flags", contest.pk)


def progress(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = _contest(contest_id)
    admit(request, permissions.check_entries, contest)
    job = queries.last_search(contest)
    url = reverse("screening:progress", args=[contest.pk])
    return jobs.answer(request, job, url=url) if job else HttpResponse(status=204)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    flag = get_object_or_404(Flag.objects.select_related("contest__edition", "one", "other"), pk=pk)
    admit(request, permissions.settle_flag, flag)
    leaves = {str(e.pk): e for e in (flag.one, flag.other)}.get(request.POST.get("leaves", ""))
    state = FlagState.MERGED if leaves else FlagState.HARMLESS
    actions.settle_flag(flag=flag, state=state, leaves=leaves, by=request.user, at=request.at)
    messages.success(request, _("Settled."))
    return redirect("screening:flags", flag.contest_id)


def _number(words: str) -> int:
    return int(words) if words.isdecimal() and len(words) < 18 else 0


def _tabs(contest: Contest) -> list[dict[str, Any]]:
    counted = queries.counts(contest)
    return [{"state": s, "label": State(s).label, "count": counted[s]} for s in queries.TABS]


def _form(contest: Contest, data: Any = None) -> CheckForm:
    return CheckForm(data, initial={"days": contest.rules.entry.resubmit_days})


def _answers(entry: Entry) -> list[tuple[str, list[tuple[str, Any]]]]:
    """What was handed in, step by step, in the words of the form."""
    version = entry.versions.first()
    values = version.body.get("values", {}) if version else {}
    told = []
    for step in entry.contest.rules.entry.steps:
        rows = [
            (choose(f.label.zh, f.label.en), words)
            for f in step.fields
            if (words := words_of(entry, f, values.get(f.key)))
        ]
        if rows:
            told.append((choose(step.name.zh, step.name.en), rows))
    return told


def _contest(pk: int) -> Contest:
    return get_object_or_404(Contest.objects.select_related("edition", "ruleset"), pk=pk)


def _entry(pk: int) -> Entry:
    related = ("contest__edition", "contest__ruleset", "scenario", "organisation")
    return get_object_or_404(Entry.objects.select_related(*related).filter(version__gt=0), pk=pk)
