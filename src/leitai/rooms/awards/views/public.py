"""What everybody may read: the awards, and whether a certificate is genuine."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from leitai.foundation import signing
from leitai.foundation.doors import admit, public
from leitai.foundation.slips import LONGEST
from leitai.rooms.awards import permissions, queries
from leitai.rooms.contests.models import Contest


@require_GET
def awards(request: HttpRequest, edition: str, contest: str) -> HttpResponse:
    """Names as the notice prints them."""
    held = get_object_or_404(
        Contest.objects.select_related("edition", "ruleset"), edition__slug=edition, slug=contest
    )
    admit(request, permissions.read_awards, held)
    slate = queries.published(held)
    assert slate is not None  # read_awards asked
    names = queries.printed_names(slate.publication)
    seats = list(queries.seats(slate))
    context = {
        "contest": held, "edition": held.edition, "slate": slate, "notice": slate.publication,
        "seats": [(seat, names.get(seat.entry.code) if seat.entry else None) for seat in seats],
        "is_running": request.at < slate.publication.notice_until,
    }  # fmt: skip
    return render(request, "awards/public.html", context)


@require_GET
@public
def check(request: HttpRequest) -> HttpResponse:
    """By what a camera read, or by a number typed from paper. Of a bare number nobody learns more
    than whether it holds."""
    asked = (request.GET.get("c") or "")[: LONGEST + 500].strip()
    key = signing.public_key()
    context = {
        "asked": asked, "found": queries.check(asked) if asked else None,
        "fingerprint": signing.fingerprint(key), "key": key,
    }  # fmt: skip
    return render(request, "awards/check.html", context)
