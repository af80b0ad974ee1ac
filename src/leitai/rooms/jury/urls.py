"""Addresses of the jury room."""

from django.urls import URLPattern

app_name = "jury"
urlpatterns: list[URLPattern] = []
