"""What do we know about checks and flags?"""

from django.db.models import Q, QuerySet

from leitai.foundation.models import Job
from leitai.rooms.contests.models import Contest
from leitai.rooms.screening.models import Check, Echo, Flag
from leitai.rooms.screening.queries.alike import Alike, alike, sides, text_of
from leitai.rooms.screening.rules import EchoState, FlagState
from leitai.rooms.submissions import queries as submissions
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import State

FLAGS_JOB = "screening.flags"
TABS = (State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.REFUSED)

__all__ = [
    "Alike", "alike", "counts", "echoes", "echoes_of", "flags", "flags_of", "history",
    "last_search", "next_waiting", "queue", "sides", "text_of",
]  # fmt: skip


def queue(contest: Contest, *, state: str, text: str = "", scenario: str = "") -> QuerySet[Entry]:
    """Entries in one state of the check, the longest waiting first."""
    chosen = {"state": state, "q": text, "scenario": scenario}
    return (
        submissions.desk(contest, chosen)
        .filter(version__gt=0)
        .select_related("scenario", "organisation")
    )


def counts(contest: Contest) -> dict[str, int]:
    found = contest.entries.filter(version__gt=0).values_list("state", flat=True)
    return {state: found.filter(state=state).count() for state in TABS}


def next_waiting(contest: Contest, *, after: Entry | None = None) -> Entry | None:
    """The one that has waited longest; after a given one, so that skipping works."""
    waiting = contest.entries.filter(state=State.SUBMITTED).order_by("handed_in_at", "pk")
    if after is not None and after.handed_in_at is not None:
        later = Q(handed_in_at__gt=after.handed_in_at) | Q(
            handed_in_at=after.handed_in_at, pk__gt=after.pk
        )
        return waiting.filter(later).first() or waiting.exclude(pk=after.pk).first()
    return waiting.first()


def history(entry: Entry) -> QuerySet[Check]:
    return entry.checks.select_related("by").order_by("-at", "-pk")


def flags(contest: Contest, *, state: str = FlagState.OPEN) -> QuerySet[Flag]:
    return contest.flags.filter(state=state).select_related(
        "one__scenario", "other__scenario", "one__organisation", "other__organisation"
    )


def flags_of(entry: Entry) -> QuerySet[Flag]:
    both = Q(one=entry) | Q(other=entry)
    return Flag.objects.filter(both).select_related("one", "other").exclude(state="harmless")


def echoes(contest: Contest, *, state: str = EchoState.OPEN) -> QuerySet[Echo]:
    """Entries of this contest that say what an entry of another contest says."""
    return Echo.objects.filter(entry__contest=contest, state=state).select_related(
        "entry__contest__edition", "other__contest__edition", "other__organisation"
    )


def echoes_of(entry: Entry) -> QuerySet[Echo]:
    return entry.echoes.exclude(state=EchoState.HARMLESS)


def last_search(contest: Contest) -> Job | None:
    return Job.objects.filter(kind=FLAGS_JOB, ids__contest_id=contest.pk).order_by("-pk").first()
