"""The arithmetic of a hash chain. Plain Python: whoever checks an export has no database."""

import hashlib
import json
from typing import Any

GENESIS = "0" * 64


def digest(
    previous: str,
    number: int,
    *,
    book: str,
    verb: str,
    about_type: str,
    about_id: int,
    by_id: int | None,
    at: str,
    data: Any,
) -> str:
    """SHA-256 over the hash before and a line's own words, in canonical JSON.

    `at` is in UTC, written as Python's `isoformat` writes it.
    """
    words = [previous, book, number, verb, about_type, about_id, by_id, at, data]
    text = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
