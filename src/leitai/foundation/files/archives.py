"""Searching zip archives, and the Office documents that are zip archives inside."""

import re
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO, NoReturn

from django.utils.translation import gettext_lazy as _

from leitai.foundation.files.bad import BadFile

LOCAL_HEADER = b"PK\x03\x04"
MIB = 1024 * 1024
LURES = re.compile(
    rb'(attachedTemplate|oleObject|frame|subDocument)"[^>]*TargetMode\s*=\s*"External"'
    rb'|TargetMode\s*=\s*"External"[^>]*(attachedTemplate|oleObject|frame|subDocument)"'
)


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """`depth` is how many archives may lie inside each other; charts in slides need one."""

    entries: int
    total_bytes: int
    depth: int
    ratio: int = 200


OFFICE = ArchiveLimits(entries=10_000, total_bytes=512 * MIB, depth=1)
ZIP = ArchiveLimits(entries=2_000, total_bytes=1024 * MIB, depth=0)
EXPORT = ArchiveLimits(entries=200_000, total_bytes=64 * 1024 * MIB, depth=0)


def check_archive(stream: BinaryIO, *, limits: ArchiveLimits) -> list[str]:
    """The names in the archive, or `BadFile`. Everything is unpacked once and thrown away, since
    what an archive says about its sizes may be a lie."""
    try:
        return _Search(limits).search(stream, depth=0)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        _refuse_broken()
    except (RuntimeError, struct.error, IndexError, KeyError, OverflowError):
        _refuse_broken()


def check_directory(stream: BinaryIO, *, limits: ArchiveLimits) -> list[str]:
    """The names in the archive, or `BadFile`, without unpacking anything: for those who read each
    member in pieces, never more of it than the directory says, and throw it away."""
    try:
        size = _checked_ends(stream)
        with zipfile.ZipFile(stream) as archive:
            _Search(limits)._check_directory(archive.infolist(), size)
            return archive.namelist()
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError):
        _refuse_broken()
    except (RuntimeError, struct.error, IndexError, KeyError, OverflowError):
        _refuse_broken()


def office_kind(names: Collection[str]) -> str:
    """docx, xlsx or pptx by the part every such document has, else zip."""
    parts = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
    if "[Content_Types].xml" not in names:
        return "zip"
    return next((kind for part, kind in parts.items() if part in names), "zip")


class _Search:
    """One search through an archive and those inside it, with one purse of bytes for all."""

    def __init__(self, limits: ArchiveLimits) -> None:
        self.limits = limits
        self.bytes_left = limits.total_bytes
        self.entries_left = limits.entries

    def search(self, stream: BinaryIO, *, depth: int) -> list[str]:
        if depth > self.limits.depth:
            _refuse_bomb()
        size = _checked_ends(stream)
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
            self._check_directory(entries, size)
            for entry in entries:
                self._unpack(archive, entry, depth)
        return [entry.filename for entry in entries]

    def _check_directory(self, entries: list[zipfile.ZipInfo], size: int) -> None:
        self.entries_left -= len(entries)
        total = sum(entry.file_size for entry in entries)
        is_dense = total > 16 * MIB and total > self.limits.ratio * size
        if self.entries_left < 0 or total > self.bytes_left or is_dense or _overlap(entries):
            _refuse_bomb()
        names = {entry.filename for entry in entries}
        starts = {entry.header_offset for entry in entries}
        if len(names) < len(entries) or 0 not in starts:
            _refuse_broken()
        for entry in entries:
            _check_entry(entry)

    def _unpack(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int) -> None:
        with archive.open(entry) as unpacked, tempfile.SpooledTemporaryFile(8 * MIB) as inner:
            first = unpacked.read(MIB)
            is_archive = first.startswith(LOCAL_HEADER)
            _check_links(entry.filename, first)
            while first:
                self.bytes_left -= len(first)
                if self.bytes_left < 0:
                    _refuse_bomb()
                if is_archive:
                    inner.write(first)
                first = unpacked.read(MIB)
            if is_archive:
                self.search(inner, depth=depth + 1)  # type: ignore[arg-type]


def _checked_ends(stream: BinaryIO) -> int:
    """Nothing may stand before the archive or after it: such a file is two files in one."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 22 - 65_535))
    tail = stream.read()
    end = tail.rfind(b"PK\x05\x06")
    comment = int.from_bytes(tail[end + 20 : end + 22], "little")
    stream.seek(0)
    starts_well = stream.read(4) == LOCAL_HEADER
    stream.seek(0)
    if end < 0 or not starts_well or len(tail) - end != 22 + comment:
        _refuse_broken()
    return size


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Entries that share their bytes: the small bombs are made that way."""
    spans = sorted((e.header_offset, e.header_offset + 30 + e.compress_size) for e in entries)
    return any(one[1] > other[0] for one, other in pairwise(spans))


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename.replace("\\", "/")
    is_escaping = name.startswith("/") or ".." in name.split("/") or re.match("[A-Za-z]:", name)
    if is_escaping or "\0" in name or stat.S_ISLNK(entry.external_attr >> 16):
        raise BadFile(
            "archive_path",
            _("The archive holds names that point outside of it."),
            _("Pack the files themselves, without links or paths, and send that."),
        )
    if entry.flag_bits & 1:
        raise BadFile(
            "encrypted",
            _("The archive has a password."),
            _("Pack it without a password and send that."),
        )
    if re.search(r"vbaproject\.bin|/activex/|macrosheets/", name, re.IGNORECASE):
        raise BadFile(
            "macros",
            _("The document holds macros or controls, which could run on a reader's machine."),
            _("Save it without macros (.docx, .xlsx, .pptx), or as a PDF, and send that."),
        )


def _check_links(name: str, content: bytes) -> None:
    if name.endswith(".rels") and LURES.search(content):
        raise BadFile(
            "outside_links",
            _("The document fetches a template or an object from elsewhere when it is opened."),
            _("Break these links or save it as a PDF, and send that."),
        )


def _refuse_bomb() -> NoReturn:
    raise BadFile(
        "bomb",
        _("Unpacked, the file would be far larger or deeper than we can take."),
        _("Make it smaller, with smaller pictures or fewer parts, and send that."),
    )


def _refuse_broken() -> NoReturn:
    raise BadFile(
        "broken",
        _("The file is damaged, or two files in one."),
        _("Open it in the program it was made with, save it again, and send that."),
    )
