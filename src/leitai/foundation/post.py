"""Handing letters over to the post office, each once.

1. The letter is claimed, in a transaction of its own, which ends before a word is said to the
   server. Whoever finds it claimed leaves it alone.
2. It is handed over under the Message-ID it was written with.
3. What the server answered is written down: taken, not now (again later, each time later), never.

A worker that dies between 1 and 3 leaves a claim behind. Then nobody knows whether the server had
taken the mail, so it is not sent again blindly: after `CLAIM_LASTS` it counts as uncertain, and a
person decides. The same holds for a line that broke after the content had begun to flow; a line
that broke before has certainly sent nothing.
"""

import logging
import re
import smtplib
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from leitai.foundation import signals
from leitai.foundation.models import Letter, LetterState, SuppressionReason

log = logging.getLogger("leitai.mail")
# Addresses that stand for people of whom we know none; no post office takes them (RFC 2606).
NOWHERE = ".invalid"
CLAIM_LASTS = timedelta(minutes=10)
FIRST_WAIT, LONGEST_WAIT, MOST_ATTEMPTS = timedelta(minutes=1), timedelta(hours=4), 12
AT_A_TIME = 2_000
ADDRESS_IS_BAD = re.compile(r"\b5\.(1\.\d|2\.1)\b")  # unknown, moved, disabled (RFC 3463)
ENHANCED = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b")


@dataclass(frozen=True)
class Outcome:
    """What is known after a letter was handed over."""

    state: str
    answer: str = ""
    is_bad_address: bool = False
    is_our_trouble: bool = False  # no line, no password: nothing speaks against the letter


def post(letter_id: int, *, at: datetime) -> None:
    """One letter, if it is due and nobody has it."""
    with _van() as van:
        _carry(letter_id, van, at=at)


def post_due(*, at: datetime, seconds: float = 30) -> bool:
    """All that is due, over one line; stops after some seconds so that other work gets its turn,
    and at once when there is no line.

    True when more is waiting. Several workers may do this side by side.
    """
    give_up_old_claims(at=at)
    begun, is_whole = time.monotonic(), True
    with _van() as van:
        due = Letter.objects.due(at).order_by("due_at", "pk")
        for letter_id in list(due.values_list("pk", flat=True)[:AT_A_TIME]):
            gone = time.monotonic() - begun
            if gone > seconds or van.is_broken:
                is_whole = False
                break
            _carry(letter_id, van, at=at + timedelta(seconds=gone))
        else:
            is_whole = not Letter.objects.due(at).exists()
    signals.post_round_ended.send(Letter, at=at)
    return not is_whole and not van.is_broken


def give_up_old_claims(*, at: datetime) -> int:
    """Claims whose worker is gone: nobody knows, so a person decides."""
    old = Letter.objects.filter(state=LetterState.CLAIMED, claimed_at__lt=at - CLAIM_LASTS)
    return old.update(state=LetterState.UNCERTAIN, answer="")


def decide(letter: Letter, *, send_again: bool, at: datetime) -> None:
    """Somebody looked an uncertain letter up, or would rather have it twice than never."""
    unsure = Letter.objects.filter(pk=letter.pk, state=LetterState.UNCERTAIN)
    if send_again:
        unsure.update(state=LetterState.WAITING, due_at=at)
    else:
        unsure.update(state=LetterState.SENT, sent_at=letter.claimed_at)


def _carry(letter_id: int, van: "_Van", *, at: datetime) -> bool:
    letter = _claim(letter_id, at=at)
    if letter is None:
        return False
    outcome = Outcome(LetterState.SENT)
    if not letter.to.endswith(NOWHERE):
        outcome = van.hand_over(letter)
    _settle(letter, outcome, at=at)
    return True


def _claim(letter_id: int, *, at: datetime) -> Letter | None:
    with transaction.atomic():
        free = Letter.objects.due(at).select_for_update(skip_locked=True)
        letter = free.filter(pk=letter_id).first()
        if letter is not None:
            letter.state, letter.claimed_at = LetterState.CLAIMED, at
            letter.attempts += 1
            letter.save(update_fields=["state", "claimed_at", "attempts"])
    return letter


