"""Is the jury ready? One list for organisers, with a reminder, and the words of the undertaking."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leitai.foundation import keyset
from leitai.foundation.counts import counts
from leitai.foundation.doors import admit
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.models import Contest
from leitai.rooms.jury import actions, permissions, queries
from leitai.rooms.jury.forms import UndertakingForm
from leitai.rooms.jury.rules import JurorKind
from leitai.rooms.jury.rules.undertaking import STANDARD_EN, STANDARD_ZH
from leitai.rooms.jury.views.jurors import contest_of


def board(request: HttpRequest, contest_id: int) -> HttpResponse:
    """Each juror in one line: answer, undertaking, field, ties, days, samples."""
    contest = contest_of(contest_id)
    admit(request, permissions.run_jury, contest)
    everybody = queries.readiness(contest)
    rows = _filtered(everybody, request.GET, contest)
    stages = contest.stages.all()
    page = keyset.page(rows, by=("name", "pk"), cursor=request.GET.get("page", ""))
    for juror in page.rows:
        juror.away = queries.unfree(juror, stages)
    lacking = counts(*(queries.lacking(everybody, key, contest) for key in queries.LACKS))
    context = {
        "contest": contest,
        "page": page,
        "total": keyset.total(rows),
        "filters": request.GET,
        "kinds": JurorKind.choices,
        "lacks": [(k, words, n) for (k, words), n in zip(queries.LACKS.items(), lacking)],
        "undertaking": queries.undertaking(contest.edition),
        "at": request.at,
    }
    return render(request, "jury/board.html", context)


@require_POST
def reminding(request: HttpRequest, contest_id: int) -> HttpResponse:
    """One letter to each whom the filter shows and who lacks something."""
    contest = contest_of(contest_id)
    admit(request, permissions.run_jury, contest)
    rows = _filtered(queries.readiness(contest), request.POST, contest)
    unready = {
        juror.pk: juror
        for key in queries.LACKS
        if key != "availability"  # nobody is asked to be free
        for juror in queries.lacking(rows, key, contest).select_related("user", "contest__edition")
    }
    told = actions.remind_unready(
        contest=contest, jurors=list(unready.values()), by=request.user, at=request.at
    )
    words = ngettext("{n} juror was reminded.", "{n} jurors were reminded.", told)
    messages.success(request, words.format(n=told))
    return redirect("jury:board", contest.pk)


def undertaking_desk(request: HttpRequest, contest_id: int) -> HttpResponse:
    """The words of the edition's undertaking, all versions; a change is a new version."""
    contest = contest_of(contest_id)
    admit(request, permissions.rule_jury, contest)
    edition = contest.edition
    now = queries.undertaking(edition)
    form = UndertakingForm(request.POST or None, initial=_words(now))
    if form.is_valid():
        try:
            made = actions.write_undertaking(
                edition=edition, by=request.user, at=request.at, **form.cleaned_data
            )
        except NotPossible as refusal:
            form.add_error(None, str(refusal.verdict.reason))
        else:
            words = _("Version {n} is in force; jurors accept it before papers open.")
            messages.success(request, words.format(n=made.version))
            return redirect("jury:undertaking_desk", contest.pk)
    context = {
        "contest": contest, "form": form, "now": now,
        "versions": edition.undertakings.order_by("-version"),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "jury/undertaking_desk.html", context, status=status)


def _words(now: Any) -> dict[str, str]:
    if now is None:
        return {"text_zh": STANDARD_ZH, "text_en": STANDARD_EN}
    return {"text_zh": now.text_zh, "text_en": now.text_en}


def _filtered(rows: Any, asked: Any, contest: Contest) -> Any:
    if asked.get("lacks") in queries.LACKS:
        rows = queries.lacking(rows, asked["lacks"], contest)
    if asked.get("kind") in JurorKind.values:
        rows = rows.filter(kind=asked["kind"])
    if words := asked.get("q", "").strip():
        rows = rows.filter(name__icontains=words)
    return rows
