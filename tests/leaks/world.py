"""A contest with two entries, people of every kind around them, and a canary in every word.

Entry A is the one people here are near to; B is its rival. What the factories leave out is filled
in by `rows.py`, row by row, whatever models there are; then each word becomes a canary.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from leitai.foundation.files import store
from leitai.foundation.models import StoredFile
from leitai.rooms.contests.models import Appointment, Contest, RuleSet
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, a_contest, an_edition, appointed, some_rules
from leitai.rooms.demands.testing import a_demand
from leitai.rooms.jury.models import Conflict, Juror, Sheet
from leitai.rooms.jury.testing import Planted, a_juror, a_planted_stage, a_sheet
from leitai.rooms.partners.models import Partner
from leitai.rooms.people.models import Consent, Organisation, User
from leitai.rooms.people.testing import a_person, a_speaker, an_organisation
from leitai.rooms.stages.testing import takes_part
from leitai.rooms.standings.models import Place, Standing
from leitai.rooms.submissions.actions import vector_of
from leitai.rooms.submissions.models import Answer, Attachment, Entry, Member, Version
from leitai.rooms.submissions.testing import STEPS, an_entry
from tests.leaks import canaries, rows
from tests.leaks.canaries import Canary
from tests.leaks.fields import models

SCORES = {"A": "8.4375", "B": "6.0625"}  # of a draft standing


@dataclass
class World:
    """Who is there, what is planted, and who is near to what."""

    phase: str
    blind: bool
    stage: Any
    contest: Contest
    entries: dict[str, Entry]
    roles: dict[str, User | None]
    canaries: dict[str, Canary] = field(default_factory=dict)
    teams: dict[int, set[int]] = field(default_factory=dict)  # entry: people of its team
    seats: dict[int, set[int]] = field(default_factory=dict)  # entry: its jurors' accounts
    rows: dict[type[Model], list[Any]] = field(default_factory=dict)


def a_world(phase: str = "independent", *, blind: bool = True) -> World:
    planted = a_planted_stage(phase, blind=blind)
    contest = planted.stage.contest
    _longer_rules(contest)
    entries = {"A": planted.entry, "B": _the_rivals_entry(planted)}
    world = World(
        phase=phase, blind=blind, stage=planted.stage, contest=contest, entries=entries,
        roles=_roles(planted, entries),
    )  # fmt: skip
    _answer_with_consent(world)
    _files(entries)
    _draft_standing(world)
    rows.fill(world)
    _nearness(world)
    world.rows = {m: list(m._default_manager.order_by("pk")) for m in models()}
    canaries.plant(world)
    for entry in Entry.objects.all():
        Entry.objects.filter(pk=entry.pk).update(search=vector_of(entry))
    for row in (entries["A"], entries["B"], contest):
        row.refresh_from_db()
    world.roles = {
        role: person and User.objects.get(pk=person.pk) for role, person in world.roles.items()
    }
    return world


def _longer_rules(contest: Contest) -> None:
    """With a form that asks for confidential things."""
    body = dict(contest.ruleset.body)
    secret = {"key": "secret", "kind": "text", "label": {"zh": "秘密", "en": "Secret"}}
    further = {"code": "more", "name": {"zh": "更多", "en": "More"}, "fields": [secret]}
    steps = some_rules(entry={"steps": [*STEPS, further]}).model_dump(mode="json")["entry"]["steps"]
    body["entry"] = {**body["entry"], "steps": steps}
    RuleSet.objects.filter(pk=contest.ruleset.pk).update(body=body)
    contest.ruleset.refresh_from_db()


def _the_rivals_entry(planted: Planted) -> Entry:
    firm = an_organisation("Rival Ltd", code="R-1")
    contest = planted.stage.contest
    entry = an_entry(
        contest, captain=a_person("Rival"), organisation=firm, team_name="Rival",
        title_en="Weld noses", title_zh="焊缝", country="DE", region="North",
    )  # fmt: skip
    body = {"kind": entry.kind, "values": {}, "members": [], "files": [], "answers": []}
    Version.objects.create(entry=entry, number=1, receipt="R-rival", body=body, at=NOON)
    takes_part(planted.stage, entry)
    elsewhere = Juror.objects.get(user=planted.people["other_juror"])
    a_sheet(juror=elsewhere, entry=entry)
    return entry


def _roles(planted: Planted, entries: dict[str, Entry]) -> dict[str, User | None]:
    contest, people = planted.stage.contest, planted.people
    member = a_person("Member")
    Member.objects.create(
        entry=entries["A"], user=member, name="Member", email=member.email, joined_at=NOON
    )
    conflicted = a_juror("Conflicted", contest=contest)
    Conflict.objects.create(
        juror=conflicted, entry=entries["A"], source="declared", ground="other", at=NOON
    )
    co_host = people["co_host"]
    Appointment.objects.filter(user=co_host).update(region="South")
    banker, bank = a_person("Banker"), an_organisation("Bank")
    a_speaker(banker, bank)
    Partner.objects.create(edition=contest.edition, organisation=bank, kind="bank")
    elsewhere = a_contest("other", edition=an_edition("other"))
    return {
        "anonymous": None,
        "passer-by": people["anybody"],
        "rival captain": entries["B"].begun_by,
        "captain": people["team"],
        "member": member,
        "juror": people["juror"],
        "juror elsewhere": people["other_juror"],
        "conflicted juror": conflicted.user,
        "chair": people["chair"],
        "organiser": people["organiser"],
        "conflicted organiser": people["tied"],
        "secretariat": people["secretariat"],
        "supervisor": people["supervisor"],
        "co-host of another region": co_host,
        "demand owner": people["demand_owner"],
        "partner": banker,
        "panelist": a_person("Panelist"),  # of those who hear objections
        "organiser elsewhere": appointed(elsewhere, Role.ORGANISER, "Elsewhere"),
    }


def _answer_with_consent(world: World) -> None:
    """A answers the demand of somebody here, and agrees that its teaser is shown."""
    demand, entry = world.contest.demands.get(), world.entries["A"]
    answer = Answer.objects.create(entry=entry, demand=demand, shows="teaser", at=NOON)
    Consent.objects.create(
        person=entry.begun_by, purpose="demand_owner", receiver=demand.owner, version="1",
        about_type=answer._meta.label_lower, about_id=answer.pk, given_at=NOON,
    )  # fmt: skip
    owner = an_organisation("Masked Ltd")
    a_speaker(a_person("Masked"), owner)
    a_demand(world.contest, owner=owner, visibility="masked")


def a_pdf(text: str, title: str) -> bytes:
    """One page with this text, and this title among the particulars."""
    writer, target = PdfWriter(), io.BytesIO()
    page = writer.add_blank_page(300, 300)
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 20 Td ({text}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({"/Title": title, "/Author": title})
    writer.write(target)
    return target.getvalue()


def _files(entries: dict[str, Entry]) -> None:
    for side, entry in entries.items():
        file = StoredFile.objects.create(
            sha256=side * 64, size=1, kind="application/pdf", name="plan.pdf", stored_at=NOON,
            by=entry.begun_by,
        )  # fmt: skip
        Attachment.objects.create(entry=entry, field="plan", file=file, added_at=NOON)


def write_files(world: World, words: Iterator[str]) -> Iterator[tuple[str, str, Entry]]:
    """Contents with a canary in the text and one in the particulars; and one in the teaser."""
    for attachment in Attachment.objects.select_related("entry", "file"):
        text, title = next(words), next(words)
        sha256, size = store.write(io.BytesIO(a_pdf(text, title)))
        StoredFile.objects.filter(pk=attachment.file_id).update(sha256=sha256, size=size)
        version = attachment.entry.versions.get()
        version.body["files"] = [{"id": attachment.pk, "field": "plan", "sha256": sha256,
                                  "name": attachment.file.name, "size": size}]  # fmt: skip
        version.body["values"]["summary"] = teaser = next(words)
        version.save()
        yield text, "paper", attachment.entry
        yield title, "paper", attachment.entry
        yield teaser, "teaser", attachment.entry


def _draft_standing(world: World) -> None:
    standing = Standing.objects.create(
        stage=world.stage, number=1, formula="mean", inputs="", at=NOON,
        body=world.stage.rule.model_dump(mode="json"),
    )  # fmt: skip
    for rank, (side, score) in enumerate(SCORES.items(), 1):
        Place.objects.create(
            standing=standing, entry=world.entries[side], rank=rank, score=score, raw=score
        )


def _nearness(world: World) -> None:
    for entry in Entry.objects.all():
        world.teams[entry.pk] = {m.user_id for m in entry.members.all() if m.user_id}
        world.seats[entry.pk] = set(
            Sheet.objects.filter(entry=entry).values_list("juror__user", flat=True)
        )


def organisations_of_teams() -> set[int]:
    return set(Organisation.objects.filter(entries__isnull=False).values_list("pk", flat=True))
