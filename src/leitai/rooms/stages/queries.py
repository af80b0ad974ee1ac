"""What do we know about stages?"""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from leitai.rooms.contests.models import Contest
from leitai.rooms.stages.models import Stage
from leitai.rooms.stages.rules import State
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import State as EntryState


def opened_codes(contest: Contest) -> set[str]:
    """Stages people already go by."""
    return set(contest.stages.exclude(state=State.PLANNED).values_list("code", flat=True))


def has_entries(contest: Contest) -> bool:
    """A draft counts: whoever writes one relies on the form."""
    return Entry.objects.filter(contest=contest).exists()


def participants(stage: Stage) -> QuerySet[Entry]:
    """The entries that take part and were not taken out."""
    inside = stage.participations.filter(taken_out_at=None).values("entry_id")
    return Entry.objects.filter(pk__in=inside).order_by("pk")


def stages_with_counts(contest: Contest) -> list[Stage]:
    """In order, each with `inside`: how many take part."""
    inside = Count("participations", filter=Q(participations__taken_out_at=None))
    return list(contest.stages.annotate(inside=inside).order_by("order"))


def waiting_outside(stage: Stage) -> int:
    """Valid entries that do not take part in the first stage yet; 0 for the later ones."""
    if stage.order != 1:
        return 0
    valid = Entry.objects.filter(contest=stage.contest_id, state=EntryState.ACCEPTED)
    return valid.exclude(participations__stage=stage).count()


def due(contest: Contest, *, at: datetime) -> list[dict[str, Any]]:
    """What the stages ask of the organisers now, the most urgent first: stage and code."""
    found = []
    for stage in stages_with_counts(contest):
        window = stage.window
        if stage.state == State.OPEN and window.is_over(at):
            found.append({"stage": stage, "code": "close", "since": stage.closes_at})
        if stage.state == State.PLANNED and stage.opens_at and at in window:
            found.append({"stage": stage, "code": "open", "since": stage.opens_at})
        if stage.state == State.OPEN and not stage.inside:
            found.append({"stage": stage, "code": "let_in", "since": stage.opens_at})
    return found
