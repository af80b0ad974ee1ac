"""Theme, care mode and time zone: cookies that the server reads, so that no page flashes."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from leitai.foundation.doors import public

CHOICES = {"theme": ("auto", "light", "dark"), "care": ("off", "on")}
HOME = ZoneInfo("Asia/Shanghai")
A_YEAR = 365 * 24 * 3600


def chosen(request: HttpRequest | None) -> dict[str, str]:
    """What this browser asked for; the first choice of each where it never said."""
    cookies = request.COOKIES if request else {}
    kept = {name: cookies.get(f"leitai_{name}") for name in CHOICES}
    return {n: kept[n] if kept[n] in CHOICES[n] else CHOICES[n][0] for n in CHOICES}


@public
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """One press on a switch in the header; goes back to the page it came from."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    response = redirect(back if safe else "/")
    for name, choices in CHOICES.items():
        if (value := request.POST.get(name)) in choices:
            response.set_cookie(
                f"leitai_{name}",
                value,
                max_age=A_YEAR,
                samesite="Lax",
                httponly=True,
                secure=request.is_secure(),
            )
    return response


class ReadersZone:
    """Print and read times on the reader's clock.

    The browser tells its zone in a cookie (zone.js); who does not say is taken to be in China.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(_zone(request.COOKIES.get("leitai_zone", ""))):
            return self.get_response(request)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name) if name else HOME
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a cookie may say anything
        return HOME
