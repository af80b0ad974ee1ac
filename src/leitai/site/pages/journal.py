"""The journal of a contest: what happened, in words, and whether the chain holds."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leitai.foundation import jobs
from leitai.foundation.doors import admit, public
from leitai.foundation.keyset import page as keyset_page
from leitai.foundation.models import Digest, Job, JobState, Line, Verification
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import State
from leitai.site.export import keys
from leitai.site.pages import journal_words
from leitai.site.verify.findings import Finding

VERIFY = "site.verify"


def journal(request: HttpRequest, contest_id: int) -> HttpResponse:
    """What happened, in words; a page a hundred lines, the newest first."""
    contest = contest_of(contest_id)
    admit(request, contests.oversee, contest)
    rows = lines(contest)
    before = request.GET.get("before", "")
    if before.isdecimal():
        rows = rows.filter(number__lt=int(before[:15]))
    shown = list(rows[:101])
    context = {
        "contest": contest,
        "lines": journal_words.told(shown[:100]),
        "earlier": shown[99].number if len(shown) > 100 else None,
        "organises": contests.organise(request.user, contest),
        **_badge(request, contest),
    }
    return render(request, "site/journal.html", context)


def verification(request: HttpRequest, contest_id: int) -> HttpResponse:
    """POST: read the whole book through now. GET: how far that is."""
    contest = contest_of(contest_id)
    admit(request, contests.oversee, contest)
    job = _job(contest)
    if request.method != "POST":
        return jobs.answer(request, job, **_doors(contest)) if job else HttpResponse(status=204)
    if job is None or not job.is_open:
        jobs.ask(
            VERIFY, by=request.user, at=request.at, lock=f"verify-{contest.pk}",
            contest_id=contest.pk,
        )  # fmt: skip
    return redirect("site:journal", contest.pk)


def _badge(request: HttpRequest, contest: Contest) -> dict[str, Any]:
    """When the chain was read last, how far, and what came of it."""
    book = f"contest:{contest.pk}"
    last = Verification.objects.filter(book=book).first()
    newest = Line.objects.filter(book=book).order_by("-number").first()
    may_see_all = contests.organise(request.user, contest)  # findings may name marks
    return {
        "newest": newest,
        "verified": last,
        "since": newest.number - last.number if newest and last else 0,
        "findings": [_finding(f) for f in last.findings[:10]] if last and may_see_all else [],
        "job": _job(contest, state__in=[JobState.WAITING, JobState.RUNNING, JobState.FAILED]),
        **_doors(contest),
    }


def _doors(contest: Contest) -> dict[str, str]:
    url = reverse("site:verification", args=[contest.pk])
    return {"label": _("Verifying the journal"), "url": url, "again": url}


def _job(contest: Contest, **states: Any) -> Job | None:
    """The last one; with states only if it is in one of them."""
    last = Job.objects.filter(kind=VERIFY, ids__contest_id=contest.pk).order_by("-pk").first()
    return last if last and last.state in states.get("state__in", JobState) else None


def _finding(told: dict[str, Any]) -> Finding:
    return Finding(
        what=told["what"], values=told["values"], kind=told["kind"], line=told["line"],
        row=told["row"],
    )  # fmt: skip


def lines(contest: Contest) -> QuerySet[Line]:
    book = f"contest:{contest.pk}"
    return Line.objects.filter(book=book).select_related("by").order_by("-number")


def contest_of(pk: int) -> Contest:
    return get_object_or_404(Contest.objects.select_related("edition", "ruleset"), pk=pk)


@public
def digests(request: HttpRequest) -> HttpResponse:
    """For everybody: the key that signs exports, and each day's last hash of each open book."""
    shown = Contest.objects.exclude(state=State.DRAFT).exclude(edition__state=State.DRAFT)
    books = {f"contest:{c.pk}": c for c in shown.select_related("edition")}
    rows = Digest.objects.filter(book__in=[*books, "platform"])
    page = keyset_page(rows, by=["-day", "id"], cursor=request.GET.get("cursor", ""), size=100)
    key = keys.public_key()
    context = {
        "page": page,
        "rows": [
            {"digest": d, "contest": books.get(d.book), "parts": _in_parts(d.hash)} for d in page
        ],
        "key": key,
        "fingerprint": keys.fingerprint(key),
    }
    return render(request, "site/digests.html", context)


def _in_parts(digest: str) -> list[str]:
    """Where a long hash may be broken on a small screen."""
    return [digest[at : at + 16] for at in range(0, len(digest), 16)]
