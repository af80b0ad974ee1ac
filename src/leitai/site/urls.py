"""Every address of Leitai."""

from django.conf import settings
from django.urls import include, path

from leitai.site import health, look, style
from leitai.site.api import api

# Each room's own pages live under its name; entries are what people call submissions.
ROOMS = {
    "people": "people",
    "contests": "contests",
    "partners": "partners",
    "demands": "demands",
    "entries": "submissions",
    "checks": "screening",
    "stages": "stages",
    "jury": "jury",
    "standings": "standings",
    "messages": "messages",
    "finals": "finals",
    "awards": "awards",
}

urlpatterns = [
    path("", include("leitai.site.urls_pages")),
    path("files/", include("leitai.foundation.files.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("api/", api.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("look/", look.choose, name="look"),
    *[path(f"{prefix}/", include(f"leitai.rooms.{room}.urls")) for prefix, room in ROOMS.items()],
]
if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("_/style/", style.style, name="style"))

handler400 = "leitai.site.errors.bad_request"
handler403 = "leitai.site.errors.forbidden"
handler404 = "leitai.site.errors.not_found"
handler500 = "leitai.site.errors.broken"
