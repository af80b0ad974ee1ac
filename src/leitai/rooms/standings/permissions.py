"""May this person compute, decide, publish or read a result?"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leitai.foundation.verdicts import HIDDEN, SIGN_IN
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Contest
from leitai.rooms.jury import permissions as jury
from leitai.rooms.jury.queries import is_tied_at
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import queries
from leitai.rooms.standings.models import Publication, Standing
from leitai.rooms.submissions import permissions as submissions
from leitai.rooms.submissions.models import Entry
from leitai.values.verdict import YES, Verdict, no


def make_standing(user: Any, stage: Stage) -> Verdict:
    """Organisers who do not mark here and have no tie to any entry of the stage: a list with one
    line left out would tell them that line's place."""
    if not (may := contests.organise(user, stage.contest) and jury.read_scores(user, stage)):
        return may
    if is_tied_at(user, stage):
        reason = _("You have a tie to an entry of this stage; another organiser has to do this.")
        return no("tied", reason)
    return YES


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
