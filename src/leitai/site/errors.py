"""Answers for people when something went wrong. None of them asks the database."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from leitai.foundation.doors import public


def page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    """Without context processors, so that it works when everything behind them is down."""
    html = render_to_string(f"site/errors/{name}.html", {"request": request})
    return HttpResponse(html, status=status)


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return page(request, "413", 413)
    return page(request, "400", 400)


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "403", 403)


@public
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(request, "csrf", 403)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "404", 404)


@public
def too_many(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    return page(request, "429", 429)


@public
def broken(request: HttpRequest) -> HttpResponse:
    return page(request, "500", 500)
