"""Who is in the room, what was proposed, and the list as amendments ask for it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, QuerySet, Subquery

from leitai.rooms.contests.models import Contest
from leitai.rooms.jury import queries as jury
from leitai.rooms.stages.models import Participation, Stage
from leitai.rooms.standings.models import Attendee, Decision, SpecialPlace, Standing
from leitai.rooms.standings.rules import SpecialKind, SpecialState, Stand, State
from leitai.rooms.submissions.models import Entry


def attendees(stage: Stage) -> QuerySet[Attendee]:
    """In the room now; those of earlier decisions stand in their records."""
    return stage.attendees.filter(decision=None).select_related("user").order_by("pk")


def leaves_for(stage: Stage, people: Iterable[Attendee]) -> dict[int, list[Entry]]:
    """For which entries of the stage each of them leaves the room, by attendee; one query each,
    and a committee is small."""
    here = Participation.objects.filter(stage=stage, taken_out_at=None)
    listed = stage.special_places.exclude(state=SpecialState.REJECTED)
    ours = Entry.objects.filter(pk__in=here.values("entry")) | Entry.objects.filter(
        pk__in=listed.values("entry")
    )
    return {
        one.pk: list(ours.filter(pk__in=jury.tied_entries(one.user)).order_by("code"))
        if one.user
        else []
        for one in people
    }


def present_for(stage: Stage, entry: Entry) -> int:
    """How many may vote on it: whoever has a tie to it is not in the room."""
    people = list(attendees(stage))
    return sum(not (one.user and jury.is_tied(one.user, entry.pk)) for one in people)


def signers(stage: Stage) -> int:
    """Those present who can sign: with an account, and without a tie to any entry."""
    people = list(attendees(stage))
    left = leaves_for(stage, people)
    return sum(bool(one.user_id) and not left[one.pk] for one in people)


def special_places(stage: Stage) -> QuerySet[SpecialPlace]:
    """Of this stage, those not yet decided on."""
    rows = stage.special_places.filter(decision=None).select_related("entry__scenario", "demand")
    return rows.order_by("pk")


def special_used(stage: Stage, kind: str) -> int:
    """Wild cards are counted at each stage, the others in the whole contest."""
    rows = SpecialPlace.objects.filter(kind=kind).exclude(state=SpecialState.REJECTED)
    if kind == SpecialKind.WILD_CARD:
        return rows.filter(stage=stage).count()
    return rows.filter(stage__contest=stage.contest_id).count()


def special_limit(contest: Contest, kind: str) -> int:
    rule = contest.rules.decision
    limits = {
        SpecialKind.NOMINATION: rule.nominations,
        SpecialKind.WILD_CARD: rule.wild_cards,
        SpecialKind.DIRECT: rule.direct_entries,
    }
    return limits[SpecialKind(kind)]


def decision_of(standing: Standing) -> Decision | None:
    """Its own, or that of the standing it was made from when a place changed hands."""
    rows = Decision.objects.filter(standing__in=_decided(standing))
    return rows.select_related("standing").order_by("-standing__number").first()


def own_seat(user: Any, standing: Standing) -> Attendee | None:
    """As whom this person was present at the decision of `decision_of`; one query."""
    if not user.is_authenticated:
        return None
    newest = Decision.objects.filter(standing__in=_decided(standing)).order_by("-standing__number")
    return Attendee.objects.filter(user=user, decision=Subquery(newest.values("pk")[:1])).first()


def _decided(standing: Standing) -> list[int]:
    return [n for n in (standing.pk, standing.amends_id) if n]


def own_signature(user: Any, decision: Decision) -> Attendee | None:
    """As whom this person may sign."""
    return decision.attendees.filter(user=user).first() if user.is_authenticated else None


def signatures_owed(user: Any) -> list[Attendee]:
    """As whom this person still signs: present, without a tie, and the record lacks signatures."""
    rows = Attendee.objects.filter(
        user=user, left_for=[], signature=None, decision__standing__state=State.DECIDED
    )
    rows = rows.select_related("decision__standing__stage__contest__edition")
    rows = rows.annotate(signed=Count("decision__signatures")).order_by("pk")
    found = [one for one in rows if one.signed < one.decision.particulars.get("signatures", 1)]
    return [one for one in found if not jury.is_tied_at(user, one.stage)]


def stands(standing: Standing) -> list[Stand]:
    """In the order of the list."""
    by_group = bool(standing.rule.quota.by)
    rows = standing.places.order_by(F("rank").asc(nulls_last=True), "entry__code")
    told = rows.values_list("entry_id", "outcome", "entry__scenario__code")
    return [Stand(e, outcome, (group or "") if by_group else "") for e, outcome, group in told]
