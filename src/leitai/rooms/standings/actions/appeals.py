"""Somebody objects to a published result, and the organisers take it up or refuse it.

What an objector does is written into the journal without a name: the journal is read by many.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.files.store import keep
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.people.models import User
from leitai.rooms.standings import notices, queries
from leitai.rooms.standings.models import Appeal, AppealFile, Hearing, Objector, Publication
from leitai.rooms.standings.rules import appeals as rules
from leitai.rooms.standings.rules.appeals import APPEAL_MOVES, AppealState
from leitai.rooms.standings.rules.states import notice_until
from leitai.rooms.submissions.models import Entry
from leitai.values.verdict import no

MIB = 2**20
KINDS = ("pdf", "png", "jpeg", "webp")
MOST_FILES = 10


def due(at: datetime, days: int) -> datetime:
    """Midnight in China after so many working days."""
    return notice_until(at, days=days, working_days=True)


@transaction.atomic
def file_appeal(
    *, publication: Publication, entry: Entry | None, ground: str, text: str, source: str = "",
    identity: dict[str, str], seal: Any = None, evidence: Sequence[Any] = (), by: User,
    at: datetime,
) -> Appeal:  # fmt: skip
    """By real name, while the notice runs. `identity`: kind, name, unit, contact, address."""
    hold(publication.contest)
    require(queries.may_file(publication, at))
    require(rules.is_by_real_name(**identity, has_seal=seal is not None))
    require(rules.is_substantiated(ground, text=text, source=source, evidence=len(evidence)))
    if entry and queries.printed_row(publication, entry.code) is None:
        raise NotPossible(no("not_printed", _("This version does not name that entry.")))
    rule = publication.contest.rules.notice.appeals
    last = Appeal.objects.filter(publication__contest=publication.contest).count()
    appeal = Appeal.objects.create(
        publication=publication, entry=entry, number=last + 1, ground=ground, text=text.strip(),
        source=source, at=at, due_at=due(at, rule.reply_days),
    )  # fmt: skip
    Objector.objects.create(appeal=appeal, by=by, **identity)
    for upload in evidence:
        _keep(appeal, upload, at=at)
    if seal is not None and identity["kind"] == rules.Standpoint.UNIT:
        _keep(appeal, seal, at=at, is_seal=True)
    journal.write("standings.appeal_filed", about=appeal, by=None, at=at, number=appeal.number)
    notices.appeal_told(appeal, at=at)
    return appeal


def _keep(appeal: Appeal, upload: Any, *, at: datetime, is_seal: bool = False) -> None:
    """The file's own row names nobody either."""
    if appeal.files.count() >= MOST_FILES:
        raise NotPossible(no("too_many_files", _("At most ten files; put pages into one PDF.")))
    stored = keep(upload, allow=KINDS, limit_bytes=20 * MIB, by=None, at=at)
    AppealFile.objects.create(appeal=appeal, file=stored, is_seal=is_seal, at=at)


@transaction.atomic
def take_up_appeal(*, appeal: Appeal, charge: str = "", by: User, at: datetime) -> Appeal:
    """Formally in order: it will be heard. `charge` is what the team is told, in words that do
    not give the objector away."""
    hold(appeal)
    rule = appeal.publication.contest.rules.notice.appeals
    if appeal.entry_id and not charge.strip():
        reason = _("Say what is held against the entry; the team reads it and is heard.")
        raise NotPossible(no("no_charge", reason))
    move(appeal, AppealState.ACCEPTED, moves=APPEAL_MOVES)
    appeal.taken_up_at, appeal.due_at, appeal.reminded_at = at, due(at, rule.decision_days), None
    appeal.save(update_fields=["taken_up_at", "due_at", "reminded_at"])
    if appeal.entry_id:
        hearing = Hearing.objects.create(
            appeal=appeal, charge=charge.strip(), asked_by=by, asked_at=at,
            due_at=due(at, rule.statement_days),
        )  # fmt: skip
        notices.hearing_asked(hearing, at=at)
    journal.write("standings.appeal_taken_up", about=appeal, by=by, at=at)
    notices.appeal_told(appeal, at=at)
    return appeal


