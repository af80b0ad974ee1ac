"""Names come back to public pages when a blind stage has been judged."""

from datetime import datetime
from typing import Any

from django.db import transaction

from leitai.foundation import journal
from leitai.foundation.states import hold
from leitai.rooms.contests.models import Contest


@transaction.atomic
def lift_veil(*, contest: Contest, stage: str, by: Any, at: datetime) -> Contest:
    """This blind stage, by its code, no longer asks for silence; others may still."""
    hold(contest)
    if stage not in contest.unveiled:
        contest.unveiled = [*contest.unveiled, stage]
        contest.save(update_fields=["unveiled"])
        journal.write("contests.veil_lifted", about=contest, by=by, at=at, stage=stage)
    return contest
