"""Addresses of the submissions room."""

from django.urls import URLPattern

app_name = "submissions"
urlpatterns: list[URLPattern] = []
