"""May this person compute, decide, publish or read a result?"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leitai.foundation.verdicts import HIDDEN, SIGN_IN
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Contest
from leitai.rooms.demands import permissions as demands
from leitai.rooms.jury import permissions as jury
from leitai.rooms.jury.queries import is_tied, is_tied_at, sight
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import queries
from leitai.rooms.standings.models import (
    Appeal,
    Attendee,
    Hearing,
    Offer,
    Publication,
    SpecialPlace,
    Standing,
)
from leitai.rooms.submissions import permissions as submissions
from leitai.rooms.submissions.models import Answer, Entry
from leitai.rooms.submissions.rules import State as EntryState
from leitai.values.verdict import YES, Verdict, no


def make_standing(user: Any, stage: Stage) -> Verdict:
    """Organisers who do not mark here and have no tie to any entry of the stage: a list with one
    line left out would tell them that line's place."""
    if not (may := contests.organise(user, stage.contest) and jury.read_scores(user, stage)):
        return may
    return _untied_at(user, stage)


def decide(user: Any, standing: Standing) -> Verdict:
    return make_standing(user, standing.stage)


def publish(user: Any, standing: Standing) -> Verdict:
    return make_standing(user, standing.stage)


def meet(user: Any, stage: Stage) -> Verdict:
    """The page of the meeting room: whoever makes the standing, and sees scores before they are
    published."""
    may = make_standing(user, stage)
    return may if not may or sight(user, stage).standing else HIDDEN


def read_record(user: Any, standing: Standing) -> Verdict:
    """Those who make the standing, and those who were present at the decision without a tie."""
    if may := make_standing(user, standing.stage):
        return may
    own = queries.own_seat(user, standing)
    if own is None:
        return may
    if own.left_for or is_tied_at(user, standing.stage):
        reason = _("You left the room for an entry you have a tie to; others sign.")
        return no("tied", reason)
    return YES


def vote_special(user: Any, place: SpecialPlace) -> Verdict:
    return meet(user, place.stage)


def nominate(user: Any, answer: Answer) -> Verdict:
    """Those who speak for the demand's owner, of an entry that was handed in, where the rules give
    owners a place."""
    if not (may := demands.own_demand(user, answer.demand)):
        return may
    entry = answer.entry
    is_there = entry.version > 0 and entry.state != EntryState.WITHDRAWN
    return YES if is_there and entry.contest.rules.decision.nominations else HIDDEN


def list_present(user: Any, attendee: Attendee) -> Verdict:
    return meet(user, attendee.stage)


def read_offers(user: Any, stage: Stage) -> Verdict:
    """The day's work: organisers and secretariat. Entries they have a tie to are not on it."""
    return contests.run(user, stage.contest)


def extend_offer(user: Any, offer: Offer) -> Verdict:
    may = contests.run(user, offer.stage.contest)
    return HIDDEN if may and is_tied(user, offer.entry_id) else may


def answer_offer(user: Any, entry: Entry) -> Verdict:
    """The captain speaks for the team, once a place is offered."""
    may = submissions.lead(user, entry)
    return may if not may or queries.offer_of(entry) else HIDDEN


def release_comments(user: Any, stage: Stage) -> Verdict:
    """Read jurors' words and let them through: also the secretariat, once the judging is closed;
    nobody who marks here or has a tie to an entry of the stage."""
    if not (may := contests.run(user, stage.contest) and jury.read_scores(user, stage)):
        return may
    return _untied_at(user, stage)


def release_feedback(user: Any, stage: Stage) -> Verdict:
    return make_standing(user, stage)


def _untied_at(user: Any, stage: Stage) -> Verdict:
    if is_tied_at(user, stage):
        reason = _("You have a tie to an entry of this stage; another organiser has to do this.")
        return no("tied", reason)
    return YES


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


def file_appeal(user: Any, publication: Publication) -> Verdict:
    """Everybody signed in, by real name."""
    if not user.is_authenticated:
        return SIGN_IN
    return read_notice(user, publication)


def list_own_appeals(user: Any) -> Verdict:
    return YES if user.is_authenticated else SIGN_IN


def follow_appeal(user: Any, appeal: Appeal) -> Verdict:
    """The objector, and nobody else."""
    if not user.is_authenticated:
        return SIGN_IN
    return YES if appeal.objector.by_id == user.pk else HIDDEN


def list_appeals(user: Any, contest: Contest) -> Verdict:
    """States and dates, without a name: all who oversee the contest."""
    return contests.oversee(user, contest)


def run_appeal(user: Any, appeal: Appeal) -> Verdict:
    """Organisers, and not in their own cause: where they have a tie, nothing is there."""
    if not (may := contests.organise(user, appeal.publication.contest)):
        return may
    if appeal.entry_id and is_tied(user, appeal.entry_id):
        return HIDDEN
    return HIDDEN if appeal.objector.by_id == user.pk else YES


def hear_appeal(user: Any, appeal: Appeal) -> Verdict:
    """The panel; whoever has got a tie since is out."""
    if not user.is_authenticated:
        return SIGN_IN
    sits = appeal.panelists.filter(user=user).exists()
    if not sits or (appeal.entry_id and is_tied(user, appeal.entry_id)):
        return HIDDEN
    return YES


def read_appeal(user: Any, appeal: Appeal) -> Verdict:
    """Those who run the case and those who hear it."""
    return hear_appeal(user, appeal) or run_appeal(user, appeal)


def read_objector(user: Any, appeal: Appeal) -> Verdict:
    return read_appeal(user, appeal)


def read_hearing(user: Any, hearing: Hearing) -> Verdict:
    """The team that is heard."""
    return _of_team(submissions.read_own, user, hearing)


def state_case(user: Any, hearing: Hearing) -> Verdict:
    return _of_team(submissions.lead, user, hearing)


def _of_team(permission: Any, user: Any, hearing: Hearing) -> Verdict:
    entry = hearing.appeal.entry
    return permission(user, entry) if entry else HIDDEN


def read_corrections(user: Any, entry: Entry) -> Verdict:
    return submissions.read_own(user, entry)


def ask_correction(user: Any, entry: Entry) -> Verdict:
    return submissions.lead(user, entry)


def run_corrections(user: Any, contest: Contest) -> Verdict:
    """Spelling is the day's work; it moves no mark."""
    return contests.run(user, contest)
