"""Certificates get their numbers, are revoked, and made anew after a correction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal, signing, slips
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.awards import notices, queries, rules
from leitai.rooms.awards.models import Bundle, Certificate, Numbering, Revocation, Slate
from leitai.rooms.awards.queries import Wanted
from leitai.rooms.awards.rules import CERTIFICATE_MOVES, CertificateState, Ground, Paper
from leitai.rooms.contests.models import Contest, Edition
from leitai.rooms.people import queries as people
from leitai.rooms.people.models import User
from leitai.values.verdict import no


@transaction.atomic
def set_numbering(*, edition: Edition, prefix: str, by: User, at: datetime) -> Numbering:
    """The letters before the count; fixed with the first number."""
    hold(edition)
    row = Numbering.objects.filter(edition=edition).first() or Numbering(edition=edition)
    prefix = rules.tidy_prefix(prefix) if prefix.isascii() else prefix
    taken = Numbering.objects.filter(prefix=prefix).exclude(edition=edition).exists()
    require(rules.may_use_prefix(prefix, is_taken=taken, issued=row.last))
    row.prefix = prefix
    row.save()
    journal.write("awards.numbering_set", about=row, by=by, at=at, prefix=prefix)
    return row


def _numbers_of(contest: Contest, *, by: User | None, at: datetime) -> Numbering:
    """Held until the transaction ends: whoever else gives numbers of this edition waits."""
    edition = contest.edition
    hold(edition)
    row = Numbering.objects.filter(edition=edition).first()
    if row is None:
        wish = rules.tidy_prefix(edition.slug) or "L"
        is_free = not Numbering.objects.filter(prefix=wish).exists()
        row = Numbering.objects.create(
            edition=edition, prefix=wish if is_free else f"{wish[:16]}-{edition.pk}"
        )
    hold(row)
    return row


@transaction.atomic
def issue_some(
    *, slate: Slate, for_members: bool, most: int = 50, by: User | None, at: datetime
) -> int:
    """The next ones that have none, with the next numbers; 0 when all have theirs. Number and
    certificate are one transaction, so none is given twice and none is skipped."""
    numbering = _numbers_of(slate.contest, by=by, at=at)
    hold(slate)
    require(slate.may_issue(objections=queries.objections(slate.contest), at=at))
    fresh = queries.due(slate, for_members=for_members)[:most]
    made = _made(numbering, fresh, by=by, at=at)
    notices.ready(made, at=at)
    return len(made)


def _made(
    numbering: Numbering, fresh: Sequence[Wanted], *, by: User | None, at: datetime
) -> list[Certificate]:
    made = []
    for wanted in fresh:
        numbering.last += 1
        made.append(_certificate(numbering, wanted, by=by, at=at))
    numbering.save(update_fields=["last"])
    Certificate.objects.bulk_create(made)
    lines = [journal.compose("awards.certificate_issued", about=c, by=by, at=at, number=c.number,
                             award=c.award_id) for c in made]  # fmt: skip
    if lines:
        journal.append(lines[0].book, lines)
    return made


def _certificate(
    numbering: Numbering, wanted: Wanted, *, by: User | None, at: datetime
) -> Certificate:
    award, words = wanted.award, wanted.words
    contest = award.slate.contest
    number = rules.number_of(numbering.prefix, numbering.last)
    day = at.astimezone(ZoneInfo(contest.edition.time_zone)).date().isoformat()
    paper = Paper(words["holder"]["first"], words["holder"]["second"], tuple(words["lines"]))
    told = rules.slip_words(
        number=number, day=day, edition=words["edition"]["zh"], contest=words["contest"]["zh"],
        award=(words["award"]["zh"], words["award"]["en"]), paper=paper,
    )  # fmt: skip
    return Certificate(
        contest=contest, award=award, entry_id=award.entry_id, member=wanted.member,
        holder_key=wanted.key[2], code=award.code, number=number, words=words,
        slip=slips.write(told, sign=signing.sign), by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def revoke(
    *, certificate: Certificate, ground: str, why: str, by: User | None, at: datetime
) -> Revocation:
    hold(certificate)
    require(certificate.may_revoke(why=why))
    return _revoke(certificate, ground=ground, why=why, by=by, at=at)


def _revoke(
    certificate: Certificate, *, ground: str, why: str, by: User | None, at: datetime
) -> Revocation:
    move(certificate, CertificateState.REVOKED, moves=CERTIFICATE_MOVES)
    revocation = Revocation.objects.create(
        certificate=certificate, ground=ground, why=why.strip(), by=by, at=at
    )
    journal.write("awards.certificate_revoked", about=certificate, by=by, at=at, ground=ground)
    return revocation


@transaction.atomic
def reissue(
    *, certificate: Certificate, ground: str = Ground.NAME, why: str, by: User, at: datetime
) -> Certificate:
    """The old number is revoked and points to the new one, which says what is right today."""
    numbering = _numbers_of(certificate.contest, by=by, at=at)
    hold(certificate)
    require(certificate.may_revoke(why=why))
    wanted = _today(certificate)
    if wanted.missing:
        text = _("No font has these characters: {signs}. Ask the team for another spelling.")
        reason = format_lazy(text, signs=" ".join(wanted.missing))
        raise NotPossible(no("no_glyph", reason))
    revocation = _revoke(certificate, ground=ground, why=why, by=by, at=at)
    (made,) = _made(numbering, [wanted], by=by, at=at)
    revocation.replaced_by = made
    revocation.save(update_fields=["replaced_by"])
    notices.reissued(certificate, made, at=at)
    return made


def _today(certificate: Certificate) -> Wanted:
    slate = queries.published(certificate.contest)
    key = (certificate.code, certificate.entry_id, certificate.holder_key)
    now = queries.wanted(slate, for_members=True) if slate else []
    found = next((w for w in now if w.key == key), None)
    if found is None:
        raise NotPossible(no("no_award", _("This award is no more, so nothing can be made anew.")))
    return found


def reissue_stale(*, slate: Slate, why: str, by: User, at: datetime) -> int:
    """Each in a transaction of its own: what is done stays done."""
    done = 0
    for certificate, wanted in queries.stale(slate):
        if not wanted.missing:
            reissue(certificate=certificate, why=why, by=by, at=at)
            done += 1
    return done


def follow(*, slate: Slate, by: User, at: datetime) -> None:
    """A new list is published: certificates go over to it, or are revoked. The caller holds the
    contest."""
    now = {(a.code, a.entry_id): a for a in slate.awards.exclude(entry=None)}
    valid = Certificate.objects.valid().filter(contest=slate.contest).order_by("pk")
    why = f"awards {slate.number}"
    for certificate in valid.select_related("contest__edition"):
        hold(certificate)
        award = now.get((certificate.code, certificate.entry_id))
        if award is None:
            _revoke(certificate, ground=Ground.AWARD, why=why, by=by, at=at)
            notices.revoked(certificate, at=at)
        else:
            Certificate.objects.filter(pk=certificate.pk).update(award=award)


@transaction.atomic
def forget_person(*, person: User, by: User | None, at: datetime) -> int:
    """The number stays and stays valid, for whoever holds the paper; we keep no name, neither on
    the own certificate nor where it stands below that of a team."""
    name, _email = people.pseudonym(person)
    done = 0
    rows = Certificate.objects.filter(entry__members__user=person).order_by("pk").distinct()
    for pk in list(rows.values_list("pk", flat=True)):
        certificate = Certificate.objects.select_related("member").get(pk=pk)
        is_own = certificate.member is not None and certificate.member.user_id == person.pk
        if not is_own and not _says(certificate.words, person.name):
            continue
        hold(certificate)
        certificate.words = _without(certificate.words, person.name, name, is_own=is_own)
        certificate.slip, certificate.file = "", None
        certificate.save(update_fields=["words", "slip", "file"])
        Bundle.objects.filter(contest=certificate.contest_id).update(file=None)
        journal.write("awards.holder_forgotten", about=certificate, by=by, at=at)
        done += 1
    return done


def _says(words: dict[str, Any], name: str) -> bool:
    told = [*words["holder"].values(), *words["lines"]]
    return bool(name) and any(name in one for one in told)


def _without(words: dict[str, Any], name: str, other: str, *, is_own: bool) -> dict[str, Any]:
    holder = {"first": other, "second": ""} if is_own else dict(words["holder"])
    if name:
        holder = {key: one.replace(name, other) for key, one in holder.items()}
    lines = [one.replace(name, other) if name else one for one in words["lines"]]
    return words | {"holder": holder, "lines": lines}
