"""Every address of Leitai."""

from django.urls import include, path

from leitai.site import health

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
}

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    *[
        path(f"{prefix}/", include(f"leitai.rooms.{room}.urls"))
        for prefix, room in ROOMS.items()
    ],
]
