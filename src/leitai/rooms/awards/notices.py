"""Who is told of a certificate."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from leitai.foundation import mail
from leitai.rooms.awards.models import Certificate
from leitai.rooms.standings.notices import address
from leitai.rooms.submissions.models import Entry, Member
from leitai.rooms.submissions.rules import MemberRole


def ready(made: Iterable[Certificate], *, at: datetime) -> None:
    """One letter to each captain, and one to each member with a certificate of their own."""
    of_teams = {c.entry_id: c for c in made if c.member is None}
    captains = _captains(of_teams)
    for entry, certificate in of_teams.items():
        _write(captains.get(entry), certificate, "ready", at=at)
    for certificate in made:
        if certificate.member and certificate.member != captains.get(certificate.entry_id):
            _write(certificate.member, certificate, "ready", at=at)


def reissued(old: Certificate, new: Certificate, *, at: datetime) -> None:
    _write(_receiver(new), new, "reissued", at=at, old=old)


def revoked(certificate: Certificate, *, at: datetime) -> None:
    _write(_receiver(certificate), certificate, "revoked", at=at)


def _receiver(certificate: Certificate) -> Member | None:
    if certificate.member_id:
        return certificate.member
    return _captains([certificate.entry_id]).get(certificate.entry_id)


def _captains(entries: Iterable[int]) -> dict[int, Member]:
    rows = Member.objects.filter(entry__in=list(entries), role=MemberRole.CAPTAIN)
    return {m.entry_id: m for m in rows.select_related("user").order_by("-pk")}


def _write(
    member: Member | None, certificate: Certificate, template: str, *, at: datetime, **more: Any
) -> None:
    if member is None or not member.email:
        return
    entry: Entry = certificate.entry
    language = member.user.language if member.user else ""
    language = language or ("en" if entry.kind == "overseas" else "")
    link = address(reverse("awards:of_entry", args=[entry.pk]))
    mail.send(
        to=member.email, template=f"awards/mail/{template}", at=at, language=language,
        context={"name": member.name, "certificate": certificate, "entry": entry,
                 "contest": certificate.contest, "link": link, **more},
    )  # fmt: skip
