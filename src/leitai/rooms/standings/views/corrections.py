"""Names that were printed wrongly: asked for by teams, decided and printed by the secretariat."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation import keyset
from leitai.foundation.doors import admit
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.models import Contest
from leitai.rooms.standings import actions, permissions, queries
from leitai.rooms.standings.forms import CorrectionForm
from leitai.rooms.standings.models import Correction, Publication
from leitai.rooms.submissions.models import Entry


def corrections_of(request: HttpRequest, pk: int) -> HttpResponse:
    """A team's page: the row as it is printed, and what it asked for."""
    related = Entry.objects.select_related("contest__edition", "contest__ruleset")
    entry = get_object_or_404(related, pk=pk)
    admit(request, permissions.read_corrections, entry)
    publication = queries.last_publication(entry.contest)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST":
        admit(request, permissions.ask_correction, entry)
        if publication and form.is_valid() and _asked(request, publication, entry, form):
            return redirect("standings:corrections_of", entry.pk)
    row = queries.printed_row(publication, entry.code) if publication else None
    context = {
        "entry": entry, "contest": entry.contest, "publication": publication, "row": row,
        "form": form, "corrections": entry.corrections.all(),
        "is_open": bool(row and publication and request.at < publication.notice_until),
        "may_ask": permissions.ask_correction(request.user, entry),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "standings/corrections_of.html", context, status=status)


def _asked(
    request: HttpRequest, publication: Publication, entry: Entry, form: CorrectionForm
) -> bool:
    try:
        actions.ask_correction(
            publication=publication, entry=entry, by=request.user, at=request.at,
            **form.cleaned_data,
        )  # fmt: skip
    except NotPossible as refusal:
        form.add_error(None, str(refusal.verdict.reason))
        return False
    messages.success(request, _("Asked for. The secretariat answers here."))
    return True


def corrections(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = _contest(contest_id)
    admit(request, permissions.run_corrections, contest)
    rows = queries.corrections(contest)
    context = {
        "contest": contest,
        "page": keyset.page(rows, by=["-pk"], cursor=request.GET.get("cursor", "")),
        "to_print": queries.to_print(contest).count(),
    }
    return render(request, "standings/corrections.html", context)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Correction.objects.select_related("entry__contest__edition", "by"), pk=pk
    )
    admit(request, permissions.run_corrections, found.entry.contest)
    actions.decide_correction(
        correction=found, is_accepted=request.POST.get("verdict") == "accepted",
        reply=request.POST.get("reply", "")[:300], by=request.user, at=request.at,
    )  # fmt: skip
    return redirect("standings:corrections", found.entry.contest_id)


@require_POST
def print_them(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = _contest(contest_id)
    admit(request, permissions.run_corrections, contest)
    made = actions.print_corrections(contest=contest, by=request.user, at=request.at)
    messages.success(request, _("Published as version %d.") % made.number)
    return redirect("standings:corrections", contest.pk)


def _contest(pk: int) -> Contest:
    return get_object_or_404(Contest.objects.select_related("edition", "ruleset"), pk=pk)
