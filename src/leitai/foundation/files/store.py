"""Files are kept under the hash of their content, so equal files are kept once."""

import hashlib
import tempfile
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import IO, Any, BinaryIO

from django.core.files import File
from django.core.files.storage import default_storage

from leitai.foundation.files.inspect import inspect, too_large
from leitai.foundation.files.kinds import PICTURES
from leitai.foundation.files.pictures import repainted
from leitai.foundation.models import StoredFile

CHUNK_BYTES = 1 << 18
MEMORY_BYTES = 1 << 21
ORPHANS_REST = timedelta(days=1)  # longer than any upload and the transaction after it


def keep(
    upload: Any, *, allow: Collection[str], limit_bytes: int, by: Any, at: datetime
) -> StoredFile:
    """Look at an upload (or any open file with a name), write it down, and make its row.

    `allow` holds keys of `kinds.KINDS`. Raises `BadFile`, and then nothing is kept. Pictures are
    painted anew. If the caller's transaction fails, the content stays until the orphans are swept.
    """
    with spooled(upload, limit_bytes=limit_bytes) as stream:
        found = inspect(stream, upload.name or "", allow=allow, limit_bytes=limit_bytes)
        if found.kind.key not in PICTURES:
            sha256, size = write(stream)
        else:
            with repainted(stream, found.kind.key) as picture:
                sha256, size = write(picture)
    return StoredFile.objects.create(
        sha256=sha256, size=size, kind=found.kind.mime, name=found.name, stored_at=at, by=by
    )


def spooled(upload: Any, *, limit_bytes: int) -> Any:
    """A copy we can move about in; it stops reading as soon as the limit is passed."""
    copy = tempfile.SpooledTemporaryFile(MEMORY_BYTES)  # noqa: SIM115 - the caller closes it
    total = 0
    for piece in pieces(upload):
        total += len(piece)
        if total > limit_bytes:
            copy.close()
            raise too_large(limit_bytes)
        copy.write(piece)
    copy.seek(0)
    return copy


def pieces(upload: Any) -> Iterator[bytes]:
    if hasattr(upload, "chunks"):
        yield from upload.chunks(CHUNK_BYTES)
        return
    while piece := upload.read(CHUNK_BYTES):
        yield piece


def write(stream: IO[bytes]) -> tuple[str, int]:
    """Write the content under its hash; how it was called is the row's business."""
    digest = hashlib.sha256()
    size = 0
    stream.seek(0)
    while piece := stream.read(CHUNK_BYTES):
        digest.update(piece)
        size += len(piece)
    stream.seek(0)
    default_storage.save(place(digest.hexdigest()), File(stream, name="content"))
    return digest.hexdigest(), size


def place(sha256: str) -> str:
    """Two letters of the hash make a folder, so that none grows too full."""
    return f"{sha256[:2]}/{sha256[2:]}"


def open_kept(stored: StoredFile) -> BinaryIO:
    return default_storage.open(place(stored.sha256))


def sweep_orphans(*, at: datetime, rest: timedelta = ORPHANS_REST) -> int:
    """Delete contents that no row knows; how many they were.

    Young ones are left, since their row may be in a transaction that is still under way.
    """
    swept = 0
    for folder in default_storage.listdir("")[0]:
        names = default_storage.listdir(folder)[1]
        hashes = [folder + name for name in names]
        known = set(StoredFile.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
        for name in names:
            path = f"{folder}/{name}"
            is_old = default_storage.get_modified_time(path) < at - rest
            if folder + name not in known and is_old:
                default_storage.delete(path)
                swept += 1
    return swept
