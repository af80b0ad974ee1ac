"""What do we know about audiences, mailings and letters?"""

from leitai.rooms.messages.queries.audiences import AUDIENCES, Audience, receivers, things
from leitai.rooms.messages.queries.inbox import (
    inbox,
    letters_of,
    loose_ends,
    own,
    own_addresses,
    rhythm,
    suppressions,
    unread,
)
from leitai.rooms.messages.queries.mailings import (
    Changes,
    blocked_addresses,
    changes,
    count,
    current,
    daily_readers,
    figures,
    lacking,
    neighbours,
    outbox,
    recipients,
    sender,
    sender_name,
    senders,
    uncertain,
    undo_minutes,
)
from leitai.rooms.messages.queries.receivers import Receiver, at_home

__all__ = [
    "AUDIENCES", "Audience", "Changes", "Receiver", "at_home", "blocked_addresses", "changes",
    "count", "current", "daily_readers", "figures", "inbox", "lacking", "letters_of",
    "loose_ends", "neighbours", "outbox", "own", "own_addresses", "receivers", "recipients",
    "rhythm", "sender", "sender_name", "senders", "suppressions", "things", "uncertain",
    "undo_minutes", "unread",
]  # fmt: skip
