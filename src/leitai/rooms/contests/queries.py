"""What do we know about roles and rules?"""

from typing import Any

from leitai.rooms.contests.models import Contest, Edition
from leitai.rooms.contests.rules import Role


def roles_in(user: Any, edition_id: int, contest_id: int | None = None) -> set[Role]:
    """The person's roles for this contest, its edition's included; one query a request."""
    if not user.is_authenticated:
        return set()
    if not hasattr(user, "_appointments"):
        user._appointments = list(user.appointments.values_list("edition_id", "contest_id", "role"))
    return {
        Role(role)
        for edition, contest, role in user._appointments
        if edition == edition_id and contest in (None, contest_id)
    }


def roles(user: Any, contest: Contest) -> set[Role]:
    return roles_in(user, contest.edition_id, contest.pk)


def edition_roles(user: Any, edition: Edition) -> set[Role]:
    return roles_in(user, edition.pk)
