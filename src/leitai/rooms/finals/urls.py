"""Addresses of the hall."""

from django.urls import URLPattern

app_name = "finals"

urlpatterns: list[URLPattern] = []
