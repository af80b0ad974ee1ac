"""Writing the archive: member after member, so that its size costs disk and no memory."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, Any

from django.utils.translation import gettext_noop

from leitai import __version__
from leitai.foundation.chain import GENESIS
from leitai.foundation.files.store import CHUNK_BYTES, open_kept, pieces
from leitai.foundation.models import StoredFile
from leitai.rooms.contests.models import Contest
from leitai.site.export import keys
from leitai.site.export.readme import README
from leitai.site.export.rows import Reader, described
from leitai.site.export.tables import POINTED_AT, TABLES, Table
from leitai.site.verify.format import (
    FIRST,
    FORMAT,
    MANIFEST,
    SIGNATURE,
    VERSION,
    member,
    written,
)

Tell = Callable[[float, str], None]
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same rows make the same bytes, whenever they are written


@dataclass
class Package:
    """One archive being written."""

    contest: Contest
    is_public: bool
    tell: Tell = lambda share, doing: None
    members: list[dict[str, Any]] = field(default_factory=list)
    schema: dict[str, Any] = field(default_factory=dict)
    head: tuple[int, str] = (0, GENESIS)  # of the journal: how many lines, the last one's hash

    def write(self, target: IO[bytes], *, with_files: bool, at: datetime) -> dict[str, Any]:
        """Everything into `target`, which has to be seekable; gives back the manifest."""
        reader = Reader(self.contest, is_public=self.is_public)
        tables = [*TABLES, *POINTED_AT]
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for n, table in enumerate(tables):
                self.tell(0.9 * n / len(tables), gettext_noop("writing rows"))
                self._rows(archive, reader, table)
            if with_files:
                self._files(archive, reader.pointed["foundation.StoredFile"])
            self._member(archive, "README.txt", [README.encode()])
            manifest = self._manifest(with_files=with_files, at=at)
            text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
            _put(archive, MANIFEST, [text])
            _put(archive, SIGNATURE, [keys.sign(text)])
        return manifest

    def _rows(self, archive: zipfile.ZipFile, reader: Reader, table: Table) -> None:
        rows = reader.rows(table)
        counted = _Counted(self._followed(rows) if table.kind == "journal" else rows)
        self._member(archive, member(table.kind), counted)
        self.members[-1] |= {"kind": table.kind, "rows": counted.rows, "link": counted.link}
        self.schema[table.kind] = described(table, is_public=self.is_public)

    def _followed(self, lines: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for line in lines:
            self.head = (line["number"], line["hash"])
            yield line

    def _files(self, archive: zipfile.ZipFile, wanted: Iterable[int]) -> None:
        """Each content once, under its hash: whatever its owner called it stays in a row."""
        found = StoredFile.objects.filter(pk__in=wanted).order_by("sha256")
        for n, sha256 in enumerate(found.values_list("sha256", flat=True).distinct()):
            self.tell(0.9 + 0.1 * n / (n + 50), gettext_noop("copying files"))
            with open_kept(StoredFile(sha256=sha256)) as content:
                self._member(archive, f"files/{sha256}", pieces(content), is_packed=True)

    def _member(
        self,
        archive: zipfile.ZipFile,
        name: str,
        words: Iterable[bytes],
        *,
        is_packed: bool = False,
    ) -> None:
        size, sha256 = _put(archive, name, words, is_packed=is_packed)
        self.members.append({"name": name, "bytes": size, "sha256": sha256})

    def _manifest(self, *, with_files: bool, at: datetime) -> dict[str, Any]:
        contest = self.contest
        key = keys.public_key()
        return {
            "format": FORMAT,
            "version": VERSION,
            "made_by": f"Leitai {__version__}",
            "made_at": at.astimezone(UTC).isoformat(),
            "mode": "public" if self.is_public else "full",
            "with_files": with_files,
            "contest": {
                "id": contest.pk,
                "edition": contest.edition.slug,
                "contest": contest.slug,
                "name_zh": contest.name_zh,
                "name_en": contest.name_en,
            },
            "journal": {
                "book": f"contest:{contest.pk}", "lines": self.head[0], "hash": self.head[1],
            },
            "key": {"kind": "Ed25519", "public": key, "fingerprint": keys.fingerprint(key)},
            "members": self.members,
            "schema": self.schema,
        }  # fmt: skip


class _Counted:
    """Rows as lines, each linked to the one before it; knows afterwards how many they were."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        self.source, self.rows, self.link = rows, 0, FIRST

    def __iter__(self) -> Iterator[bytes]:
        for row in self.source:
            self.rows += 1
            line, self.link = written(row, before=self.link)
            yield line


def _put(
    archive: zipfile.ZipFile, name: str, words: Iterable[bytes], *, is_packed: bool = False
) -> tuple[int, str]:
    """Size and SHA-256 of what was written."""
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    info.external_attr, info.create_system = 0o644 << 16, 3
    digest, size, heap = hashlib.sha256(), 0, bytearray()
    with archive.open(info, "w", force_zip64=True) as place:
        for piece in words:
            digest.update(piece)
            size += len(piece)
            heap += piece
            if len(heap) >= CHUNK_BYTES:
                place.write(heap)
                heap = bytearray()
        place.write(heap)
    return size, digest.hexdigest()
