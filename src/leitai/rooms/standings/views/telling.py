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
from leitai.rooms.standings.queries.feedback import told_tags
from leitai.rooms.submissions.models import Entry


def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """Jurors' words on their way to the teams: read, released, masked or held back."""
    publication = publication_row(pk)
    stage = publication.standing.stage
    admit(request, permissions.release_comments, stage)
    state = request.GET.get("state", "")
    state = state if state in ("released", "held") else "waiting"
    rows = queries.queue(stage, state=state)
    doubted = queries.doubted(publication.contest, rows) if state == "waiting" else {}
    if only_doubted := request.GET.get("doubted") == "yes":
        rows = rows.filter(pk__in=doubted)
    page = keyset.page(rows, by=["entry__code", "id"], cursor=request.GET.get("cursor", ""))
    waiting = queries.queue(stage, state="waiting").count()
    context = {
        "contest": publication.contest, "stage": stage, "publication": publication, "page": page,
        "state": state, "waiting": waiting, "doubted": doubted, "only_doubted": only_doubted,
        "clear": waiting - len(doubted),
    }  # fmt: skip
    return render(request, "standings/comments.html", context)


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """The chosen ones; or all that nobody needs to doubt."""
    publication = publication_row(pk)
    stage = publication.standing.stage
    admit(request, permissions.release_comments, stage)
    waiting = queries.queue(stage, state="waiting")
    if request.POST.get("all") != "yes":
        chosen = [int(s) for s in request.POST.getlist("sheet") if s.isdecimal()]
        waiting = waiting.filter(pk__in=chosen)
    else:
        waiting = waiting.exclude(pk__in=queries.doubted(publication.contest, waiting))
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
        "may_object": queries.may_file(publication, request.at),
        "appeals": queries.told_in_public(publication),
        "calendar": queries.calendar(publication),
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
    given = queries.feedback(entry)
    shows_means = entry.contest.rules.feedback.own_means
    context = {
        "entry": entry, "contest": entry.contest, "place": place, "stage": place.standing.stage,
        "formula": FORMULAS[place.standing.formula],
        "means": queries.own_means(place) if shows_means else [],
        "comments": queries.released(entry), "publication": place.standing.publications.first(),
        "feedback": given, "thirds": queries.told_thirds(given),
        "band": queries.told_band(given), "tags": told_tags(given, entry.contest.rules.jury),
        "hearings": queries.hearings(entry),
    }  # fmt: skip
    offer = queries.offer_of(entry)
    if offer and offer.stage_id == place.standing.stage_id:
        context |= {"offer": offer, "can_accept": bool(offer.may_accept(request.at)),
                    "may_answer": bool(permissions.answer_offer(request.user, entry))}  # fmt: skip
    return render(request, "standings/result.html", context)


def publication_row(pk: int) -> Publication:
    related = ("contest__edition", "standing__stage__contest__edition")
    return get_object_or_404(Publication.objects.select_related(*related), pk=pk)
