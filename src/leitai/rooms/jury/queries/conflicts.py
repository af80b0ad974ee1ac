"""Who may not mark what."""

from django.db.models import QuerySet

from leitai.rooms.contests.models import Contest
from leitai.rooms.jury.models import Conflict, Juror
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import HANDED_IN


def has_conflict(juror: Juror, entry_id: int) -> bool:
    return Conflict.objects.in_force().filter(juror=juror, entry=entry_id).exists()


def conflicts(contest: Contest) -> QuerySet[Conflict]:
    """For the organisers' list, the newest first."""
    return (
        Conflict.objects.filter(juror__contest=contest)
        .select_related("juror", "entry", "by", "lifted_by")
        .order_by("-pk")
    )


def titles(juror: Juror) -> QuerySet[Entry]:
    """What a juror may look through to declare conflicts; what is declared already is gone."""
    known = Conflict.objects.in_force().filter(juror=juror).values("entry")
    return (
        Entry.objects.filter(contest=juror.contest_id, state__in=HANDED_IN)
        .exclude(pk__in=known)
        .select_related("scenario")
        .order_by("code")
    )
