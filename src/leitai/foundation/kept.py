"""Pages that a browser may keep for the time without a network."""

from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse

KEEP = "Leitai-Keep"
"""The service worker keeps a page that bears this header, for the person it names."""


def kept_by(response: HttpResponse, user: Any) -> HttpResponse:
    """Let this person's own browser keep the page for the time without a network."""
    response[KEEP] = str(user.pk)
    return response


def the_worker(name: str) -> HttpResponse:
    """A service worker of ours. Its address says which pages it looks after: those below it."""
    path = finders.find(name)
    if path is None:
        raise Http404
    response = HttpResponse(Path(path).read_bytes(), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response
