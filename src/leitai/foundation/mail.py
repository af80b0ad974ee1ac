"""Letters to people.

A letter is written down in the transaction that makes it necessary, and a worker sends it: no
letter goes out for a deed that did not happen, and none is lost when the post office is down.
"""

from datetime import datetime
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from leitai.foundation.models import Letter

# Addresses that stand for people of whom we know none; no post office takes them (RFC 2606).
NOWHERE = ".invalid"


def send(
    *, to: str, template: str, context: dict[str, Any], at: datetime, language: str = ""
) -> Letter:
    """Write a letter from `<template>.subject.txt` and `<template>.txt`, in its reader's words."""
    from leitai.foundation.tasks import deliver

    with translation.override(language or translation.get_language()):
        subject = " ".join(render_to_string(f"{template}.subject.txt", context).split())
        text = render_to_string(f"{template}.txt", context)
    letter = Letter.objects.create(to=to, subject=subject[:200], text=text, written_at=at)
    deliver.defer(letter_id=letter.pk)
    return letter


def post(letter_id: int, *, at: datetime) -> None:
    """Hand one letter to the post office, unless that has happened."""
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter_id)
        if letter.sent_at is not None:
            return
        if not letter.to.endswith(NOWHERE):
            EmailMessage(letter.subject, letter.text, to=[letter.to]).send()
        letter.sent_at = at
        letter.save(update_fields=["sent_at"])
