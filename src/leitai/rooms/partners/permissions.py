"""Who may do what with partners."""

from typing import Any

from leitai.foundation.verdicts import HIDDEN, SIGN_IN
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests import queries as contest_queries
from leitai.rooms.contests.models import Edition
from leitai.rooms.contests.rules import Role
from leitai.values.verdict import YES, Verdict


def see_partners(user: Any, edition: Edition) -> Verdict:
    """Whoever may see the edition."""
    return contests.read_edition(user, edition)


def keep_partners(user: Any, edition: Edition) -> Verdict:
    """The edition's organisers and its secretariat."""
    if not user.is_authenticated:
        return SIGN_IN
    has = contest_queries.edition_roles(user, edition)
    if has & {Role.ORGANISER, Role.SECRETARIAT}:
        return YES
    return contests.organise_edition(user, edition) if has else HIDDEN
