"""What workers do: write an export, read a journal through, note down the day's hashes."""

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, connections
from django.utils import translation
from django.utils.translation import gettext_noop

from leitai.foundation.files import store
from leitai.foundation.models import Digest, Job, Line, StoredFile, Verification
from leitai.rooms.contests.actions.exports import EXPORT
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import State
from leitai.site.export import live
from leitai.site.export.package import Package
from leitai.site.export.snapshot import snapshot
from leitai.site.verify.checking import Report

ZIP = "application/zip"
KEPT = timedelta(days=7)
Tell = Callable[[float, str], None]


def write(contest: Contest, job: Job, *, is_public: bool, with_files: bool, tell: Tell,
          at: datetime) -> None:  # fmt: skip
    """Write the export, keep the file, and leave its figures with the job."""
    with tempfile.TemporaryFile() as target:
        with _beside(tell) as told, snapshot():
            package = Package(contest, is_public, told)
            manifest = package.write(target, with_files=with_files, at=at)
        sha256, size = store.write(target)
    kept = StoredFile.objects.create(
        sha256=sha256, size=size, kind=ZIP, name=name_of(contest, is_public, at), stored_at=at,
        by=job.by,
    )  # fmt: skip
    figures = {
        "file": kept.pk, "size": size, "sha256": sha256, "lines": manifest["journal"]["lines"],
        "rows": sum(member.get("rows", 0) for member in manifest["members"]),
    }  # fmt: skip
    Job.objects.filter(pk=job.pk).update(result=figures)


def name_of(contest: Contest, is_public: bool, at: datetime) -> str:
    mode = "-public" if is_public else ""
    return f"{contest.edition.slug}-{contest.slug}{mode}-{at:%Y%m%d-%H%M}.zip"


@contextmanager
def _beside(tell: Tell) -> Iterator[Tell]:
    """Say how far it is on another connection: the one that reads sees a moment that is past, and
    writes nothing."""
    if connection.in_atomic_block:
        yield tell
        return
    with ThreadPoolExecutor(1) as other:
        try:
            yield lambda share, doing: other.submit(tell, share, doing).result()
        finally:
            other.submit(connections.close_all).result()  # its own, not ours


def verify(contest: Contest, *, by: Any, at: datetime, tell: Tell | None = None) -> Verification:
    """Read everything and keep what came of it, in words of both languages' catalogue."""
    if tell:
        tell(0.1, gettext_noop("reading the journal and the tables"))
    report = live.verify(contest)
    number, hash_ = report.head
    return Verification.objects.create(
        book=f"contest:{contest.pk}", number=number, hash=hash_, findings=_found(report), by=by,
        at=at,
    )  # fmt: skip


def _found(report: Report) -> list[dict[str, Any]]:
    with translation.override("en"):  # kept as templates and values, said in the reader's language
        return [
            {"what": f.what, "values": {k: str(v) for k, v in f.values.items()}, "kind": f.kind,
             "line": f.line, "row": f.row}
            for check in report.checks
            for f in check.found
        ][:100]  # fmt: skip


def verify_what_is_new(*, at: datetime) -> int:
    """At night: every contest that is not over and whose journal has grown; how many they were."""
    done = 0
    for contest in Contest.objects.exclude(state=State.ARCHIVED).select_related("edition"):
        book = f"contest:{contest.pk}"
        newest = _newest(book)
        last = Verification.objects.filter(book=book).first()
        if newest and (last is None or last.number < newest[0]):
            verify(contest, by=None, at=at)
            done += 1
    return done


def note_digests(*, at: datetime) -> int:
    """The newest hash of each book, once a day; books in which nothing happened are left out."""
    day, made = at.astimezone(UTC).date(), []
    for book in Line.objects.order_by("book").values_list("book", flat=True).distinct("book"):
        newest = _newest(book)
        last = Digest.objects.filter(book=book).order_by("-day").first()
        if newest and (last is None or (last.day < day and last.number < newest[0])):
            number, hash_ = newest
            made.append(Digest(book=book, day=day, number=number, hash=hash_, at=at))
    return len(Digest.objects.bulk_create(made, ignore_conflicts=True))


def _newest(book: str) -> tuple[int, str] | None:
    return Line.objects.filter(book=book).order_by("-number").values_list("number", "hash").first()


def forget_old(*, at: datetime) -> int:
    """Exports are made anew at any time, and hold everything: none is kept for long."""
    old = Job.objects.filter(kind=EXPORT, result__has_key="file", ended_at__lt=at - KEPT)
    for job in old:
        StoredFile.objects.filter(pk=job.result.pop("file")).delete()
        job.save(update_fields=["result"])
    return len(old)
