"""What do we know about demands?"""

from typing import Any

from django.db.models import Q

from leitai.rooms.contests.models import Contest
from leitai.rooms.demands.models import Demand, DemandQuerySet
from leitai.rooms.demands.rules import Visibility


def published(contest: Contest, *, user: Any = None) -> DemandQuerySet:
    """What this reader may know of, in the order of their numbers."""
    demands = contest.demands.published().select_related("scenario", "owner")
    may_know = ~Q(visibility=Visibility.INVITED)
    if user is not None and user.is_authenticated:
        may_know |= Q(pk__in=whole_for(user, contest))
    return demands.filter(may_know).prefetch_related("indicators").order_by("number")


def whole_for(user: Any, contest: Contest) -> DemandQuerySet:
    """Demands of this contest that are not for everybody, but for this person."""
    if not user.is_authenticated:
        return Demand.objects.none()
    mine = Q(owner__affiliations__user=user, owner__affiliations__speaks_for_it=True)
    return Demand.objects.filter(mine | Q(invitations__email__iexact=user.email), contest=contest)


def search(demands: DemandQuerySet, *, user: Any, contest: Contest, text: str) -> DemandQuerySet:
    """Only in what the reader may read whole: a hit in a masked title would give it away."""
    words = Q()
    for word in text.split()[:8]:
        words &= (
            Q(title_zh__icontains=word)
            | Q(title_en__icontains=word)
            | Q(background_zh__icontains=word)
            | Q(background_en__icontains=word)
            | Q(owner__name_zh__icontains=word)
            | Q(owner__name_en__icontains=word)
        )
    whole = Q(visibility=Visibility.PUBLIC) | Q(pk__in=whole_for(user, contest))
    return demands.filter(words & whole)


def masks(demands: list[Demand], *, user: Any, contest: Contest, runs: bool) -> set[int]:
    """Which of these the reader sees masked; one query, whatever the number."""
    masked = {d.pk for d in demands if d.visibility != Visibility.PUBLIC}
    if runs or not masked:
        return set()
    return masked - set(whole_for(user, contest).filter(pk__in=masked).values_list("pk", flat=True))


def mine(user: Any) -> DemandQuerySet:
    return (
        Demand.objects.of_speaker(user)
        .select_related("contest__edition", "scenario", "owner")
        .order_by("-pk")
    )


def desk(contest: Contest, *, state: str = "") -> DemandQuerySet:
    demands = contest.demands.select_related("scenario", "owner").order_by("number", "-pk")
    return demands.filter(state=state) if state else demands
