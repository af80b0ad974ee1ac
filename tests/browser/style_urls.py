"""Every address of Leitai, and the living page of the look."""

from django.urls import path

from leitai.site import style, urls
from leitai.site.urls import handler400, handler403, handler404, handler500  # noqa: F401

urlpatterns = [path("_/style/", style.style, name="style"), *urls.urlpatterns]
