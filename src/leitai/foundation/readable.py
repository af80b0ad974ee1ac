"""What may be said to Leitai at all.

PostgreSQL keeps no zero characters, and halves of a surrogate pair cannot be written down.
Addresses and cookies that hold some are refused at the front door. Forms clean what people type;
what slips through fails in the database, where nothing is kept, and is the sender's mistake.
"""

from collections.abc import Callable, Iterator

from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from leitai.foundation.refusals import Refusal
from leitai.values.verdict import no


class Unreadable(Refusal):
    """A text or a number that cannot be kept."""

    status = 400

    def __init__(self) -> None:
        reason = _("Something here cannot be kept, such as an invisible character. Nothing was.")
        super().__init__(no("unreadable", reason))


class Readable:
    """Refuses addresses and cookies with zero characters, so that no query has to think of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any("\0" in text for text in _said(request)):
            raise BadRequest("a zero character")
        return self.get_response(request)


def _said(request: HttpRequest) -> Iterator[str]:
    yield request.path_info
    yield from request.COOKIES.values()
    for key, values in request.GET.lists():
        yield from (key, *values)


def is_unreadable(exception: Exception) -> bool:
    """Whether this is what becomes of such a text, or of a number beyond all bounds."""
    if isinstance(exception, DataError):
        return True
    if isinstance(exception, UnicodeEncodeError):
        return exception.reason == "surrogates not allowed"
    words = ("NUL (0x00)", "Exceeds the limit")  # the driver's, and Python's for long numbers
    return isinstance(exception, ValueError) and any(word in str(exception) for word in words)
