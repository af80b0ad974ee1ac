"""A press at a desk: done for what its page showed, or refused with words."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation.refusals import NotPossible
from leitai.foundation.states import hold
from leitai.rooms.finals.models import Session
from leitai.rooms.finals.queries.desk import is_as_seen
from leitai.rooms.people.models import User
from leitai.values.verdict import no

STALE = no(
    "stale",
    _("Something changed a moment ago, and your press was not done. Look again, then press."),
)


@transaction.atomic
def press(
    *, session: Session, subject: str, seen: str, deed: Callable[..., Any], by: User, at: datetime,
    **said: Any,
) -> Any:  # fmt: skip
    """Do `deed` if its subject still is as it was seen. Of two people who press together one is
    first, and the other one's page was drawn before that."""
    if subject == "order":
        hold(session.heat)  # as every change of an order does, before the session
    hold(session)
    if not is_as_seen(session, subject, seen):
        raise NotPossible(STALE)
    return deed(by=by, at=at, **said)
