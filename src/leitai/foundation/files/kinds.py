"""The kinds of file we know, and how to tell them by their own first bytes."""

import re
from dataclasses import dataclass

PAGE = re.compile(rb"\s*(<!doctype\s+html|<html|<head|<script|<body|<svg|<iframe)", re.IGNORECASE)
XML_HEAD = re.compile(rb"\s*(<\?xml[^>]*\?>|<!--.*?-->|<!doctype[^>]*>|\s)*", re.DOTALL | re.I)
FILM_BRANDS = {
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"M4V ",
    b"dash",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: our word for it, its MIME type, and the endings its names may have."""

    key: str
    mime: str
    suffixes: tuple[str, ...]


OFFICE_MIME = "application/vnd.openxmlformats-officedocument."
KINDS = {
    kind.key: kind
    for kind in (
        Kind("pdf", "application/pdf", (".pdf",)),
        Kind("png", "image/png", (".png",)),
        Kind("jpeg", "image/jpeg", (".jpg", ".jpeg")),
        Kind("webp", "image/webp", (".webp",)),
        Kind("docx", f"{OFFICE_MIME}wordprocessingml.document", (".docx",)),
        Kind("pptx", f"{OFFICE_MIME}presentationml.presentation", (".pptx",)),
        Kind("xlsx", f"{OFFICE_MIME}spreadsheetml.sheet", (".xlsx",)),
        Kind("mp4", "video/mp4", (".mp4", ".m4v")),
        Kind("zip", "application/zip", (".zip",)),
        Kind("csv", "text/csv", (".csv", ".tsv")),
        Kind("txt", "text/plain", (".txt", ".md")),
    )
}
PICTURES = frozenset({"png", "jpeg", "webp"})
DOCUMENTS = frozenset({"pdf", "docx", "pptx", "xlsx"})
TEXTS = frozenset({"csv", "txt"})


def by_signature(head: bytes) -> str:
    """Which kind the first bytes announce, "page" and "old_office" among them, or ""."""
    if looks_like_page(head):
        return "page"
    if head[4:8] == b"ftyp":
        return "mp4" if head[8:12] in FILM_BRANDS else ""
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    starts = {
        b"%PDF-": "pdf",
        b"\x89PNG\r\n\x1a\n": "png",
        b"\xff\xd8\xff": "jpeg",
        b"PK\x03\x04": "zip",
        b"\xd0\xcf\x11\xe0": "old_office",
    }
    return next((kind for start, kind in starts.items() if head.startswith(start)), "")


def looks_like_page(head: bytes) -> bool:
    """Whether a browser might take this for a page: HTML or SVG, also behind a byte order mark,
    comments or in UTF-16."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\0", b"")[2:]
    head = head.removeprefix(b"\xef\xbb\xbf")
    return bool(PAGE.match(head) or PAGE.match(head, XML_HEAD.match(head).end()))  # type: ignore[union-attr]
