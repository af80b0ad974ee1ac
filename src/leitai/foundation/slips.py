"""A slip: a few short words that carry their own signature, for paper and for a camera.

Plain Python: whoever checks one has no database and no Django. A slip reads

    LT1.<words>.<signature>

with the words as a JSON list and 64 bytes of Ed25519 over `leitai slip 1\\n` and that JSON, both in
base64 for addresses. A name is part of what is signed, so a changed letter shows.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HEAD = "LT1"
LONGEST = 4000
FOUND = re.compile(r"LT1\.[A-Za-z0-9_-]{2,3500}\.[A-Za-z0-9_-]{86}(?![A-Za-z0-9_-])")
CONTEXT = b"leitai slip 1\n"


class BadSlip(ValueError):
    """Not a slip at all, or a damaged one."""


def write(words: Sequence[str], *, sign: Callable[[bytes], bytes]) -> str:
    body = json.dumps(list(words), ensure_ascii=False, separators=(",", ":")).encode()
    return f"{HEAD}.{_letters(body)}.{_letters(sign(CONTEXT + body))}"


def read(slip: str) -> list[str]:
    """What it says, whoever signed it."""
    return _parts(slip)[0]


def holds(slip: str, *, key: str) -> bool:
    """Whether the owner of this public key (32 bytes in base64) signed exactly these words."""
    _words, body, signature = _parts(slip)
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
        public.verify(signature, CONTEXT + body)
    except (InvalidSignature, ValueError):
        return False
    return True


def find(text: str) -> str:
    """The first slip in a text, an address or what a camera read; nothing if there is none.

    Blanks and line breaks are what paper and mail put in; they carry no meaning.
    """
    joined = FOUND.search(text[: 50 * LONGEST]) or FOUND.search(
        "".join(text[: 50 * LONGEST].split())
    )
    return joined.group() if joined else ""


def _parts(slip: str) -> tuple[list[str], bytes, bytes]:
    if len(slip) > LONGEST or not FOUND.fullmatch(slip):
        raise BadSlip
    _head, words, signature = slip.split(".")
    try:
        body = _bytes(words)
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadSlip from error
    if not isinstance(told, list) or not all(isinstance(word, str) for word in told):
        raise BadSlip
    return told, body, _bytes(signature)


def _letters(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _bytes(letters: str) -> bytes:
    """Only the one way of writing these bytes: other last letters could mean the same."""
    try:
        content = base64.b64decode(letters + "=" * (-len(letters) % 4), altchars=b"-_")
    except binascii.Error as error:
        raise BadSlip from error
    if _letters(content) != letters:
        raise BadSlip
    return content
