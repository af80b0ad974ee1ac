"""What becomes of votes and posts when somebody leaves, or asks what we know of them."""

from datetime import datetime
from typing import Any

from django.apps import AppConfig

from leitai.foundation import signals


class Finals(AppConfig):
    name = "leitai.rooms.finals"

    def ready(self) -> None:
        signals.person_leaving.connect(_forget)
        signals.own_data_asked.connect(_told)


def _forget(*, person: Any, by: Any, at: datetime, **_: Any) -> None:
    from leitai.rooms.finals import actions

    actions.forget_person(person=person, by=by, at=at)


def _told(*, person: Any, **_: Any) -> tuple[str, list[dict[str, Any]]]:
    from leitai.rooms.finals import queries

    return "halls", queries.halls_of(person)
