"""Who may do what to stages and to the rules they follow."""

from typing import Any

from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Contest
from leitai.rooms.stages.models import Stage
from leitai.values.verdict import Verdict


def change_rules(user: Any, contest: Contest) -> Verdict:
    """The contest's organisers."""
    return contests.organise(user, contest)


def read_stages(user: Any, contest: Contest) -> Verdict:
    """Everybody who works for the contest, supervisors included."""
    return contests.oversee(user, contest)


def run_stage(user: Any, stage: Stage) -> Verdict:
    """Open, close, extend, let in, take out: the contest's organisers."""
    return contests.organise(user, stage.contest)
