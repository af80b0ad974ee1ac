"""All certificates at once: numbered in small steps, printed one by one, put into one file."""

import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from leitai.foundation import jobs, journal
from leitai.foundation.files import store
from leitai.foundation.models import StoredFile
from leitai.foundation.refusals import require
from leitai.foundation.states import hold
from leitai.foundation.tables.write import write_xlsx
from leitai.rooms.awards import queries
from leitai.rooms.awards.actions.certificates import issue_some
from leitai.rooms.awards.models import Bundle, Certificate, Slate
from leitai.rooms.people.models import User

KIND = "awards.bundle"
PDF, ZIP = "application/pdf", "application/zip"
HEADERS = ["number", "award_zh", "award_en", "holder", "holder_en", "entry", "edition", "issued"]
Tell = Callable[[float, str], None]


@transaction.atomic
def ask_bundle(*, slate: Slate, for_members: bool, by: User, at: datetime) -> Bundle:
    """A worker gives the numbers that are missing and prints; it may be left and taken up again."""
    hold(slate)
    require(slate.may_issue(objections=queries.objections(slate.contest), at=at))
    bundle = Bundle.objects.create(contest=slate.contest, for_members=for_members, by=by, at=at)
    journal.write("awards.bundle_asked", about=bundle, by=by, at=at)
    lock = f"certificates-{slate.contest.edition_id}"
    bundle.job = jobs.ask(KIND, by=by, at=at, lock=lock, bundle_id=bundle.pk)
    bundle.save(update_fields=["job"])
    return bundle


def make_bundle(*, bundle: Bundle, tell: Tell, by: User | None, at: datetime) -> None:
    """Whatever an earlier turn has done is found done: numbers by their rows, papers by files."""
    slate = queries.published(bundle.contest)
    tell(0.02, gettext_noop("giving numbers"))
    while slate and issue_some(slate=slate, for_members=bundle.for_members, by=by, at=at):
        tell(0.05, gettext_noop("giving numbers"))
    rows = list(queries.to_print(bundle.contest))
    with tempfile.TemporaryFile() as target:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for n, certificate in enumerate(rows, 1):
                kept = keep_print(certificate=certificate, by=by, at=at)
                with store.open_kept(kept) as content:
                    archive.writestr(_member(certificate), content.read())
                tell(0.05 + 0.93 * n / len(rows), gettext_noop("printing certificates"))
            archive.writestr("certificates.xlsx", _table(rows))
        sha256, size = store.write(target)
    name = f"{bundle.contest.edition.slug}-{bundle.contest.slug}-certificates.zip"
    kept = StoredFile.objects.create(
        sha256=sha256, size=size, kind=ZIP, name=name, stored_at=at, by=by
    )
    Bundle.objects.filter(pk=bundle.pk).update(file=kept)


def keep_print(*, certificate: Certificate, by: User | None, at: datetime) -> StoredFile:
    """The printed paper; made when somebody first asks for it, and the same ever after."""
    if certificate.file is None:
        sha256, size = store.write(io.BytesIO(queries.pdf_of(certificate)))
        name = f"{certificate.number}.pdf"
        certificate.file = StoredFile.objects.create(
            sha256=sha256, size=size, kind=PDF, name=name, stored_at=at, by=by
        )
        Certificate.objects.filter(pk=certificate.pk).update(file=certificate.file)
    return certificate.file


def _member(certificate: Certificate) -> str:
    """No name can lead anywhere: letters, digits and hyphens."""
    holder = re.sub(r"[^\w-]+", "-", certificate.holder)[:40].strip("-_.")
    return f"{certificate.number} {holder}.pdf" if holder else f"{certificate.number}.pdf"


def table_rows(rows: list[Certificate]) -> Iterator[list[object]]:
    for row in rows:
        words = row.words
        yield [row.number, words["award"]["zh"], words["award"]["en"], words["holder"]["first"],
               words["holder"]["second"], row.entry.code, words["edition"]["zh"],
               f"{row.at:%Y-%m-%d}"]  # fmt: skip


def _table(rows: list[Certificate]) -> bytes:
    target = io.BytesIO()
    write_xlsx(target, HEADERS, table_rows(rows), title="certificates")
    return target.getvalue()
