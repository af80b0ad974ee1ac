"""What goes over the wire, made once and sent to everybody as the same bytes."""

import zlib
from dataclasses import dataclass
from functools import cached_property

# A gzip file without a name or a date; the blocks of `News.packed` follow it in any order.
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


@dataclass(frozen=True)
class News:
    """One server-sent event."""

    plain: bytes
    version: int | None = None
    body: bytes | None = None  # a snapshot's JSON, for those who ask for it alone

    @cached_property
    def packed(self) -> bytes:
        """The event as deflate blocks that lean on nothing before them.

        So one compression serves every stream, whatever each of them was sent earlier.
        """
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        return packer.compress(self.plain) + packer.flush(zlib.Z_FULL_FLUSH)


def version(number: int) -> News:
    return News(plain=f"event: version\ndata: {number}\n\n".encode(), version=number)


def snapshot(number: int, text: str) -> News:
    body = text.replace("\n", " ").encode()  # an event's data ends with its line
    return News(plain=b"event: snapshot\ndata: " + body + b"\n\n", version=number, body=body)


def beat(milliseconds: int) -> News:
    """Keeps proxies from closing a silent stream, and tells pages what time it is here."""
    return News(plain=f"event: beat\ndata: {milliseconds}\n\n".encode())


def retry(milliseconds: int) -> News:
    """How long a browser waits before it comes back."""
    return News(plain=f"retry: {milliseconds}\n\n".encode())
