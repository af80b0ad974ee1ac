"""The hash that ties a sealed sheet to its line in the journal and to its print on paper."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from leitai.rooms.jury.rules.marks import plain


def digest(
    *,
    salt: str,
    sheet: int,
    number: int,
    entry: str,
    juror: int,
    marks: Mapping[str, str],
    evidence: Mapping[str, str],
    comment: str,
    tags: Sequence[str] = (),
    total: Decimal,
    at: datetime,
) -> str:
    """SHA-256 over the sheet's words in canonical JSON.

    Supervisors read the journal and may not know marks, and few marks are quickly guessed; so a
    salt is among the words, which stands on the paper and not in the journal.
    """
    words: dict[str, Any] = {
        "at": at.astimezone(UTC).isoformat(),
        "comment": comment,
        "entry": entry,
        "evidence": dict(evidence),
        "juror": juror,
        "marks": dict(marks),
        "number": number,
        "salt": salt,
        "sheet": sheet,
        "total": plain(total),
    }
    if tags:  # seals without any hash as they did before there were tags
        words["tags"] = list(tags)
    text = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def in_groups(digest: str) -> str:
    """As people compare it: eight groups of eight."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def read_digest(words: str) -> str:
    """What somebody typed or scanned; empty when it is no hash.

    >>> read_digest("AB12 " * 16)[:8], read_digest("ab12")
    ('ab12ab12', '')
    """
    text = "".join(words.split()).lower()
    is_hash = len(text) == 64 and all(c in "0123456789abcdef" for c in text)
    return text if is_hash else ""
