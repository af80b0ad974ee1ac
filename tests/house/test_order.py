"""A room looks back at earlier rooms and never ahead."""

import tomllib

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model

from tests.house.reading import PROJECT, rooms


def kept_by_the_linter() -> list[str]:
    written = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    contracts = written["tool"]["importlinter"]["contracts"]
    (walk,) = [c for c in contracts if c.get("containers") == ["leitai.rooms"]]
    return [room for layer in reversed(walk["layers"]) for room in layer.split(" | ")]


def test_settings_list_the_rooms_in_the_order_the_linter_keeps():
    assert list(settings.ROOMS) == kept_by_the_linter()


def test_every_room_is_in_the_house():
    assert sorted(settings.ROOMS) == rooms()


def test_rows_point_only_to_earlier_rooms():
    order = list(settings.INSTALLED_APPS)

    def place(model):
        return order.index(model._meta.app_config.name)

    ahead = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("leitai.")
        for field in model._meta.get_fields()
        if field.concrete and field.related_model not in (None, get_user_model())
        if place(field.related_model) > place(model)
    ]
    assert ahead == []