def _settle(letter: Letter, outcome: Outcome, *, at: datetime) -> None:
    """Written down wherever this very claim still stands, also when it had been given up."""
    from leitai.foundation import mail

    told: dict[str, Any] = {"state": outcome.state, "answer": outcome.answer[:300]}
    if outcome.state == LetterState.SENT:
        told["sent_at"] = at
    elif outcome.state == LetterState.WAITING:
        told |= _later(letter, outcome, at=at)
    with transaction.atomic():
        ours = Letter.objects.filter(
            pk=letter.pk, attempts=letter.attempts,
            state__in=[LetterState.CLAIMED, LetterState.UNCERTAIN],
        )  # fmt: skip
        if ours.update(**told) and outcome.is_bad_address:
            reason = SuppressionReason.BOUNCED
            mail.suppress(address=letter.to, reason=reason, why=outcome.answer, at=at)


def _later(letter: Letter, outcome: Outcome, *, at: datetime) -> dict[str, Any]:
    if letter.attempts >= MOST_ATTEMPTS and not outcome.is_our_trouble:
        return {"state": LetterState.REFUSED}
    return {"due_at": at + min(FIRST_WAIT * 2 ** min(letter.attempts - 1, 10), LONGEST_WAIT)}


class _Van:
    """One line to the post office, opened when the first letter is handed over."""

    def __init__(self) -> None:
        self._line: Any = None
        self._has_begun = False
        self.is_broken = False

    def hand_over(self, letter: Letter) -> Outcome:
        self._has_begun = False
        try:
            self._open()
            written = _written(letter, self._line)
            self._line.send_messages([written])
        except Exception as trouble:
            self.close()
            return self._judged(trouble)
        return Outcome(LetterState.SENT)

    def close(self) -> None:
        line, self._line = self._line, None
        with suppress(Exception):  # the mail is away; how we part does not matter
            if line is not None:
                line.close()

    def _open(self) -> None:
        if self._line is not None:
            return
        line = get_connection()
        line.open()
        smtp = getattr(line, "connection", None)
        if isinstance(smtp, smtplib.SMTP):
            smtp.data = self._noting(smtp.data)
        self._line = line

    def _noting(self, data: Any) -> Any:
        """`data` is where the content begins to flow; before it, nothing can have been sent."""

        def noted(message: Any) -> Any:
            self._has_begun = True
            return data(message)

        return noted

    def _judged(self, trouble: Exception) -> Outcome:
        if isinstance(trouble, smtplib.SMTPRecipientsRefused):
            code, words = next(iter(trouble.recipients.values()))
            return judged(code, words, of_recipient=True)
        if isinstance(trouble, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError):
            return self._no_line(trouble)
        if isinstance(trouble, smtplib.SMTPResponseException):
            return judged(trouble.smtp_code, trouble.smtp_error)
        if self._has_begun:
            return Outcome(LetterState.UNCERTAIN, str(trouble))
        if isinstance(trouble, smtplib.SMTPException | OSError):
            return self._no_line(trouble)
        log.error("a letter could not be written", exc_info=trouble)
        return Outcome(LetterState.REFUSED, str(trouble))

    def _no_line(self, trouble: Exception) -> Outcome:
        self.is_broken = True
        return Outcome(LetterState.WAITING, str(trouble), is_our_trouble=True)


def judged(code: int, words: bytes | str, *, of_recipient: bool = False) -> Outcome:
    """What a refusal means. Only one that is about the address itself speaks against it: a server
    that dislikes our sender or our content refuses every address alike."""
    text = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
    answer = f"{code} {text}".replace("\0", "")
    if 400 <= code < 500:
        return Outcome(LetterState.WAITING, answer)
    named = ENHANCED.search(answer)
    is_bad = bool(ADDRESS_IS_BAD.search(answer)) if named else code in {550, 551, 553}
    return Outcome(LetterState.REFUSED, answer, is_bad_address=of_recipient and is_bad)


@contextmanager
def _van() -> Iterator[_Van]:
    van = _Van()
    try:
        yield van
    finally:
        van.close()


def _written(letter: Letter, line: Any) -> EmailMessage:
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    if letter.sender:
        headers["From"] = formataddr((letter.sender, address), charset="utf-8")
    else:
        headers["From"] = settings.DEFAULT_FROM_EMAIL
    if letter.unsubscribe:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(
        letter.subject, letter.text, from_email=settings.MAIL_ENVELOPE, to=[letter.to],
        reply_to=[letter.reply_to] if letter.reply_to else None, headers=headers, connection=line,
    )  # fmt: skip
