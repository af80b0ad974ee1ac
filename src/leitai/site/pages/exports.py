"""A contest's record as a file, for its organisers."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation import jobs
from leitai.foundation.doors import admit
from leitai.foundation.files.serve import link_to
from leitai.foundation.models import Job, JobState, StoredFile
from leitai.foundation.refusals import NotFound
from leitai.foundation.verdicts import HIDDEN
from leitai.rooms.contests import actions as contests
from leitai.rooms.contests import permissions
from leitai.rooms.contests.actions.exports import EXPORT
from leitai.rooms.contests.models import Contest
from leitai.site.export import keys
from leitai.site.export.work import KEPT
from leitai.site.pages.journal import contest_of

SHOWN = 12


def exports(request: HttpRequest, contest_id: int) -> HttpResponse:
    """What was exported lately; POST asks for one more."""
    contest = contest_of(contest_id)
    admit(request, permissions.organise, contest)
    if request.method == "POST":
        what = request.POST.get("what", "")
        contests.ask_for_export(
            contest=contest, is_public=what == "public", with_files=what == "files",
            by=request.user, at=request.at,
        )  # fmt: skip
        return redirect("site:exports", contest.pk)
    before = Job.objects.filter(state=JobState.WAITING, pk__lt=OuterRef("pk")).order_by()
    ahead = Subquery(before.values("state").annotate(n=Count("pk")).values("n"))
    found = _jobs(contest).select_related("by").annotate(ahead=Coalesce(ahead, 0))
    context = {
        "contest": contest,
        "exports": [{"job": job, **_doors(contest, job)} for job in found.order_by("-pk")[:SHOWN]],
        "key": keys.public_key(),
        "days": KEPT.days,
    }
    return render(request, "site/exports.html", context)


def export(request: HttpRequest, contest_id: int, job_id: int) -> HttpResponse:
    """How far one is; POST tries a failed one again."""
    contest = contest_of(contest_id)
    admit(request, permissions.organise, contest)
    job = get_object_or_404(_jobs(contest), pk=job_id)
    if request.method == "POST":
        jobs.try_again(job, at=request.at)
        return redirect("site:exports", contest.pk)
    return jobs.answer(request, job, **_doors(contest, job))


@require_POST
def taken(request: HttpRequest, contest_id: int, job_id: int) -> HttpResponse:
    """A link that soon expires, for this organiser alone; that it was asked for is noted."""
    contest = contest_of(contest_id)
    admit(request, permissions.organise, contest)
    job = get_object_or_404(_jobs(contest), pk=job_id)
    file = contests.take_export(contest=contest, job=job, by=request.user, at=request.at)
    stored = StoredFile.objects.filter(pk=file).first()
    if stored is None:
        raise NotFound(HIDDEN)
    return redirect(link_to(stored, reader=request.user, at=request.at))


def _jobs(contest: Contest) -> QuerySet[Job]:
    return Job.objects.filter(kind=EXPORT, ids__contest_id=contest.pk)


def _doors(contest: Contest, job: Job) -> dict[str, Any]:
    url = reverse("site:export", args=[contest.pk, job.pk])
    what = _("The record for everybody") if job.ids.get("is_public") else _("The whole record")
    if job.ids.get("with_files"):
        what = _("The whole record with files")
    return {"label": what, "url": url, "again": url}
