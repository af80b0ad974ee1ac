"""Every address of Leitai, and the living page of the look."""

from django.urls import path

from leitai.site import style, urls

urlpatterns = [path("_/style/", style.style, name="style"), *urls.urlpatterns]
