"""Short-lived tickets for the live process. Plain Python: that process runs without Django."""

import hashlib
import hmac
from datetime import UTC, datetime


def sign(topic: str, *, until: datetime, secret: str) -> str:
    """A ticket to listen to one topic until then."""
    seconds = int(until.timestamp())
    return f"{seconds}.{_mark(topic, seconds, secret)}"


def holds(ticket: str, topic: str, *, at: datetime, secret: str) -> bool:
    """Whether the ticket is ours, for this topic, and still good."""
    seconds, _, mark = ticket.partition(".")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 12 and mark.isascii()):
        return False
    ours = hmac.compare_digest(mark, _mark(topic, int(seconds), secret))
    return ours and at < datetime.fromtimestamp(int(seconds), UTC)


def _mark(topic: str, seconds: int, secret: str) -> str:
    text = f"leitai.live\n{seconds}\n{topic}".encode()
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
