"""Which houses sit on a jury, and in how many firms each of them holds shares."""

from django.db.models import Count, Q, QuerySet

from leitai.rooms.contests.models import Contest
from leitai.rooms.jury.models import Juror
from leitai.rooms.jury.rules import JurorState
from leitai.rooms.people.models import Organisation


def houses_on(contest: Contest) -> QuerySet[Organisation]:
    """Houses of this contest's jurors, those of investors and all others: anybody may hold."""
    on_it = Juror.objects.filter(contest=contest).exclude(state=JurorState.LEFT)
    rows = Organisation.objects.filter(
        pk__in=on_it.exclude(organisation=None).values("organisation")
    )
    held = Count("holdings", filter=Q(holdings__until=None), distinct=True)
    return rows.annotate(firms=held)
