"""The doors for programs: one address tree, collected from the rooms.

Programs come in like browsers do, with the session's cookie and, to change something, the CSRF
token. Each function asks the same permissions as the page that is its twin.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer
from ninja.security import APIKeyCookie

from leitai import __version__
from leitai.foundation.doors import SignInFirst
from leitai.foundation.refusals import Refusal
from leitai.foundation.verdicts import HIDDEN, SIGN_IN
from leitai.values.verdict import Verdict


class Session(APIKeyCookie):
    """Who is signed in, and strangers too: the functions themselves ask whom they admit."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return request.user


class AsWritten(JSONRenderer):
    """Chinese stays Chinese on the wire, at half the bytes."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Leitai",
    version=__version__,
    description="An innovation contest from the first call to the last handshake.",
    auth=Session(),
    renderer=AsWritten(),
    docs_url=None,  # its page would fetch scripts from another host
    openapi_url="/openapi.json",
)
for room in settings.ROOMS:
    if find_spec(f"leitai.rooms.{room}.api"):
        api.add_router(f"/{room}/", import_module(f"leitai.rooms.{room}.api").router)


def _no(request: HttpRequest, verdict: Verdict, status: int, **more: Any) -> HttpResponse:
    body = {"code": verdict.code, "reason": str(verdict.reason), **more}
    return api.create_response(request, body, status=status)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if refusal.status == 404:
        return not_found(request, refusal)
    return _no(request, refusal.verdict, refusal.status)


@api.exception_handler(SignInFirst)
@api.exception_handler(Http404)
def not_found(request: HttpRequest, refusal: Exception) -> HttpResponse:
    """Strangers are always asked to sign in, and people we know always hear "nothing here": so no
    answer tells whether something is hidden."""
    if not request.user.is_authenticated:
        return _no(request, SIGN_IN, 401)
    return _no(request, HIDDEN, 404)


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [{"where": list(e["loc"]), "fault": e["msg"]} for e in error.errors]
    body = {"code": "not_understood", "reason": "The request does not fit.", "faults": faults}
    return api.create_response(request, body, status=422)


@api.exception_handler(HttpError)
def turned_away(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Ninja's own no, such as a missing CSRF token."""
    if error.status_code == 401:
        return _no(request, SIGN_IN, 401)
    body = {"code": "turned_away", "reason": str(error)}
    return api.create_response(request, body, status=error.status_code)
