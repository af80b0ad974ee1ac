"""What an answer says, whatever it is wrapped in."""

import base64
import html
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import unquote_plus

from pypdf import PdfReader

from tests.leaks.canaries import WORD

LINK = re.compile(r"""(?:href|src|action|hx-get|data-[\w-]+)="(/[^"]*)\"""")
PACKED = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")
DIFFERS = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|name="csrf-token" content="\w+"'
    r'|"X-CSRFToken": ?"\w+"|X-CSRFToken&quot;: ?&quot;\w+|csrftoken=\w+'
    r"|/files/[^\"'/?& ]+|leitai_\w+=[^;]+|nonce-[\w-]+"
)


def parts(answer: Any) -> Iterator[bytes]:
    """Body and headers; of a PDF its text and particulars, of an archive its members."""
    body = answer.getvalue() if hasattr(answer, "getvalue") else b"".join(answer)
    answer.whole = body
    yield repr(sorted(answer.items())).encode()
    yield from opened(body)


def opened(body: bytes, depth: int = 2) -> Iterator[bytes]:
    yield body
    if body[:4] == b"PK\3\4" and depth:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for member in archive.infolist():
                yield member.filename.encode()
                yield from opened(archive.read(member), depth - 1)
    elif body[:5] == b"%PDF-":
        reader = PdfReader(io.BytesIO(body))
        yield repr(dict(reader.metadata or {})).encode()
        yield from ((page.extract_text() or "").encode() for page in reader.pages)


def readings(part: bytes) -> Iterator[str]:
    """As it stands, and with one wrapping taken off."""
    text = part.decode(errors="replace")
    yield text
    if "&" in text:
        yield html.unescape(text)
    if "%" in text:
        yield unquote_plus(text)
    if "\\u00" in text:
        yield re.sub(r"\\u00([0-9a-f]{2})", lambda m: chr(int(m[1], 16)), text)
    for packed in PACKED.findall(part):
        with suppress(ValueError):
            padded = packed.rstrip(b"=") + b"=" * (-len(packed.rstrip(b"=")) % 4)
            yield base64.b64decode(padded, altchars=b"-_").decode(errors="replace")


def words_in(answer: Any, numbers: tuple[str, ...] = ()) -> set[str]:
    found = set()
    for part in parts(answer):
        for text in readings(part):
            found |= {word.lower() for word in WORD.findall(text)}
            found |= {n for n in numbers if re.search(rf"(?<![\d.]){re.escape(n)}0*(?!\d)", text)}
    return found


def links(answer: Any) -> Iterator[str]:
    if answer.get("Content-Type", "").startswith("text/html"):
        for link in LINK.findall(answer.whole.decode(errors="replace")):
            yield html.unescape(link).partition("#")[0]


def _said(body: bytes) -> bytes:
    """Of a file what it says, and not when it was made."""
    if body[:5] == b"%PDF-":
        return b"\n".join(list(opened(body))[2:])
    if body[:4] == b"PK\3\4":
        parts = list(opened(body))[1:]
        return b"\n".join(part for part in parts if b"dcterms:" not in part)
    return body


def masked(answer: Any) -> str:
    """The answer without what differs each time."""
    body = DIFFERS.sub("…", _said(answer.whole).decode(errors="replace"))
    headers = {k: v for k, v in answer.items() if k not in ("Content-Length", "Set-Cookie")}
    return f"{answer.status_code}\n{DIFFERS.sub('…', repr(sorted(headers.items())))}\n{body}"
