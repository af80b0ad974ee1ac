"""What this room does when post has gone out, when people leave, or ask what we know of them."""

from datetime import datetime
from typing import Any

from django.apps import AppConfig

from leitai.foundation import signals


class Messages(AppConfig):
    name = "leitai.rooms.messages"
    label = "mailings"  # Django's own messages have the plain word

    def ready(self) -> None:
        signals.post_round_ended.connect(_tend)
        signals.person_leaving.connect(_forget)
        signals.own_data_asked.connect(_told)


def _tend(*, at: datetime, **_: Any) -> None:
    from leitai.rooms.messages import actions

    actions.tend_mailings(by=None, at=at)


def _forget(*, person: Any, by: Any, at: datetime, **_: Any) -> None:
    from leitai.rooms.messages import actions

    actions.forget_person(person=person, by=by, at=at)


def _told(*, person: Any, **_: Any) -> tuple[str, list[dict[str, Any]]]:
    from leitai.rooms.messages import queries

    return "letters", queries.letters_of(person)
