"""Jurors and sheets to tell stories with."""

from typing import Any

from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.testing import NOON, a_contest
from leitai.rooms.jury.models import Juror, Sheet
from leitai.rooms.jury.rules import JurorKind, JurorState
from leitai.rooms.people.testing import a_person
from leitai.rooms.stages.models import Participation, Stage
from leitai.rooms.stages.testing import a_stage, takes_part
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


def marked(sheet: Sheet, *marks: int | str) -> Sheet:
    """The sheet with a mark for each criterion, in their order."""
    for criterion, value in zip(sheet.stage.criteria.all(), marks):
        sheet.marks.create(criterion=criterion, value=value)
    sheet.revision = len(marks)
    sheet.save(update_fields=["revision"])
    return sheet


def sealed(sheet: Sheet, *marks: int | str) -> Sheet:
    """Marked, and sealed by its own juror."""
    from leitai.rooms.jury import actions

    return actions.seal_sheet(sheet=marked(sheet, *marks), by=sheet.juror.user, at=NOON)


def a_jury(stage: Stage, *, entries: int = 4, jurors: int = 6, **fields: Any) -> list[Juror]:
    """Entries that take part, and jurors called J1, J2, … who are ready to be drawn."""
    for _ in range(entries):
        takes_part(stage, an_entry(stage.contest, tags=["vision", "audio"]))
    kinds = [JurorKind.TECHNICAL, JurorKind.INVESTOR]
    return [
        a_juror(
            f"J{n}",
            contest=stage.contest,
            **{"kind": kinds[n % 2], "tags": ["vision"] if n % 3 else ["audio"], **fields},
        )
        for n in range(1, jurors + 1)
    ]
