"""Pages that a browser may keep for the time without a network."""

from typing import Any

from django.http import HttpResponse

KEEP = "Leitai-Keep"
"""The service worker keeps a page that bears this header, for the person it names."""


def kept_by(response: HttpResponse, user: Any) -> HttpResponse:
    """Let this person's own browser keep the page for the time without a network."""
    response[KEEP] = str(user.pk)
    return response
