"""May this person compute, decide, publish or read a result?"""

from typing import Any

from leitai.foundation.verdicts import HIDDEN, SIGN_IN
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Contest
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import queries
from leitai.rooms.standings.models import Publication, Standing
from leitai.rooms.submissions import permissions as submissions
from leitai.rooms.submissions.models import Entry
from leitai.values.verdict import YES, Verdict


def make_standing(user: Any, stage: Stage) -> Verdict:
    """Organisers only: the secretariat sees no scores before the decision."""
    return contests.organise(user, stage.contest)


def decide(user: Any, standing: Standing) -> Verdict:
    return make_standing(user, standing.stage)


def publish(user: Any, standing: Standing) -> Verdict:
    return make_standing(user, standing.stage)


def release_comments(user: Any, stage: Stage) -> Verdict:
    return make_standing(user, stage)


def read_notice(user: Any, publication: Publication) -> Verdict:
    """Whoever may read of the contest."""
    return contests.read_contest(user, publication.contest)


def read_notices(user: Any, contest: Contest) -> Verdict:
    return contests.read_contest(user, contest)


def read_result(user: Any, entry: Entry) -> Verdict:
    """The team, once a result with its entry is published; nobody learns of others this way."""
    if not user.is_authenticated:
        return SIGN_IN
    if not (may := submissions.read_own(user, entry)):
        return may
    return YES if queries.result(entry) else HIDDEN
