"""The committee meets: who is in the room, and which special places it votes on."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.demands.models import Demand
from leitai.rooms.people.models import User
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import queries, rules
from leitai.rooms.standings.models import Attendee, SpecialPlace
from leitai.rooms.standings.queries import nominations
from leitai.rooms.standings.rules import SPECIAL_MOVES, Outcome, SpecialKind, SpecialState
from leitai.rooms.submissions.models import Answer, Entry
from leitai.values.verdict import no


@transaction.atomic
def enter_room(
    *, stage: Stage, name: str, title: str, user: User | None = None, by: User, at: datetime
) -> Attendee:
    """Somebody is present; with an account, the own name stands in the record."""
    hold(stage)
    name = user.name if user else name.strip()
    if not name or not title.strip():
        raise NotPossible(no("no_name", _("Please give the name and the role of the person.")))
    if user and queries.attendees(stage).filter(user=user).exists():
        raise NotPossible(no("present", _("This person is on the list already.")))
    attendee = Attendee.objects.create(
        stage=stage, user=user, name=name, title=title.strip(), by=by, at=at
    )
    journal.write("standings.person_present", about=attendee, by=by, at=at)
    return attendee


@transaction.atomic
def leave_room(*, attendee: Attendee, by: User, at: datetime) -> None:
    """Listed by mistake, or gone before the decision."""
    hold(attendee.stage)
    hold(attendee)
    if attendee.decision_id:
        raise NotPossible(no("decided", _("The decision is taken; its record stands.")))
    journal.write("standings.person_left", about=attendee, by=by, at=at)
    attendee.delete()


@transaction.atomic
def propose_special(
    *, stage: Stage, entry: Entry, kind: str, why: str, proposer: str = "",
    demand: Demand | None = None, by: User, at: datetime,
) -> SpecialPlace:  # fmt: skip
    """A place beside the quota is proposed; the committee votes on it when it meets."""
    hold(stage.contest)
    hold(stage)
    closes_at = stage.contest.rules.entry.span.closes_at
    is_direct, is_nominated = kind == SpecialKind.DIRECT, kind == SpecialKind.NOMINATION
    require(
        rules.may_propose(
            limit=queries.special_limit(stage.contest, kind),
            used=queries.special_used(stage, kind), is_chosen=_is_chosen(stage, entry),
            is_listed_in_time=not is_direct or closes_at is None or at < closes_at,
            answers=not is_nominated or entry.answers.filter(demand=demand).exists(), why=why,
        )
    )  # fmt: skip
    proposer = demand.owner.name if is_nominated and demand else proposer.strip()
    if not proposer or entry.contest_id != stage.contest_id:
        raise NotPossible(no("no_proposer", _("Please say who proposes this entry.")))
    place = SpecialPlace.objects.create(
        stage=stage, entry=entry, kind=kind, why=why.strip(), proposer=proposer, demand=demand,
        by=by, at=at,
    )  # fmt: skip
    journal.write("standings.special_proposed", about=place, by=by, at=at, entry=entry.pk,
                  kind=kind)  # fmt: skip
    return place


@transaction.atomic
def nominate(*, answer: Answer, why: str, by: User, at: datetime) -> SpecialPlace:
    """The owner of a demand names an entry that answers it; the committee votes when it meets."""
    contest = answer.entry.contest
    hold(contest)
    stage = nominations.stage_to_nominate(answer.entry)
    require(nominations.may_nominate_answer(answer, by=by, stage=stage, why=why))
    assert stage is not None  # asked above
    place = SpecialPlace.objects.create(
        stage=stage, entry=answer.entry, kind=SpecialKind.NOMINATION, why=why.strip()[:300],
        proposer=answer.demand.owner.name[:160], demand=answer.demand, by=by, at=at,
    )  # fmt: skip
    journal.write("standings.special_proposed", about=place, by=by, at=at, entry=answer.entry_id,
                  kind=place.kind)  # fmt: skip
    return place


def _is_chosen(stage: Stage, entry: Entry) -> bool:
    newest = queries.newest(stage)
    by_marks = newest and newest.places.filter(entry=entry, outcome=Outcome.IN).exists()
    listed = stage.special_places.exclude(state=SpecialState.REJECTED).filter(entry=entry)
    return bool(by_marks) or listed.exists()


@transaction.atomic
def settle_special(
    *, place: SpecialPlace, votes_for: int, votes_against: int, by: User, at: datetime
) -> SpecialPlace:
    """How the vote went: more for than against carries it."""
    hold(place.stage)
    hold(place)
    present = queries.present_for(place.stage, place.entry)
    require(rules.may_settle_special(place.state, votes=votes_for + votes_against, present=present))
    is_carried = votes_for > votes_against
    to = SpecialState.CARRIED if is_carried else SpecialState.REJECTED
    move(place, to, moves=SPECIAL_MOVES)
    place.votes_for, place.votes_against = votes_for, votes_against
    place.settled_by, place.settled_at = by, at
    place.save(update_fields=["votes_for", "votes_against", "settled_by", "settled_at"])
    journal.write("standings.special_voted", about=place, by=by, at=at, carried=is_carried,
                  votes_for=votes_for, votes_against=votes_against)  # fmt: skip
    return place
