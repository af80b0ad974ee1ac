"""A message is drafted and its receivers are frozen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from leitai.foundation import journal
from leitai.foundation.refusals import require
from leitai.foundation.states import hold, move
from leitai.rooms.contests.models import Contest, Edition
from leitai.rooms.messages import queries
from leitai.rooms.messages.models import Mailing, Recipient, Sender, Undo
from leitai.rooms.messages.rules import MOVES, State
from leitai.rooms.people.models import User

CHUNK = 1000
COPIED = (
    "sender", "audience", "of_id", "subject_zh", "subject_en", "body_zh", "body_en", "fallback",
    "is_necessary",
)  # fmt: skip


@transaction.atomic
def draft_mailing(
    *, contest: Contest, values: Mapping[str, Any], by: User, at: datetime
) -> Mailing:
    mailing = Mailing.objects.create(contest=contest, made_by=by, made_at=at, **values)
    journal.write("messages.mailing_drafted", about=mailing, by=by, at=at)
    return mailing


@transaction.atomic
def change_mailing(*, mailing: Mailing, values: Mapping[str, Any], by: User, at: datetime) -> None:
    hold(mailing)
    require(mailing.may_edit())
    for key, value in values.items():
        setattr(mailing, key, value)
    mailing.save(update_fields=list(values))
    journal.write("messages.mailing_changed", about=mailing, by=by, at=at)


def copy_mailing(*, mailing: Mailing, by: User, at: datetime) -> Mailing:
    """The same words as a new draft; its audience is asked anew."""
    values = {key: getattr(mailing, key) for key in COPIED}
    return draft_mailing(contest=mailing.contest, values=values, by=by, at=at)


@transaction.atomic
def freeze_mailing(*, mailing: Mailing, by: User, at: datetime) -> Mailing:
    """Write down who gets it, with everything the text says of them."""
    hold(mailing)
    found = queries.current(mailing)
    require(mailing.may_freeze(receivers=len(found)))
    mailing.recipients.all().delete()
    Recipient.objects.bulk_create(
        (
            Recipient(
                mailing=mailing, address=r.address, about=r.about, name=r.name[:160],
                user_id=r.user_id, language=r.language, values=r.values,
            )
            for r in found
        ),
        batch_size=CHUNK,
    )  # fmt: skip
    mailing.frozen_at = at
    mailing.save(update_fields=["frozen_at"])
    move(mailing, State.FROZEN, moves=MOVES)
    journal.write("messages.mailing_frozen", about=mailing, by=by, at=at, receivers=len(found))
    return mailing


@transaction.atomic
def thaw_mailing(*, mailing: Mailing, by: User, at: datetime) -> None:
    """A draft again: its text and its audience can be changed."""
    hold(mailing)
    move(mailing, State.DRAFT, moves=MOVES)
    mailing.recipients.all().delete()
    journal.write("messages.mailing_thawed", about=mailing, by=by, at=at)


@transaction.atomic
def refreeze_mailing(*, mailing: Mailing, by: User, at: datetime) -> None:
    """The audience as it is now."""
    thaw_mailing(mailing=mailing, by=by, at=at)
    freeze_mailing(mailing=mailing, by=by, at=at)


@transaction.atomic
def drop_mailing(*, mailing: Mailing, by: User, at: datetime) -> None:
    hold(mailing)
    require(mailing.may_drop())
    move(mailing, State.CANCELLED, moves=MOVES)
    journal.write("messages.mailing_dropped", about=mailing, by=by, at=at)


@transaction.atomic
def name_sender(
    *, edition: Edition, role: str, values: Mapping[str, str], contest: Contest, by: User,
    at: datetime,
) -> Sender:  # fmt: skip
    """Under which name this role writes. The journal of the contest tells who set it."""
    hold(edition)
    row, _made = Sender.objects.update_or_create(edition=edition, role=role, defaults=values)
    journal.write(
        "messages.sender_named", about=row, by=by, at=at, book=journal.book_of(contest), role=role
    )
    return row


@transaction.atomic
def set_undo(*, contest: Contest, minutes: int, by: User, at: datetime) -> None:
    hold(contest.edition)
    row, _made = Undo.objects.update_or_create(
        edition=contest.edition, defaults={"minutes": minutes}
    )
    journal.write(
        "messages.undo_set", about=row, by=by, at=at, book=journal.book_of(contest),
        minutes=minutes,
    )  # fmt: skip
