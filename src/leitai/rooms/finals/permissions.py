"""Who may do what in the hall, and who may see what of it."""

from typing import Any

from leitai.foundation.verdicts import HIDDEN
from leitai.rooms.contests import permissions as contests
from leitai.rooms.finals.models import Session
from leitai.values.verdict import Verdict


def see_board(user: Any, session: Session) -> Verdict:
    """Whoever works for the contest; a computer in the hall comes with a ticket instead."""
    return contests.oversee(user, session.heat.stage.contest)


def see_hall(user: Any, session: Session) -> Verdict:
    """Everybody who may read the contest; a rehearsal only those who work for it."""
    contest = session.heat.stage.contest
    if session.is_rehearsal:
        return contests.oversee(user, contest) or HIDDEN
    return contests.read_contest(user, contest)
