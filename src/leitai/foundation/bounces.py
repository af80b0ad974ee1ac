"""Mail that came back, and what it says about an address.

Two kinds are understood: delivery reports (RFC 3464) and complaints (RFC 5965, "this is spam").
Everybody may send us such a mail, also one that is made up to silence somebody else. So a report
counts only if it names the Message-ID of a letter of ours to that very address; the ID cannot be
guessed, and only the address's own post office has seen it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import Message

from django.db import transaction

from leitai.foundation import mail
from leitai.foundation.models import Letter, LetterState, SuppressionReason

LARGEST = 5 * 2**20
MOST_PARTS, MOST_REPORTS = 100, 50
MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,200}>")
ADDRESS = re.compile(r"[^\s;<>@]{1,64}@[^\s;<>@]{1,190}")
PASSES = frozenset({"5.2.2"})  # the box is full; others may have made room tomorrow


@dataclass(frozen=True)
class Report:
    """What a mail says of one address: that it is `failed`, `delayed`, or `complained`."""

    kind: str
    address: str
    message_id: str
    status: str = ""
    why: str = ""


def reports(raw: bytes) -> list[Report]:
    """What a mail reports; nothing, when it is no report or too odd to be read."""
    if len(raw) > LARGEST:
        return []
    try:
        return list(_read(raw))[:MOST_REPORTS]
    except (RecursionError, LookupError, ValueError):  # mails within mails, made-up encodings
        return []


def _read(raw: bytes) -> Iterator[Report]:
    parts = list(_parts(message_from_bytes(raw, policy=policy.compat32)))
    message_id = _returned_id(parts)
    for part in parts:
        if _kind(part) == "message/delivery-status":
            yield from _deliveries(part, message_id)
        elif _kind(part) == "message/feedback-report":
            yield from _complaints(part, parts, message_id)


@transaction.atomic
def take_in(raw: bytes, *, at: datetime) -> list[tuple[Report, bool]]:
    """Each report, and whether it was believed."""
    return [(report, _believe(report, at=at)) for report in reports(raw)]


def _believe(report: Report, *, at: datetime) -> bool:
    letter = (
        Letter.objects.select_for_update()
        .filter(message_id=report.message_id, to__iexact=report.address, attempts__gt=0)
        .first()
    )
    if letter is None:
        return False
    if report.kind == "complained":
        reason = SuppressionReason.COMPLAINED
        mail.suppress(address=letter.to, reason=reason, why=report.why, at=at)
    elif report.kind == "failed":
        letter.state, letter.answer = LetterState.REFUSED, f"{report.status} {report.why}"[:300]
        letter.save(update_fields=["state", "answer"])
        if report.status.startswith("5.") and report.status not in PASSES:
            reason = SuppressionReason.BOUNCED
            mail.suppress(address=letter.to, reason=reason, why=letter.answer, at=at)
    return True


def _parts(whole: Message) -> Iterator[Message]:
    for n, part in enumerate(whole.walk()):
        if n >= MOST_PARTS:
            return
        yield part


def _kind(part: Message) -> str:
    return part.get_content_type().lower()


def _deliveries(part: Message, message_id: str) -> Iterator[Report]:
    """The first block is about the mail, each further one about a receiver."""
    blocks = part.get_payload()
    for block in blocks if isinstance(blocks, list) else []:
        address = _address(_said(block, "Final-Recipient"))
        address = address or _address(_said(block, "Original-Recipient"))
        kind = {"failed": "failed", "delayed": "delayed"}.get(_said(block, "Action").lower())
        if address and kind:
            status = re.match(r"[245]\.\d{1,3}\.\d{1,3}", _said(block, "Status"))
            yield Report(
                kind, address, message_id, status[0] if status else "",
                _said(block, "Diagnostic-Code"),
            )  # fmt: skip


def _complaints(part: Message, parts: list[Message], message_id: str) -> Iterator[Report]:
    """Its fields stand in its body. Some mail houses strike the address out; then the mail that
    comes along still says whom it was for."""
    payload = part.get_payload()
    blocks = payload if isinstance(payload, list) else [message_from_bytes(_bytes(part))]
    told = next((a for b in blocks if (a := _address(_said(b, "Original-Rcpt-To")))), "")
    address = told or next((a for p in parts[1:] if (a := _address(_said(p, "To")))), "")
    kind = next((k for b in blocks if (k := _said(b, "Feedback-Type"))), "abuse")
    if address and kind.lower() in {"abuse", "fraud", "other"}:
        yield Report("complained", address, message_id, why=kind[:40])


def _returned_id(parts: list[Message]) -> str:
    """Of the mail that came back, not of the report itself."""
    for part in parts[1:]:
        texts = [_said(part, "Message-ID")]
        if _kind(part) in {"text/rfc822-headers", "message/rfc822-headers"}:
            texts.append(_said(message_from_bytes(_bytes(part)), "Message-ID"))
        for text in texts:
            if found := MESSAGE_ID.search(text):
                return found[0]
    return ""


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload.lstrip() if isinstance(payload, bytes) else b""


def _said(part: Message, name: str) -> str:
    """A field on one line, of readable characters."""
    return " ".join(re.sub(r"[^\x20-\x7e\n\t]", "?", str(part.get(name) or "")).split())[:1000]


def _address(text: str) -> str:
    found = ADDRESS.search(text.rpartition(";")[2])
    return found[0].lower() if found else ""
