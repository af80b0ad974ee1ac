"""What every template may say."""

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from leitai.site.pages import demo_doors


def live_url(request: HttpRequest) -> str:
    """Where this reader's browser finds the live process.

    Behind a proxy that is `/live/` on the same origin (LEITAI_LIVE=/live/). Without one, a browser
    cannot reach two processes on one port, so it is the live port of the very host that was typed.
    """
    if settings.LIVE_URL:
        return settings.LIVE_URL
    host = re.sub(r":\d+$", "", request.get_host())
    return f"{request.scheme}://{host}:{settings.LIVE_PORT}/live/"


def site(request: HttpRequest) -> dict[str, Any]:
    return {"demo": settings.DEMO, "demo_roles": demo_doors.roles, "live_url": live_url(request)}
