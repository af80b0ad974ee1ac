"""A device's ballot: a token of ours that comes with the hall's page and goes along with a vote."""

import secrets
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

COOKIE = "leitai_ballot"
A_MONTH = 30 * 24 * 3600


def with_ballot(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Whoever opens the page of a hall has one."""
    if read_ballot(request) is None:
        words = f"{secrets.token_urlsafe(16)} {int(request.at.timestamp())}"
        response.set_signed_cookie(
            COOKIE, words, salt=COOKIE, max_age=A_MONTH, httponly=True, samesite="Lax",
            secure=request.is_secure(),
        )  # fmt: skip
    return response


def read_ballot(request: HttpRequest) -> tuple[str, datetime] | None:
    """The token, and when it was given out; None when there is none of ours."""
    words = request.get_signed_cookie(COOKIE, default="", salt=COOKIE)
    token, _blank, issued = words.partition(" ")
    return (token, datetime.fromtimestamp(int(issued), UTC)) if token else None
