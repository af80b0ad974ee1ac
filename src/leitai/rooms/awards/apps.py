"""What becomes of names on certificates when somebody leaves, or asks what we know of them."""

from datetime import datetime
from typing import Any

from django.apps import AppConfig

from leitai.foundation import signals


class Awards(AppConfig):
    name = "leitai.rooms.awards"

    def ready(self) -> None:
        signals.person_leaving.connect(_forget)
        signals.own_data_asked.connect(_told)


def _forget(*, person: Any, by: Any, at: datetime, **_: Any) -> None:
    from leitai.rooms.awards import actions

    actions.forget_person(person=person, by=by, at=at)


def _told(*, person: Any, **_: Any) -> tuple[str, list[dict[str, Any]]]:
    from leitai.rooms.awards import queries

    return "certificates", queries.owned_by(person)
