"""A message is confirmed, goes out, is stopped."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leitai.foundation import journal, mail, post
from leitai.foundation.models import Letter, LetterState
from leitai.foundation.refusals import require
from leitai.foundation.states import hold, move
from leitai.rooms.messages import queries, rules
from leitai.rooms.messages.models import Mailing, Recipient
from leitai.rooms.messages.rules import MOVES, State
from leitai.rooms.people.models import User

CHUNK = 1000
UNDERWAY = (LetterState.WAITING, LetterState.CLAIMED)


@transaction.atomic
def confirm_mailing(*, mailing: Mailing, typed: str, by: User, at: datetime) -> Mailing:
    """One letter for each receiver, in this transaction: all of them or none. They leave when the
    undo window is over."""
    hold(mailing)
    n = queries.count(mailing)
    require(
        rules.may_confirm(
            mailing.state, typed=typed, count=n, missing=len(queries.lacking(mailing)),
            gone=len(queries.changes(mailing).gone),
        )
    )  # fmt: skip
    mailing.confirmed_by, mailing.confirmed_at = by, at
    _set_off(mailing, at=at)
    _write_letters(mailing, at=at)
    journal.write("messages.mailing_confirmed", about=mailing, by=by, at=at, letters=n)
    return mailing


def _set_off(mailing: Mailing, *, at: datetime) -> None:
    mailing.sends_at = at + timedelta(minutes=queries.undo_minutes(mailing.contest))
    mailing.ended_at = None
    mailing.save(update_fields=["confirmed_by", "confirmed_at", "sends_at", "ended_at"])
    move(mailing, State.CONFIRMED, moves=MOVES)


def _write_letters(mailing: Mailing, *, at: datetime) -> None:
    rows = list(mailing.recipients.order_by("pk"))
    sender, blocked = queries.sender(mailing), queries.blocked_addresses(mailing)
    daily = set() if mailing.is_necessary else queries.daily_readers(mailing)
    letters = []
    for row in rows:
        state = LetterState.GATHERED if row.user_id in daily else LetterState.WAITING
        if row.address in blocked:
            state = LetterState.BLOCKED
        subject, text = mailing.filled(row.language, row.values)
        links = {} if mailing.is_necessary else _unsubscribing(row)
        letters.append(
            Letter(
                to=row.address, subject=subject, text=text + links.pop("foot", ""),
                language=row.language, reply_to=sender.reply_to, state=state, written_at=at,
                sender=queries.sender_name(sender, row.language), due_at=mailing.sends_at, **links,
            )
        )  # fmt: skip
    Letter.objects.bulk_create(letters, batch_size=CHUNK)
    for row, letter in zip(rows, letters, strict=True):
        row.letter = letter
    Recipient.objects.bulk_update(rows, ["letter"], batch_size=CHUNK)


def _unsubscribing(row: Recipient) -> dict[str, str]:
    link = queries.at_home(reverse("messages:unsubscribe", args=[mail.token_for(row.address)]))
    with translation.override(row.language):
        foot = _("No more messages of this kind: %(link)s") % {"link": link}
    return {"unsubscribe": link, "foot": f"\n\n--\n{foot}\n"}


@transaction.atomic
def stop_mailing(*, mailing: Mailing, by: User, at: datetime) -> int:
    """Keep back every letter that has not left; what is just being handed over goes."""
    hold(mailing)
    require(mailing.may_stop())
    letters = Letter.objects.filter(recipient__mailing=mailing)
    ids = letters.filter(state__in=[LetterState.WAITING, LetterState.GATHERED])
    held = _hold_back(ids, at=at)
    _hold_back(letters.filter(state=LetterState.BLOCKED, due_at__gt=at), at=at)
    mailing.ended_at = at
    mailing.save(update_fields=["ended_at"])
    move(mailing, State.CANCELLED, moves=MOVES)
    journal.write("messages.mailing_stopped", about=mailing, by=by, at=at, held=held)
    return held


def _hold_back(letters: Any, *, at: datetime) -> int:
    """The state stands in the WHERE clause: a worker that was faster has this letter."""
    states = list(letters.order_by().values_list("state", flat=True).distinct())
    ids = list(letters.values_list("pk", flat=True))
    fresh = Letter.objects.filter(pk__in=ids, state__in=states)
    return fresh.update(state=LetterState.HELD)


@transaction.atomic
def resume_mailing(*, mailing: Mailing, typed: str, by: User, at: datetime) -> None:
    """What was kept back goes after all, with the undo window from the start."""
    hold(mailing)
    held = Letter.objects.filter(recipient__mailing=mailing, state=LetterState.HELD)
    blocked = queries.blocked_addresses(mailing)
    n = held.exclude(to__in=blocked).count()
    require(rules.may_resume(mailing.state, typed=typed, held=n))
    mailing.confirmed_by, mailing.confirmed_at = by, at
    _set_off(mailing, at=at)
    held.filter(to__in=blocked).update(state=LetterState.BLOCKED, due_at=mailing.sends_at)
    held.update(state=LetterState.WAITING, due_at=mailing.sends_at)
    journal.write("messages.mailing_resumed", about=mailing, by=by, at=at, letters=n)


@transaction.atomic
def decide_letter(*, recipient: Recipient, send_again: bool, by: User, at: datetime) -> None:
    """Nobody knows whether it arrived; somebody says what to do."""
    letter = recipient.letter
    hold(recipient.mailing)
    is_uncertain = letter is not None and letter.state == LetterState.UNCERTAIN
    require(rules.may_decide(is_uncertain=is_uncertain))
    post.decide(letter, send_again=send_again, at=at)
    journal.write("messages.letter_decided", about=recipient, by=by, at=at, send_again=send_again)


def tend_mailings(*, by: User | None, at: datetime) -> None:
    """After a round of the post: those that began to go out, and those that are through."""
    begun = Mailing.objects.filter(state=State.CONFIRMED, sends_at__lte=at)
    for mailing in begun.order_by("pk"):
        _step(mailing, State.SENDING, by=by, at=at)
    for mailing in Mailing.objects.filter(state=State.SENDING).order_by("pk"):
        left = Letter.objects.filter(recipient__mailing=mailing, state__in=UNDERWAY)
        if not left.exists():
            _step(mailing, State.SENT, by=by, at=at)


@transaction.atomic
def _step(mailing: Mailing, to: str, *, by: User | None, at: datetime) -> None:
    """Somebody may have stopped it meanwhile."""
    hold(mailing)
    if to not in MOVES[mailing.state]:
        return
    if to == State.SENT:
        mailing.ended_at = at
        mailing.save(update_fields=["ended_at"])
    move(mailing, to, moves=MOVES)
    if to == State.SENT:
        journal.write("messages.mailing_sent", about=mailing, by=by, at=at)
