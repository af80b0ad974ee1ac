"""Addresses of the stages room."""

from django.urls import URLPattern

app_name = "stages"
urlpatterns: list[URLPattern] = []
