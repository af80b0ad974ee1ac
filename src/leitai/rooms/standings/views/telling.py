"""What the public and the teams are told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leitai.foundation import keyset
from leitai.foundation.doors import admit, public
from leitai.rooms.contests.models import Contest
from leitai.rooms.standings import actions, permissions, queries
from leitai.rooms.standings.forms import (
    FORMULAS,
)
from leitai.rooms.standings.models import Publication, ReleasedComment
from leitai.rooms.submissions.models import Entry


def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """Jurors' words on their way to the teams."""
    publication = _publication(pk)
    stage = publication.standing.stage
    admit(request, permissions.release_comments, stage)
    is_released = request.GET.get("state") == "released"
    rows = queries.comments(stage, is_released=is_released)
    page = keyset.page(rows, by=["entry__code", "id"], cursor=request.GET.get("cursor", ""))
    waiting = queries.comments(stage, is_released=False).count()
    context = {
        "contest": publication.contest, "stage": stage, "publication": publication, "page": page,
        "is_released": is_released, "waiting": waiting,
    }  # fmt: skip
    return render(request, "standings/comments.html", context)


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    publication = _publication(pk)
    stage = publication.standing.stage
    admit(request, permissions.release_comments, stage)
    waiting = queries.comments(stage, is_released=False)
    if request.POST.get("all") != "yes":
        chosen = [int(s) for s in request.POST.getlist("sheet") if s.isdecimal()]
        waiting = waiting.filter(pk__in=chosen)
    n = actions.release_comments(
        publication=publication, sheets=list(waiting), by=request.user, at=request.at
    )
    words = ngettext("%d comment is released.", "%d comments are released.", n) % n
    messages.success(request, words)
    return redirect("standings:comments", publication.pk)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    comment = get_object_or_404(
        ReleasedComment.objects.select_related("publication__standing__stage__contest__edition"),
        pk=pk,
    )
    publication = comment.publication
    admit(request, permissions.release_comments, publication.standing.stage)
    actions.take_comment_back(comment=comment, by=request.user, at=request.at)
    return redirect("standings:comments", publication.pk)


@public
def notice(request: HttpRequest, edition: str, contest: str, number: int) -> HttpResponse:
    publication = get_object_or_404(
        Publication.objects.select_related("contest__edition", "standing__stage"),
        contest__edition__slug=edition, contest__slug=contest, number=number,
    )  # fmt: skip
    admit(request, permissions.read_notice, publication)
    newest = queries.last_publication(publication.contest)
    context = {
        "publication": publication, "contest": publication.contest,
        "edition": publication.contest.edition, "newest": newest,
        "rows": publication.body["rows"], "stage": publication.standing.stage,
        "is_running": request.at < publication.notice_until,
    }  # fmt: skip
    return render(request, "standings/notice.html", context)


@public
def notices(request: HttpRequest, edition: str, contest: str) -> HttpResponse:
    held = get_object_or_404(
        Contest.objects.select_related("edition"), edition__slug=edition, slug=contest
    )
    admit(request, permissions.read_notices, held)
    context = {"contest": held, "edition": held.edition, "publications": held.publications.all()}
    return render(request, "standings/notices.html", context)


def result(request: HttpRequest, pk: int) -> HttpResponse:
    """The team's own result: its score, its place's outcome, what jurors said."""
    entry = get_object_or_404(Entry.objects.select_related("contest__edition", "scenario"), pk=pk)
    admit(request, permissions.read_result, entry)
    place = queries.result(entry)
    assert place is not None  # read_result asked
    context = {
        "entry": entry, "contest": entry.contest, "place": place, "stage": place.standing.stage,
        "formula": FORMULAS[place.standing.formula], "means": queries.own_means(place),
        "comments": queries.released(entry), "publication": place.standing.publications.first(),
    }  # fmt: skip
    return render(request, "standings/result.html", context)


def _publication(pk: int) -> Publication:
    related = ("contest__edition", "standing__stage__contest__edition")
    return get_object_or_404(Publication.objects.select_related(*related), pk=pk)
