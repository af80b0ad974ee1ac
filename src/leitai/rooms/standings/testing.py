"""Standings to tell stories with."""

from collections.abc import Mapping, Sequence
from typing import Any

from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.testing import NOON, appointed
from leitai.rooms.jury.testing import a_juror, a_sheet, sealed
from leitai.rooms.people.models import User
from leitai.rooms.people.testing import a_person
from leitai.rooms.stages.models import Stage
from leitai.rooms.stages.testing import a_stage, takes_part
from leitai.rooms.standings import actions, queries
from leitai.rooms.standings.models import Appeal, Publication, Standing
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.testing import an_entry

Marks = Sequence[int]


def judged(contest: Contest, *panels: Sequence[Marks] | Mapping[str, Marks]) -> Stage:
    """The first stage, with an entry for each panel and a sealed sheet for each of its marks.

    `[(8, 9), (7, 7)]` are the marks of J1 and J2; `{"J5": (8, 9)}` says who marked.
    """
    for panel in panels:
        entry = an_entry(contest)
        takes_part(a_stage(contest), entry)
        told = panel if isinstance(panel, Mapping) else _by_all(panel)
        for name, marks in told.items():
            juror = a_juror(name, contest=contest)
            sealed(a_sheet(juror=juror, entry=entry, comment=f"{name} on {entry.code}"), *marks)
    return a_stage(contest)


def _by_all(panel: Sequence[Marks]) -> dict[str, Marks]:
    return {f"J{n}": marks for n, marks in enumerate(panel, start=1)}


def level(mark: int, *, jurors: int = 3) -> list[Marks]:
    """A panel whose jurors agree: every criterion gets this mark."""
    return [(mark, mark)] * jurors


def a_standing(stage: Stage, **options: Any) -> Standing:
    return actions.compute_standing(stage=stage, by=appointed(stage.contest), at=NOON, **options)


def a_meeting(stage: Stage, *names: str) -> list[User]:
    """These people are in the room, each with an account."""
    by, people = appointed(stage.contest), [a_person(name) for name in names]
    there = set(queries.attendees(stage).values_list("user_id", flat=True))
    for user in (one for one in people if one.pk not in there):
        actions.enter_room(stage=stage, name="", title="Committee", user=user, by=by, at=NOON)
    return people


def decided(standing: Standing, *, signed_by: str = "Chair", **options: Any) -> Standing:
    """The committee wrote down its decision, and two of it signed."""
    by = appointed(standing.stage.contest)
    people = a_meeting(standing.stage, signed_by or "Chair", "Clerk")
    options = {"text": "As computed.", **options}
    decision = actions.decide(standing=standing, by=by, at=NOON, **options)
    for user in people if signed_by else []:
        actions.sign(decision=decision, by=user, at=NOON)
    return decision.standing


def published(stage: Stage, *, reason: str = "") -> Publication:
    """Computed, decided, signed and before the public."""
    standing = decided(a_standing(stage))
    by = appointed(stage.contest)
    return actions.publish(standing=standing, reason=reason, by=by, at=NOON)


IDENTITY = {
    "kind": "person", "name": "Wei Canary7", "unit": "Canary7 Works", "contact": "10012347777",
    "address": "7 Canary7 Road",
}  # fmt: skip


def an_appeal(publication: Publication, entry: Entry | None = None, **told: Any) -> Appeal:
    """An objection by the person called Objector, of whom nobody should read."""
    return actions.file_appeal(
        publication=publication, entry=entry, by=a_person("Objector"), at=NOON,
        **{
            "ground": "slip", "text": "A mark of 9 was typed as 6 on the paper sheet.",
            "identity": IDENTITY, **told,
        },
    )  # fmt: skip


def taken_up(appeal: Appeal) -> Appeal:
    by = appointed(appeal.publication.contest)
    return actions.take_up_appeal(appeal=appeal, charge="A mark may be wrong.", by=by, at=NOON)


def voted(appeal: Appeal, *votes: str) -> Appeal:
    """A panel of outsiders, each of whom votes."""
    by = appointed(appeal.publication.contest)
    for number, finding in enumerate(votes, start=1):
        person = a_person(f"Outsider {number}")
        panelist = actions.seat_panelist(appeal=appeal, user=person, by=by, at=NOON)
        actions.vote(panelist=panelist, finding=finding, reason="So.", by=person, at=NOON)
    return appeal
