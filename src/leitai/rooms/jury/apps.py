"""What this room does when people leave, or ask what we know of them."""

from datetime import datetime
from typing import Any

from django.apps import AppConfig

from leitai.foundation import signals


class Jury(AppConfig):
    name = "leitai.rooms.jury"

    def ready(self) -> None:
        signals.person_leaving.connect(_forget)
        signals.consent_withdrawing.connect(_leave_pool)
        signals.own_data_asked.connect(_told)


def _forget(*, person: Any, by: Any, at: datetime, **_: Any) -> None:
    from leitai.rooms.jury import actions

    actions.forget_person(person=person, by=by, at=at)
    actions.forget_expert(person=person, by=by, at=at)


def _leave_pool(*, consent: Any, by: Any, at: datetime, **_: Any) -> None:
    """Whoever takes the consent back leaves the pool with it."""
    from leitai.rooms.jury import actions
    from leitai.rooms.jury.models import Expert

    for expert in Expert.objects.present().filter(consent=consent):
        actions.leave_pool(expert=expert, by=by, at=at)


def _told(*, person: Any, **_: Any) -> tuple[str, list[dict[str, Any]]]:
    from leitai.rooms.jury import queries

    return "juries", queries.juries_of(person)
