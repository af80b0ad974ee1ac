"""A contest's record leaves the house. Whoever asks for it and whoever takes it is written down."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import jobs, journal
from leitai.foundation.models import Job
from leitai.foundation.refusals import NotPossible
from leitai.foundation.states import hold
from leitai.rooms.contests.models import Contest
from leitai.values.verdict import no

EXPORT = "site.export"


@transaction.atomic
def ask_for_export(
    *, contest: Contest, is_public: bool, with_files: bool, by: Any, at: datetime
) -> Job:
    """A worker writes it; the export holds the line that tells of it."""
    note_export(contest=contest, is_public=is_public, with_files=with_files, by=by, at=at)
    return jobs.ask(
        EXPORT, by=by, at=at, lock=f"export-{contest.pk}", contest_id=contest.pk,
        is_public=int(is_public), with_files=int(with_files),
    )  # fmt: skip


@transaction.atomic
def note_export(
    *, contest: Contest, is_public: bool, with_files: bool, by: Any, at: datetime
) -> None:
    """Somebody exports it, be it by the command line, where nobody is signed in."""
    hold(contest)
    if is_public and with_files:
        reason = _("Files hold personal data: export them for yourselves, or the record for all.")
        raise NotPossible(no("files_are_private", reason))
    journal.write(
        "contests.export_asked", about=contest, by=by, at=at,
        is_public=is_public, with_files=with_files,
    )  # fmt: skip


@transaction.atomic
def take_export(*, contest: Contest, job: Job, by: Any, at: datetime) -> int:
    """The id of the stored file, for a link that soon expires."""
    hold(contest)
    file = job.result.get("file")
    if file is None:
        reason = _("This export is not kept any more; please ask for a new one.")
        raise NotPossible(no("export_gone", reason))
    journal.write("contests.export_taken", about=contest, by=by, at=at, export=job.pk)
    return int(file)
