"""Letting people in."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from leitai.foundation.refusals import NotAllowed, NotFound
from leitai.foundation.verdicts import HIDDEN, SIGN_IN
from leitai.values.verdict import Verdict


class SignInFirst(Exception):
    """A stranger stands at a door that opens only to people we know."""


def admit(request: HttpRequest, permission: Callable[..., Verdict], *things: Any) -> None:
    """Stop here unless the permission says yes to this person.

    A refusal with the code "hidden" answers 404, word for word like an address that does not exist;
    so a permission decides by its code whether a person may know of the thing.
    """
    verdict = permission(request.user, *things)
    if verdict:
        return
    if not request.user.is_authenticated and verdict.code == SIGN_IN.code:
        raise SignInFirst
    raise (NotFound if verdict.code == HIDDEN.code else NotAllowed)(verdict)


def public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a page that everyone may see."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a stranger to the sign-in page and back again afterwards."""
    return redirect_to_login(request.get_full_path())
