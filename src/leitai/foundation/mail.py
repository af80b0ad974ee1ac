"""Letters to people.

A letter is written down in the transaction that makes it necessary, and a worker sends it: no
letter goes out for a deed that did not happen, and none is lost when the post office is down.
How it is handed over so that nobody gets it twice stands in `post`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core import signing
from django.db.models.functions import Lower
from django.template.loader import render_to_string
from django.utils import translation

from leitai.foundation.models import STOPS_ALL, Letter, LetterState, Suppression, SuppressionReason
from leitai.foundation.post import post

__all__ = ["address_of", "post", "resubscribe", "send", "suppress", "suppressed", "token_for"]
SALT = "mail.unsubscribe"


def send(
    *, to: str, template: str, context: dict[str, Any], at: datetime, language: str = ""
) -> Letter:
    """Write a letter from `<template>.subject.txt` and `<template>.txt`, in its reader's words."""
    from leitai.foundation.tasks import deliver

    with translation.override(language or translation.get_language()):
        subject = " ".join(render_to_string(f"{template}.subject.txt", context).split())
        text = render_to_string(f"{template}.txt", context)
    letter = Letter(
        to=to, subject=subject[:200], text=text, language=language, written_at=at
    )  # fmt: skip
    blocked = suppressed([to]).get(to.lower())
    if blocked and blocked.reason in STOPS_ALL:
        letter.state = LetterState.BLOCKED
    letter.save()
    if letter.state == LetterState.WAITING:
        deliver.defer(letter_id=letter.pk)
    return letter


def suppressed(addresses: Iterable[str]) -> dict[str, Suppression]:
    """Of these addresses, the ones we do not write to, in small letters."""
    wanted = {address.lower() for address in addresses}
    rows = Suppression.objects.annotate(small=Lower("address")).filter(small__in=wanted)
    return {row.small: row for row in rows}


def suppress(
    *, address: str, reason: str, why: str = "", by: Any = None, at: datetime
) -> Suppression:
    """Write to this address no more. What stops every letter is never weakened by less."""
    told = {"reason": reason, "why": why[:300], "by": by, "at": at}
    row, made = Suppression.objects.get_or_create(address=address.lower(), defaults=told)
    if not made and reason in STOPS_ALL and row.reason not in STOPS_ALL:
        Suppression.objects.filter(pk=row.pk).update(**told)
        row.refresh_from_db()
    return row


def token_for(address: str) -> str:
    """Stands in the link by which this address, and no other, gets no more such mails."""
    return signing.dumps(address.lower(), salt=SALT, compress=True)


def address_of(token: str) -> str:
    """The address a link was made for, or nothing."""
    try:
        address = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return address if isinstance(address, str) else ""


def resubscribe(*, addresses: Iterable[str]) -> None:
    """Whoever unsubscribed may think again; addresses that are blocked stay so."""
    wanted = [address.lower() for address in addresses]
    Suppression.objects.filter(address__in=wanted, reason=SuppressionReason.UNSUBSCRIBED).delete()
