"""One juror among thousands: the answer to a search on any page that asks for one."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leitai.rooms.jury import queries
from leitai.rooms.jury.models import Juror


def among(rows: QuerySet[Juror], request: HttpRequest) -> queries.Called:
    return queries.called(rows, request.GET.get("who", ""))


def is_search(request: HttpRequest) -> bool:
    """Names are asked for while somebody types; the page around them stands."""
    return "who" in request.GET and "HX-Request" in request.headers


def names(request: HttpRequest, called: queries.Called, **told: Any) -> HttpResponse:
    return render(request, "jury/parts/found.html", {"called": called, **told})
