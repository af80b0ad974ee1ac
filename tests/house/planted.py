"""A hidden contest in which every row has the same number, so that each address leads to one."""

from typing import Any

from django.apps import apps
from django.db import connection

from leitai.foundation import mail
from leitai.foundation.models import Job, Letter, StoredFile
from leitai.rooms.awards.models import Award, Bundle, Certificate, Numbering, Slate
from leitai.rooms.contests.models import Contest, Edition, Programme
from leitai.rooms.contests.rules import OrganisationRoleKind, Role, State
from leitai.rooms.contests.testing import NOON, a_contest, an_edition, appointed, some_rules
from leitai.rooms.demands.testing import a_demand
from leitai.rooms.finals.models import (
    Crew,
    Cue,
    Diligence,
    HallSeat,
    Heat,
    Lot,
    Order,
    Result,
    Session,
    Slot,
)
from leitai.rooms.jury.models import (
    Colleague,
    Conflict,
    DeclaredTie,
    Discussion,
    Draw,
    Judging,
    Objection,
    Remark,
    Seat,
)
from leitai.rooms.jury.testing import a_juror, a_sample, a_sheet, an_expert, an_undertaking
from leitai.rooms.messages.models import Mailing, Recipient, Sender
from leitai.rooms.partners.models import Commitment, Partner
from leitai.rooms.people.models import Consent, User
from leitai.rooms.people.testing import a_person, a_speaker, an_organisation
from leitai.rooms.screening.models import Check, Flag
from leitai.rooms.standings.models import (
    Appeal,
    AppealFile,
    Correction,
    Decision,
    Feedback,
    Hearing,
    HeldComment,
    Objector,
    Panelist,
    Place,
    Publication,
    ReleasedComment,
    Signature,
    Standing,
)
from leitai.rooms.submissions.models import Answer, Attachment, Version
from leitai.rooms.submissions.testing import an_entry

NUMBER = 777
CANARY = "Canary7"
BODY = {
    "kind": "company",
    "values": {"title_en": CANARY},
    "members": [],
    "files": [],
    "answers": [],
}


def plant() -> Contest:
    """One row of each kind, all numbered 777, each with the canary in whatever words it has."""
    _count_from(NUMBER)
    boss = a_person(f"{CANARY} boss")
    programme = Programme.objects.create(slug="hidden", name_en=CANARY, founded_by=boss)
    edition = Edition.objects.create(
        programme=programme, slug="hidden", year=2026, name_en=CANARY, state=State.DRAFT
    )
    edition.scenarios.create(code="MED", name_en=CANARY)
    rules = some_rules(jury={"names_published": True})
    contest = a_contest(
        "secret", edition=edition, rules=rules, state=State.DRAFT, name_en=CANARY, name_zh=""
    )
    appointed(contest, name=f"{CANARY} boss")
    appointed(contest, name=f"{CANARY} aide")  # who has no tie to any entry
    firm = an_organisation(f"{CANARY} Ltd")
    edition.organisation_roles.create(organisation=firm, kind=OrganisationRoleKind.HOST)
    a_speaker(boss, firm)
    _partners(edition, firm)
    _entries(contest, boss, firm)
    return contest


def _count_from(number: int) -> None:
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model.__module__.startswith("leitai."):
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)",
                    [f'"{model._meta.db_table}"', number],
                )


def _partners(edition: Edition, firm: Any) -> None:
    partner = Partner.objects.create(edition=edition, organisation=firm, kind="bank")
    Commitment.objects.create(partner=partner, what_en=CANARY)