@transaction.atomic
def refuse_appeal(*, appeal: Appeal, reply: str, by: User, at: datetime) -> Appeal:
    """Not by real name, too late, no facts: the objector reads why."""
    hold(appeal)
    _require_words(reply)
    move(appeal, AppealState.REFUSED, moves=APPEAL_MOVES)
    appeal.reply, appeal.answered_at, appeal.due_at = reply.strip(), at, None
    appeal.save(update_fields=["reply", "answered_at", "due_at"])
    journal.write("standings.appeal_refused", about=appeal, by=by, at=at)
    notices.appeal_told(appeal, at=at)
    return appeal


@transaction.atomic
def ask_evidence(*, appeal: Appeal, asked_for: str, by: User, at: datetime) -> Appeal:
    """The decision waits until it has come, or the time for it is over."""
    hold(appeal)
    _require_words(asked_for)
    move(appeal, AppealState.ASKED, moves=APPEAL_MOVES)
    days = appeal.publication.contest.rules.notice.appeals.evidence_days
    appeal.asked_for, appeal.due_at, appeal.reminded_at = asked_for.strip(), due(at, days), None
    appeal.save(update_fields=["asked_for", "due_at", "reminded_at"])
    journal.write("standings.evidence_asked", about=appeal, by=by, at=at)
    notices.appeal_told(appeal, at=at)
    return appeal


@transaction.atomic
def give_evidence(
    *, appeal: Appeal, text: str, evidence: Sequence[Any], by: User, at: datetime
) -> Appeal:
    """The objector answers what was asked; `by` is not written down here."""
    hold(appeal)
    if appeal.state != AppealState.ASKED:
        raise NotPossible(no("not_asked", _("No evidence is asked for.")))
    if not text.strip() and not evidence:
        raise NotPossible(no("no_evidence", _("Please write something, or add a file.")))
    for upload in evidence:
        _keep(appeal, upload, at=at)
    appeal.text = f"{appeal.text}\n\n{text.strip()}".strip()
    appeal.save(update_fields=["text"])
    _go_on(appeal, at=at)
    journal.write("standings.evidence_given", about=appeal, by=None, at=at)
    return appeal


@transaction.atomic
def go_on_without(*, appeal: Appeal, by: User, at: datetime) -> Appeal:
    """The time for evidence is over; the case is decided on what there is."""
    hold(appeal)
    if appeal.state != AppealState.ASKED or not appeal.is_late(at):
        raise NotPossible(no("still_time", _("There is still time to send evidence.")))
    _go_on(appeal, at=at)
    journal.write("standings.evidence_missed", about=appeal, by=by, at=at)
    return appeal


def _go_on(appeal: Appeal, *, at: datetime) -> None:
    """The days for the decision begin anew, now that all is there."""
    move(appeal, AppealState.ACCEPTED, moves=APPEAL_MOVES)
    days = appeal.publication.contest.rules.notice.appeals.decision_days
    appeal.due_at, appeal.reminded_at = due(at, days), None
    appeal.save(update_fields=["due_at", "reminded_at"])


@transaction.atomic
def withdraw_appeal(*, appeal: Appeal, by: User, at: datetime) -> Appeal:
    """The objector takes it back; the record keeps that there was one."""
    hold(appeal)
    move(appeal, AppealState.WITHDRAWN, moves=APPEAL_MOVES)
    appeal.due_at = None
    appeal.save(update_fields=["due_at"])
    journal.write("standings.appeal_withdrawn", about=appeal, by=None, at=at)
    return appeal


@transaction.atomic
def forget_objector(*, person: User, by: User | None, at: datetime) -> None:
    """Whoever leaves takes open objections back; name, contact and seal go, the case stays."""
    for objector in Objector.objects.filter(by=person).select_related("appeal").order_by("pk"):
        appeal = objector.appeal
        hold(appeal)
        if AppealState.WITHDRAWN in APPEAL_MOVES[appeal.state]:
            withdraw_appeal(appeal=appeal, by=person, at=at)
        objector.name = objector.unit = objector.contact = objector.address = ""
        objector.by = None
        objector.save()
        appeal.files.filter(is_seal=True).delete()


def _require_words(words: str) -> None:
    if not words.strip():
        raise NotPossible(no("no_reason", _("Please write a sentence; the objector reads it.")))
