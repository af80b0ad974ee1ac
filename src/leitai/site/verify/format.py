"""How an export is laid out: the few things that writing and checking have to agree upon.

Each line of rows is a JSON object whose last key is `link`: sixteen hexadecimal digits of a
SHA-256 over the link before it and the line without its own. So a changed, removed or inserted
row can be named, while the manifest's hash over the whole member proves that nothing is.
"""

import hashlib
import json
from typing import Any

FORMAT = "leitai-contest"
VERSION = 1
MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
LINK_DIGITS = 16
TAIL = len(',"link":""}') + LINK_DIGITS


def member(kind: str) -> str:
    return f"rows/{kind}.jsonl"


def link(before: str, row: str) -> str:
    return hashlib.sha256(f"{before}{row}".encode()).hexdigest()[:LINK_DIGITS]


FIRST = link("", "")


def written(row: dict[str, Any], *, before: str) -> tuple[bytes, str]:
    """The line of a row, and its link. Line breaks inside words are escaped by JSON."""
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    mark = link(before, text)
    return f'{text[:-1]},"link":"{mark}"}}\n'.encode(), mark


def follows(line: bytes, *, before: str) -> tuple[str, bool]:
    """The link a line should have after the one before it, and whether it has it."""
    text = line.decode(errors="replace")
    bare = text[: -TAIL - 1] + "}"
    mark = link(before, bare)
    return mark, text == f'{bare[:-1]},"link":"{mark}"}}\n'
