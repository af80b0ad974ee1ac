"""What a file really is, whatever it is called; or why we will not take it."""

import io
from collections.abc import Collection
from dataclasses import dataclass
from typing import BinaryIO

import puremagic
from django.utils.translation import gettext_lazy as _

from leitai.foundation.files import kinds
from leitai.foundation.files.archives import OFFICE, ZIP, check_archive, office_kind
from leitai.foundation.files.bad import BadFile
from leitai.foundation.files.kinds import KINDS, Kind
from leitai.foundation.files.names import clean_name, split_suffix
from leitai.foundation.files.pdfs import check_pdf

HEAD_BYTES = 4096
RUNNABLE = {".exe", ".dll", ".com", ".elf", ".so", ".class", ".jar", ".swf", ".html", ".htm"}
RUNNABLE |= {".svg", ".js", ".vbs", ".bat", ".sh", ".lnk", ".msi", ".hta", ".apk", ".rtf"}


@dataclass(frozen=True, slots=True)
class Found:
    """A file that passed: its kind, its cleaned name and its size."""

    kind: Kind
    name: str
    size: int


def inspect(stream: BinaryIO, name: str, *, allow: Collection[str], limit_bytes: int) -> Found:
    """Judge a seekable stream; `allow` holds keys of `kinds.KINDS`. Raises `BadFile`, nothing else.

    The stream is read in pieces and left at its beginning.
    """
    size = measured(stream, limit_bytes=limit_bytes)
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    name = clean_name(name)
    key = _told_apart(stream, head, name, allow)
    _ask_second_opinion(head, key)
    _check_deeper(stream, key)
    stream.seek(0)
    return Found(KINDS[key], name, size)


def measured(stream: BinaryIO, *, limit_bytes: int) -> int:
    size = stream.seek(0, io.SEEK_END)
    if not size:
        raise BadFile("empty", _("The file is empty."), _("Choose the file again."))
    if size > limit_bytes:
        raise too_large(limit_bytes)
    return size


def too_large(limit_bytes: int) -> BadFile:
    return BadFile(
        "too_large",
        _("The file is larger than {most} MB."),
        _("Make it smaller, for example with smaller pictures, and send it again."),
        most=f"{limit_bytes / 1024 / 1024:.3g}",
    )


def _told_apart(stream: BinaryIO, head: bytes, name: str, allow: Collection[str]) -> str:
    """The kind by content, if it is allowed and the name says the same."""
    suffix = split_suffix(name)[1].lower()
    key = kinds.by_signature(head)
    if key == "page":
        raise BadFile(
            "page",
            _("This is a web page and not a document, although it is called “{name}”."),
            _("It may have been saved from a sign-in page; download the real file and send that."),
            name=name,
        )
    if key == "zip":
        key = office_kind(check_archive(stream, limits=OFFICE if suffix != ".zip" else ZIP))
    if not key and _is_text(stream):
        key = "csv" if suffix in KINDS["csv"].suffixes else "txt"
    if key not in allow or key not in KINDS:
        raise _unwanted(key, allow)
    if suffix not in KINDS[key].suffixes:
        raise BadFile(
            "wrong_name",
            _("The name “{name}” does not fit what is inside, which is {kind}."),
            _("Rename it so that it ends in {suffix}, and send it again."),
            name=name,
            kind=key.upper(),
            suffix=KINDS[key].suffixes[0],
        )
    return key


def _unwanted(key: str, allow: Collection[str]) -> BadFile:
    offered = ", ".join(suffix for k in KINDS if k in allow for suffix in KINDS[k].suffixes[:1])
    if key == "old_office":
        return BadFile(
            "old_office",
            _("This is a document of an old kind (.doc, .xls, .ppt), or one with a password."),
            _("Remove any password, save it as a new kind, and send one of: {offered}."),
            offered=offered,
        )
    return BadFile(
        "unwanted_kind",
        _("A file of this kind cannot be used here."),
        _("Send one of: {offered}."),
        offered=offered,
    )


def _is_text(stream: BinaryIO) -> bool:
    """No zero byte anywhere, but for UTF-16 that says so; the tables look closer."""
    stream.seek(0)
    if stream.read(2) in (b"\xff\xfe", b"\xfe\xff"):
        return True
    stream.seek(0)
    while piece := stream.read(1 << 20):
        if piece.translate(None, bytes({*range(32)} - {9, 10, 12, 13, 27})) != piece:
            return False
    return True


def _ask_second_opinion(head: bytes, key: str) -> None:
    """Another list of signatures may know this as a program or a page, which we never take."""
    try:
        opinions = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError, IndexError):
        return
    sure = {opinion.extension for opinion in opinions if opinion.confidence >= 0.8}
    if sure & RUNNABLE and not sure & set(KINDS[key].suffixes):
        raise BadFile(
            "runnable",
            _("This looks like a program or a web page."),
            _("Send a document, a table or a picture."),
        )


def _check_deeper(stream: BinaryIO, key: str) -> None:
    if key == "pdf":
        _refuse_second_file(stream)
        check_pdf(stream)
    if key == "mp4":
        _refuse_second_file(stream)


def _refuse_second_file(stream: BinaryIO) -> None:
    """An archive hung onto the end of a document is opened by some programs as an archive."""
    stream.seek(0, io.SEEK_END)
    stream.seek(max(0, stream.tell() - 65_557))
    tail = stream.read()
    end = tail.rfind(b"PK\x05\x06")
    if end >= 0 and len(tail) - end >= 22 and b"PK\x01\x02" in tail[:end]:
        raise BadFile(
            "two_in_one",
            _("This is two files in one: a document with an archive behind it."),
            _("Open it in the program it was made with, save it again, and send that."),
        )
