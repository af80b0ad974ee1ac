"""One juror among thousands: the answer to a search on any page that asks for one."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from leitai.foundation.refusals import NotPossible
from leitai.rooms.jury import queries
from leitai.rooms.jury.models import Juror
from leitai.values.verdict import no


def among(rows: QuerySet[Juror], request: HttpRequest) -> queries.Called:
    return queries.called(rows, request.GET.get("who", ""))


def is_search(request: HttpRequest) -> bool:
    """Names are asked for while somebody types; the page around them stands."""
    return "who" in request.GET and "HX-Request" in request.headers


def names(request: HttpRequest, called: queries.Called, **told: Any) -> HttpResponse:
    return render(request, "jury/parts/found.html", {"called": called, **told})


def chosen(request: HttpRequest, contest_id: int) -> Juror:
    """The juror of this contest whom somebody chose."""
    pk = request.POST.get("juror", "")
    if not pk:
        words = _("Please look for a juror by name first, and choose one.")
        raise NotPossible(no("nobody_chosen", words))
    number = int(pk) if pk.isdecimal() and len(pk) < 18 else 0
    return get_object_or_404(Juror, pk=number, contest=contest_id)
