"""Addresses of the demands room."""

from django.urls import URLPattern

app_name = "demands"
urlpatterns: list[URLPattern] = []
