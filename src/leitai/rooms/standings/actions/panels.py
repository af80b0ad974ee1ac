"""A panel hears an objection, votes, and the organisers answer and mend."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.people.models import User
from leitai.rooms.standings import notices, queries
from leitai.rooms.standings.actions.appeals import due
from leitai.rooms.standings.models import Appeal, Hearing, Panelist, Publication
from leitai.rooms.standings.rules import appeals as rules
from leitai.rooms.standings.rules.appeals import APPEAL_MOVES, UNDER_WAY, AppealState
from leitai.values.verdict import no

REMIND = timedelta(days=1)


@transaction.atomic
def seat_panelist(*, appeal: Appeal, user: User, by: User, at: datetime) -> Panelist:
    """The organisers choose; who marked the entry, has a tie to it or objects is refused."""
    hold(appeal)
    _require_under_way(appeal)
    require(queries.may_sit(user, appeal))
    if appeal.panelists.filter(user=user).exists():
        raise NotPossible(no("seated", _("This person sits on the panel already.")))
    panelist = Panelist.objects.create(appeal=appeal, user=user, by=by, at=at)
    journal.write("standings.panelist_seated", about=panelist, by=by, at=at, appeal=appeal.number)
    notices.panelist_seated(panelist, at=at)
    return panelist


@transaction.atomic
def unseat_panelist(*, panelist: Panelist, by: User, at: datetime) -> None:
    """Before they vote; a vote stands."""
    hold(panelist.appeal)
    hold(panelist)
    _require_under_way(panelist.appeal)
    if panelist.vote:
        raise NotPossible(no("voted", _("You cannot unseat somebody who has voted.")))
    journal.write(
        "standings.panelist_unseated", about=panelist, by=by, at=at, appeal=panelist.appeal.number
    )
    panelist.delete()


@transaction.atomic
def state_case(*, hearing: Hearing, statement: str, by: User, at: datetime) -> Hearing:
    """The team says what it has to say, once, in time."""
    hold(hearing.appeal)
    hold(hearing)
    _require_under_way(hearing.appeal)
    if hearing.is_over(at):
        raise NotPossible(
            no("hearing_over", _("The time to answer is over, or you have answered."))
        )
    if not statement.strip():
        raise NotPossible(no("no_statement", _("Please write your answer.")))
    hearing.statement, hearing.stated_by, hearing.stated_at = statement.strip(), by, at
    hearing.save(update_fields=["statement", "stated_by", "stated_at"])
    journal.write("standings.statement_given", about=hearing, by=by, at=at)
    return hearing


@transaction.atomic
def vote(*, panelist: Panelist, finding: str, reason: str, by: User, at: datetime) -> Panelist:
    """Once, with a reason; a tie that has turned up since is asked for again."""
    hold(panelist.appeal)
    hold(panelist)
    appeal = panelist.appeal
    require(
        rules.may_vote(appeal.state, has_voted=bool(panelist.vote), reason=reason, vote=finding)
        and queries.may_sit(panelist.user, appeal)
    )
    panelist.vote, panelist.reason, panelist.voted_at = finding, reason.strip(), at
    panelist.save(update_fields=["vote", "reason", "voted_at"])
    journal.write("standings.panelist_voted", about=panelist, by=by, at=at)
    return panelist


@transaction.atomic
def decide_appeal(*, appeal: Appeal, reason: str, by: User, at: datetime) -> Appeal:
    """What the votes say, with the panel's reason."""
    hold(appeal)
    require(appeal.may_decide(reason=reason, at=at))
    finding = rules.found([p.vote for p in appeal.panelists.all()])
    move(appeal, AppealState.DECIDED, moves=APPEAL_MOVES)
    rule = appeal.publication.contest.rules.notice.appeals
    appeal.finding, appeal.reason, appeal.decided_at = finding, reason.strip(), at
    appeal.due_at, appeal.reminded_at = due(at, rule.letter_days), None
    appeal.save(update_fields=["finding", "reason", "decided_at", "due_at", "reminded_at"])
    journal.write("standings.appeal_decided", about=appeal, by=by, at=at, finding=finding.value)
    return appeal


@transaction.atomic
def answer_appeal(*, appeal: Appeal, answer: str, by: User, at: datetime) -> Appeal:
    """The letter to the objector; the team hears what was found."""
    hold(appeal)
    if not answer.strip():
        raise NotPossible(no("no_answer", _("Please write the letter; the objector reads it.")))
    move(appeal, AppealState.ANSWERED, moves=APPEAL_MOVES)
    appeal.answer, appeal.answered_at, appeal.due_at = answer.strip(), at, None
    appeal.save(update_fields=["answer", "answered_at", "due_at"])
    journal.write("standings.appeal_answered", about=appeal, by=by, at=at)
    notices.appeal_told(appeal, at=at)
    notices.team_told(appeal, at=at)
    return appeal


@transaction.atomic
def link_remedy(*, appeal: Appeal, publication: Publication, by: User, at: datetime) -> Appeal:
    """The new version that came of an objection which was upheld."""
    hold(appeal)
    same = publication.contest_id == appeal.publication.contest_id
    later = same and publication.number > appeal.publication.number and publication.at >= appeal.at
    require(rules.may_link(appeal.state, finding=appeal.finding, later=later))
    appeal.remedy = publication
    appeal.save(update_fields=["remedy"])
    journal.write("standings.appeal_mended", about=appeal, by=by, at=at, number=publication.number)
    return appeal


@transaction.atomic
def note_objector_read(*, appeal: Appeal, by: User, at: datetime) -> None:
    """Every reading of the identity leaves a line."""
    journal.write("standings.objector_read", about=appeal, by=by, at=at)


@transaction.atomic
def remind_of_appeal(*, appeal: Appeal, by: User | None, at: datetime) -> bool:
    """Once for each step, a day before it is due; nothing when the step was done meanwhile."""
    hold(appeal)
    is_near = appeal.state in rules.OPEN and appeal.due_at and appeal.due_at <= at + REMIND
    if not is_near or appeal.reminded_at:
        return False
    appeal.reminded_at = at
    appeal.save(update_fields=["reminded_at"])
    journal.write("standings.appeal_reminded", about=appeal, by=by, at=at)
    notices.appeal_due(appeal, at=at)
    return True


def _require_under_way(appeal: Appeal) -> None:
    if appeal.state not in UNDER_WAY:
        raise NotPossible(no("not_under_way", _("This objection is not under way.")))
