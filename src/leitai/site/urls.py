"""Every address of Leitai."""

from django.urls import include, path

from leitai.site import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
