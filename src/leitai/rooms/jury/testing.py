"""Jurors and sheets to tell stories with."""

from typing import Any

from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.testing import NOON, a_contest
from leitai.rooms.jury.models import Juror, Sheet
from leitai.rooms.jury.rules import JurorKind, JurorState
from leitai.rooms.people.testing import a_person
from leitai.rooms.stages.models import Participation
from leitai.rooms.stages.testing import a_stage
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.testing import an_entry


def a_juror(name: str = "Jo", *, contest: Contest | None = None, **fields: Any) -> Juror:
    """An active juror with an account."""
    contest = contest or Contest.objects.first() or a_contest()
    user = a_person(name)
    juror, _ = Juror.objects.get_or_create(
        contest=contest, email=user.email,
        defaults={
            "user": user, "name": name, "kind": JurorKind.TECHNICAL,
            "state": JurorState.ACTIVE, "invited_at": NOON, "answered_at": NOON, **fields,
        },
    )  # fmt: skip
    return juror


def a_sheet(*, juror: Juror | None = None, entry: Entry | None = None, **fields: Any) -> Sheet:
    """An open sheet of an entry that takes part in the first stage."""
    juror = juror or a_juror()
    entry = entry or an_entry(juror.contest)
    stage = a_stage(juror.contest)
    Participation.objects.get_or_create(stage=stage, entry=entry, defaults={"at": NOON})
    return Sheet.objects.create(
        stage=stage, entry=entry, juror=juror, assigned_at=NOON, changed_at=NOON, **fields
    )
