"""What becomes of an objector's name when somebody leaves, or asks what we know of them."""

from datetime import datetime
from typing import Any

from django.apps import AppConfig

from leitai.foundation import signals


class Standings(AppConfig):
    name = "leitai.rooms.standings"

    def ready(self) -> None:
        signals.person_leaving.connect(_forget)
        signals.own_data_asked.connect(_told)


def _forget(*, person: Any, by: Any, at: datetime, **_: Any) -> None:
    from leitai.rooms.standings import actions

    actions.forget_objector(person=person, by=by, at=at)


def _told(*, person: Any, **_: Any) -> tuple[str, list[dict[str, Any]]]:
    from leitai.rooms.standings import queries

    return "objections", queries.objections_of(person)
