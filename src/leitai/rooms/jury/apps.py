"""What this room does when people leave, or ask what we know of them."""

from datetime import datetime
from typing import Any

from django.apps import AppConfig

from leitai.foundation import signals


class Jury(AppConfig):
    name = "leitai.rooms.jury"

    def ready(self) -> None:
        signals.person_leaving.connect(_forget)
        signals.own_data_asked.connect(_told)


def _forget(*, person: Any, by: Any, at: datetime, **_: Any) -> None:
    from leitai.rooms.jury import actions

    actions.forget_person(person=person, by=by, at=at)


def _told(*, person: Any, **_: Any) -> tuple[str, list[dict[str, Any]]]:
    from leitai.rooms.jury import queries

    return "juries", queries.juries_of(person)
