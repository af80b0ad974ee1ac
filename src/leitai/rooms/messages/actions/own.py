"""What people do with their own letters, and hosts with addresses."""

from datetime import datetime
from typing import Any

from django.db import transaction

from leitai.foundation import journal, mail, post
from leitai.foundation.models import Letter, LetterState, Suppression, SuppressionReason
from leitai.foundation.refusals import require
from leitai.foundation.states import hold
from leitai.rooms.messages import queries, rules
from leitai.rooms.messages.models import Preference, Recipient
from leitai.rooms.people.models import User


def read_letter(*, letter: Letter, by: User, at: datetime) -> None:
    Letter.objects.filter(pk=letter.pk, read_at=None).update(read_at=at)


def read_all(*, by: User, at: datetime) -> int:
    return queries.inbox(by, at=at, is_unread=True).order_by().update(read_at=at)


@transaction.atomic
def choose_rhythm(*, rhythm: str, wants_news: bool, by: User, at: datetime) -> None:
    """How letters that are not urgent come, and whether those that nobody needs come at all."""
    Preference.objects.update_or_create(user=by, defaults={"rhythm": rhythm})
    for address in queries.own_addresses(by):
        if wants_news:
            mail.resubscribe(addresses=[address])
        else:
            unsubscribe(address=address, by=by, at=at)


def unsubscribe(*, address: str, by: User | None, at: datetime) -> None:
    """No more of what nobody needs; results and deadlines still come."""
    mail.suppress(address=address, reason=SuppressionReason.UNSUBSCRIBED, by=by, at=at)


@transaction.atomic
def block_address(*, address: str, why: str, by: User, at: datetime) -> Suppression:
    row = mail.suppress(address=address, reason=SuppressionReason.BY_HAND, why=why, by=by, at=at)
    journal.write("messages.address_blocked", about=row, by=by, at=at)
    return row


@transaction.atomic
def free_address(*, row: Suppression, by: User, at: datetime) -> None:
    """It works again, or was never broken."""
    hold(row)
    journal.write("messages.address_freed", about=row, by=by, at=at)
    row.delete()


@transaction.atomic
def decide_loose_letter(*, letter: Letter, send_again: bool, by: User, at: datetime) -> None:
    """One of the platform's own letters, which belongs to no mailing."""
    hold(letter)
    require(rules.may_decide(is_uncertain=letter.state == LetterState.UNCERTAIN))
    post.decide(letter, send_again=send_again, at=at)
    journal.write("messages.letter_decided", about=letter, by=by, at=at, send_again=send_again)


@transaction.atomic
def forget_person(*, person: Any, by: User, at: datetime) -> None:
    """Lists of receivers keep their length and forget who it was."""
    rows = Recipient.objects.filter(address=person.email.lower()) | Recipient.objects.filter(
        user=person
    )
    rows.update(address=f"erased-{person.pk}@erased.invalid", name="", values={}, user=None)
    Suppression.objects.filter(address=person.email.lower()).delete()
    Preference.objects.filter(user=person).delete()