def _entries(contest: Contest, boss: User, firm: Any) -> None:
    words = {"title_zh": CANARY, "title_en": CANARY, "line_en": CANARY, "team_name": CANARY}
    entry = an_entry(contest, captain=boss, **words)
    Version.objects.create(
        entry=entry,
        number=1,
        receipt=CANARY,
        body=BODY,
        at=NOON,
    )
    file = StoredFile.objects.create(
        sha256="0" * 64, size=1, kind="application/pdf", name=f"{CANARY}.pdf", stored_at=NOON
    )
    Attachment.objects.create(entry=entry, field="plan", file=file, added_at=NOON)
    demand = a_demand(contest, owner=firm, title_en=CANARY, title_zh=CANARY)
    Answer.objects.create(entry=entry, demand=demand, note=CANARY, at=NOON)
    Consent.objects.create(person=boss, purpose="contact", version=CANARY, given_at=NOON)
    Check.objects.create(entry=entry, version=1, finding="passed", note=CANARY, at=NOON)
    juror = a_juror(f"{CANARY} Jo", contest=contest)
    sheet = a_sheet(juror=juror, entry=entry, comment=CANARY, note=CANARY)
    Conflict.objects.create(
        juror=juror, entry=entry, source="declared", ground="other", note=CANARY, at=NOON
    )
    _before_the_draw(contest, juror, entry)
    Judging.objects.create(stage=sheet.stage, state="discussion", chair=juror)
    talk = Discussion.objects.create(
        stage=sheet.stage, entry=entry, chair=juror, low=1, high=9, summary=CANARY, opened_at=NOON
    )
    Remark.objects.create(discussion=talk, juror=juror, text=CANARY, at=NOON)
    job = Job.objects.create(kind="jury.draw", asked_at=NOON)
    draw = Draw.objects.create(
        stage=sheet.stage, number=1, job=job, state="proposed", seed=1, asked_at=NOON
    )
    Seat.objects.create(draw=draw, entry=entry, juror=juror)
    other = an_entry(contest, captain=boss, **words)
    Flag.objects.create(
        contest=contest, kind="same_people", one=entry, other=other, likeness="0.9", raised_at=NOON
    )
    _results(contest, sheet)
    _halls(sheet, boss)
    _messages(contest, boss)


def _before_the_draw(contest: Contest, juror: Any, entry: Any) -> None:
    undertaking = an_undertaking(contest, CANARY)
    undertaking.promises.create(person=juror.user, language="en", digest="0" * 64, at=NOON)
    an_expert(CANARY, contest=contest, user=juror.user, about=CANARY)
    Colleague.objects.create(
        juror=juror, name=CANARY, email="c7@example.org", kind="technical", why=CANARY, at=NOON
    )
    DeclaredTie.objects.create(juror=juror, name=CANARY, ground="other", note=CANARY, at=NOON)
    Objection.objects.create(entry=entry, juror=juror, why=CANARY, at=NOON)
    a_sample(contest.stages.get(), 1)


def _results(contest: Contest, sheet: Any) -> None:
    standing = Standing.objects.create(
        stage=sheet.stage, number=1, formula="mean", inputs="", at=NOON, state="published",
        body=sheet.stage.rule.model_dump(mode="json"),
    )  # fmt: skip
    Place.objects.create(standing=standing, entry=sheet.entry, rank=1, score=9)
    decision = Decision.objects.create(standing=standing, text=CANARY, digest=CANARY, at=NOON)
    Signature.objects.create(decision=decision, name=CANARY, at=NOON)
    publication = Publication.objects.create(
        contest=contest, standing=standing, number=NUMBER, at=NOON, notice_from=NOON,
        notice_until=NOON, body={"stage": {"zh": CANARY, "en": CANARY}, "rows": []},
    )  # fmt: skip
    ReleasedComment.objects.create(sheet=sheet, publication=publication, text=CANARY, at=NOON)
    HeldComment.objects.create(sheet=sheet, reason=CANARY, at=NOON)
    _objections(publication, sheet.entry)
    _awards(publication, sheet.entry)


def _halls(sheet: Any, boss: User) -> None:
    stage, entry = sheet.stage, sheet.entry
    heat = Heat.objects.create(
        stage=stage, number=1, name_en=CANARY, hall_en=CANARY, starts_at=NOON, state="planned"
    )
    slot = Slot.objects.create(heat=heat, stage=stage, entry=entry, position=1, why=CANARY)
    HallSeat.objects.create(heat=heat, juror=sheet.juror, number=1, why=CANARY)
    Crew.objects.create(heat=heat, user=boss, role="host", at=NOON)
    lot = Lot.objects.create(
        heat=heat, number=1, algorithm="fisher-yates-1", commitment="0" * 64, seed=CANARY,
        codes=[entry.code], at=NOON,
    )  # fmt: skip
    Order.objects.create(heat=heat, version=1, entries=[entry.pk], reason=CANARY, lot=lot, at=NOON)
    Cue.objects.create(heat=heat, position=1, kind="speech", title_en=CANARY, slot=slot)
    Session.objects.create(heat=heat, is_rehearsal=True, opened_at=NOON)
    Result.objects.create(
        heat=heat, number=1, formula="mean", inputs="0" * 64, why=CANARY, at=NOON,
        rows=[{"entry": entry.pk, "code": CANARY, "place": 1, "score": "9.00", "raw": "9",
               "sheets": 1, "broken_by": ""}],
    )  # fmt: skip
    Diligence.objects.create(stage=stage, entry=entry, note=CANARY, asked_at=NOON)


