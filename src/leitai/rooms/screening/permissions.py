"""May this person check entries?"""

from typing import Any

from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Contest
from leitai.rooms.screening.models import Echo, Flag
from leitai.rooms.submissions import permissions as submissions
from leitai.rooms.submissions.models import Entry
from leitai.values.verdict import Verdict


def check_entries(user: Any, contest: Contest) -> Verdict:
    """Organisers and secretariat."""
    return contests.run(user, contest)


def check_entry(user: Any, entry: Entry) -> Verdict:
    return check_entries(user, entry.contest)


def settle_flag(user: Any, flag: Flag) -> Verdict:
    return check_entries(user, flag.contest)


def settle_echo(user: Any, echo: Echo) -> Verdict:
    return check_entries(user, echo.entry.contest)


def read_other(user: Any, echo: Echo) -> Verdict:
    """The other entry and what it has in common: only who may read it in its own contest."""
    return submissions.read_confidential(user, echo.other)
