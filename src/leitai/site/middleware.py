"""What every answer of the site needs."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from leitai.site.context import live_url


class LiveOrigin:
    """Let pages listen to the live process when it stands on a port of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        origin = live_url(request).removesuffix("/live/")
        sources = ["'self'", origin] if origin else ["'self'"]
        asked = getattr(response, "_csp_update", None) or {}  # by a view, for its own page
        response._csp_update = {**asked, "connect-src": sources}
        return response


def who_tried(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str | None:
    """Whose sign-in attempts to count: the address typed, however it is written."""
    typed = (credentials or {}).get("email") or (request and request.POST.get("login"))
    return typed.strip().lower() if typed else None
