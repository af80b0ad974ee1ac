"""What entries do when people take back consents, leave, or ask what we know of them."""

from datetime import datetime
from typing import Any

from django.apps import AppConfig

from leitai.foundation import signals


class Submissions(AppConfig):
    name = "leitai.rooms.submissions"

    def ready(self) -> None:
        signals.consent_withdrawing.connect(_hand_on_no_more)
        signals.person_leaving.connect(_forget)
        signals.own_data_asked.connect(_told)


def _hand_on_no_more(*, consent: Any, by: Any, at: datetime, **_: Any) -> None:
    from leitai.rooms.submissions import actions

    actions.hand_on_no_more(consent=consent, by=by, at=at)


def _forget(*, person: Any, by: Any, at: datetime, **_: Any) -> None:
    from leitai.rooms.submissions import actions

    actions.forget_person(person=person, by=by, at=at)


def _told(*, person: Any, **_: Any) -> tuple[str, list[dict[str, Any]]]:
    from leitai.rooms.submissions import queries

    return "entries", queries.seats_of(person)