def _awards(publication: Publication, entry: Any) -> None:
    """A published list of one award, and its certificate."""
    contest = publication.contest
    slate = Slate.objects.create(
        contest=contest, publication=publication, number=1, state="published", at=NOON,
        published_at=NOON, taken_out=[{"entry": entry.pk, "why": CANARY}],
    )  # fmt: skip
    award = Award.objects.create(
        slate=slate, order=0, code="first", name_en=CANARY, name_zh=CANARY, entry=entry, why=CANARY
    )
    Numbering.objects.create(edition=contest.edition, prefix="HIDDEN", last=1)
    pair = {"zh": CANARY, "en": CANARY}
    words = {
        "kind": "project", "edition": pair, "contest": pair, "award": pair, "lines": [CANARY],
        "holder": {"first": CANARY, "second": ""}, "issuers": [CANARY],
    }  # fmt: skip
    Certificate.objects.create(
        contest=contest, award=award, entry=entry, code="first", number=f"HIDDEN-{CANARY}",
        words=words, slip="LT1.-", at=NOON,
    )  # fmt: skip
    job = Job.objects.create(kind="awards.bundle", asked_at=NOON)
    Bundle.objects.create(contest=contest, job=job, at=NOON)


def _objections(publication: Publication, entry: Any) -> None:
    """An objection by nobody who comes to these doors, heard by its panel."""
    words = {"text": CANARY, "reply": CANARY, "reason": CANARY, "answer": CANARY}
    appeal = Appeal.objects.create(
        publication=publication, entry=entry, number=1, ground="slip", state="accepted", at=NOON,
        asked_for=CANARY, **words,
    )  # fmt: skip
    told = {"name": CANARY, "unit": CANARY, "contact": CANARY, "address": CANARY}
    Objector.objects.create(appeal=appeal, kind="person", **told)
    file = StoredFile.objects.create(
        sha256="1" * 64, size=1, kind="application/pdf", name=f"{CANARY}.pdf", stored_at=NOON
    )
    AppealFile.objects.create(appeal=appeal, file=file, at=NOON)
    Hearing.objects.create(
        appeal=appeal, charge=CANARY, statement=CANARY, asked_at=NOON, due_at=NOON
    )
    hearer = a_person(f"{CANARY} hearer")
    Panelist.objects.create(appeal=appeal, user=hearer, reason=CANARY, at=NOON)
    Correction.objects.create(
        publication=publication, entry=entry, field="title_en", before=CANARY, after=CANARY, at=NOON
    )
    Feedback.objects.create(
        publication=publication, entry=entry, body={"band": "", "field": 1, "criteria": []}, at=NOON
    )


def _messages(contest: Contest, boss: User) -> None:
    """A frozen mailing whose one letter the boss can read, and an address that is blocked."""
    words = {"subject_zh": CANARY, "body_zh": CANARY, "subject_en": CANARY, "body_en": CANARY}
    mailing = Mailing.objects.create(
        contest=contest, sender="organiser", audience="accepted", state="frozen", made_at=NOON,
        **words,
    )  # fmt: skip
    letter = Letter.objects.create(
        to=boss.email, subject=CANARY, text=CANARY, state="sent", sent_at=NOON, written_at=NOON
    )
    Recipient.objects.create(
        mailing=mailing, address=boss.email, about="entry:777", name=CANARY, language="en",
        letter=letter,
    )  # fmt: skip
    Sender.objects.create(edition=contest.edition, role="organiser", name_en=CANARY)
    boss.emailaddress_set.create(email=boss.email, verified=True, primary=True)
    mail.suppress(address=f"{CANARY}@example.org", reason="by_hand", why=CANARY, at=NOON)


def a_rival() -> User:
    """Organiser, captain, juror and speaker, all of it in another contest."""
    contest = a_contest("other", edition=an_edition("other"))
    rival = appointed(contest, Role.ORGANISER, "Rival")
    a_juror("Rival", contest=contest)
    an_entry(contest, captain=rival)
    return a_speaker(rival, an_organisation("Rival Ltd"))
