"""Comments are read before teams read them, and one deed gives everybody feedback."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leitai.foundation.doors import admit
from leitai.rooms.jury.models import Sheet
from leitai.rooms.standings import actions, permissions, queries
from leitai.rooms.standings.models import HeldComment, Publication
from leitai.rooms.standings.queries.feedback import ticked_in_field
from leitai.rooms.standings.views.telling import publication_row

NAMED = 100


def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """What will go out, in counts, and to whom not a word of a juror."""
    publication = publication_row(pk)
    stage = publication.standing.stage
    admit(request, permissions.release_feedback, stage)
    silent = queries.without_comment(publication)
    context = {
        "publication": publication, "contest": publication.contest, "stage": stage,
        "teams": publication.standing.places.filter(score__isnull=False).count(),
        "waiting": queries.queue(stage, state="waiting").count(),
        "released": queries.queue(stage, state="released").count(),
        "held": queries.queue(stage, state="held").count(),
        "n_silent": silent.count(), "silent": silent[:NAMED],
        "ticked": ticked_in_field(stage),
        "out": publication.feedback.first(),
        "told": publication.feedback.exclude(told_at=None).count(),
        "is_newest": queries.last_publication(publication.contest) == publication,
    }  # fmt: skip
    return render(request, "standings/feedback.html", context)


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    publication = publication_row(pk)
    admit(request, permissions.release_feedback, publication.standing.stage)
    n = actions.release_feedback(publication=publication, by=request.user, at=request.at)
    words = ngettext("%d team gets feedback.", "%d teams get feedback.", n) % n
    messages.success(request, words)
    return redirect("standings:feedback", publication.pk)


@require_POST
def mask(request: HttpRequest, pk: int, sheet_id: int) -> HttpResponse:
    publication, sheet = _with_sheet(pk, sheet_id)
    admit(request, permissions.release_comments, publication.standing.stage)
    words = [w for w in request.POST.get("words", "")[:500].split() if w]
    actions.release_masked(
        publication=publication, sheet=sheet, words=words, by=request.user, at=request.at
    )
    return redirect("standings:comments", publication.pk)


@require_POST
def hold_back(request: HttpRequest, pk: int) -> HttpResponse:
    publication = publication_row(pk)
    stage = publication.standing.stage
    admit(request, permissions.release_comments, stage)
    chosen = [int(s) for s in request.POST.getlist("sheet") if s.isdecimal()]
    sheets = list(queries.queue(stage, state="waiting").filter(pk__in=chosen))
    n = actions.hold_back(
        publication=publication, sheets=sheets, reason=request.POST.get("reason", ""),
        by=request.user, at=request.at,
    )  # fmt: skip
    words = ngettext("%d comment is held back.", "%d comments are held back.", n) % n
    messages.success(request, words)
    return redirect("standings:comments", publication.pk)


@require_POST
def free(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(
        HeldComment.objects.select_related("sheet__stage__contest__edition"), pk=pk
    )
    stage = held.sheet.stage
    admit(request, permissions.release_comments, stage)
    actions.free_comment(held=held, by=request.user, at=request.at)
    messages.success(request, _("The comment waits again."))
    newest = Publication.objects.filter(standing__stage=stage).latest("number")
    return redirect("standings:comments", newest.pk)


def _with_sheet(pk: int, sheet_id: int) -> tuple[Publication, Sheet]:
    publication = publication_row(pk)
    sheet = get_object_or_404(Sheet, pk=sheet_id, stage=publication.standing.stage_id)
    return publication, sheet
