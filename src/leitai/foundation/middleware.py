"""Read the clock once, and turn refusals into answers."""

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from leitai.foundation.doors import SignInFirst, to_sign_in
from leitai.foundation.readable import Unreadable, is_unreadable
from leitai.foundation.refusals import NotFound, Refusal
from leitai.foundation.verdicts import HIDDEN


def _is_public(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and getattr(match.func, "is_public", False)


def _alike(request: HttpRequest, exception: Exception) -> Exception:
    """What is hidden and what does not exist sound the same: "nothing here" to people we know and
    on public pages, "please sign in" to strangers everywhere else."""
    if not isinstance(exception, Http404 | NotFound | SignInFirst):
        return exception
    is_stranger = not request.user.is_authenticated
    return SignInFirst() if is_stranger and not _is_public(request) else NotFound(HIDDEN)


class Clock:
    """Everything below is handed `request.at`; nobody else asks what time it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()
        return self.get_response(request)


class Refusals:
    """A no becomes JSON for scripts, a partial note for htmx, and a page for people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        exception = Unreadable() if is_unreadable(exception) else _alike(request, exception)
        if isinstance(exception, SignInFirst):
            return to_sign_in(request)
        if not isinstance(exception, Refusal):
            return None
        verdict = exception.verdict
        if request.headers.get("Accept", "").startswith("application/json"):
            body = {"code": verdict.code, "reason": str(verdict.reason)}
            return JsonResponse(body, status=exception.status)
        page = "site/errors/refusal.html#note" if request.headers.get("HX-Request") else None
        page = page or f"site/errors/{'404' if exception.status == 404 else 'refusal'}.html"
        return render(request, page, {"verdict": verdict}, status=exception.status)


class Unshared:
    """Pages for somebody we know are kept by nobody; pages for everybody differ by cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        is_known = session.accessed and SESSION_KEY in session
        if is_known and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["Cookie"])
        return response
