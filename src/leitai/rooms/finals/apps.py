"""The room as Django knows it."""

from django.apps import AppConfig


class Finals(AppConfig):
    name = "leitai.rooms.finals"
