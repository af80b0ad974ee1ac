"""Files of an entry, each on its layer."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.files.store import keep
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold
from leitai.rooms.contests.rules.schema import FieldRule
from leitai.rooms.people.models import User
from leitai.rooms.submissions import rules
from leitai.rooms.submissions.models import Attachment, Entry, Viewing
from leitai.values.verdict import no

MIB = 2**20
USUAL_KINDS = ("pdf",)


@transaction.atomic
def attach(*, entry: Entry, key: str, upload: Any, by: User, at: datetime) -> Attachment:
    """Put a file where the form asks for one, in place of the file before. `at` is when the upload
    began, so one that began in time may finish."""
    require(entry.may_edit(at))
    field = rules.fields_of(entry.contest.rules.entry, entry.kind).get(key)
    if field is None or field.kind != "file":
        raise NotPossible(no("no_such_field", _("The form has no such question.")))
    # Looked at before the row is held: others need not wait for a large file.
    stored = keep(upload, allow=kinds_of(field), limit_bytes=field.max_mb * MIB, by=by, at=at)
    hold(entry)
    require(entry.may_edit(at))
    entry.attachments.filter(field=key, removed_at=None).update(removed_at=at)
    attachment = Attachment.objects.create(
        entry=entry, field=key, layer=field.layer, file=stored, by=by, added_at=at
    )
    _touch(entry, at)
    journal.write("submissions.attachment_added", about=attachment, by=by, at=at, field=key)
    return attachment


def kinds_of(field: FieldRule) -> list[str]:
    """The kinds a form asks for, in the words of the file store."""
    return ["jpeg" if kind == "jpg" else kind for kind in field.accept or USUAL_KINDS]


@transaction.atomic
def remove_attachment(*, attachment: Attachment, by: User, at: datetime) -> Attachment:
    """It leaves the draft; versions that were handed in with it keep it."""
    entry = attachment.entry
    hold(entry)
    require(entry.may_edit(at))
    hold(attachment)
    if attachment.removed_at is None:
        attachment.removed_at = at
        attachment.save(update_fields=["removed_at"])
        _touch(entry, at)
        journal.write("submissions.attachment_removed", about=attachment, by=by, at=at)
    return attachment


@transaction.atomic
def note_viewing(
    *, entry: Entry, by: User, as_role: str, at: datetime, attachment: Attachment | None = None
) -> Viewing:
    """Somebody outside the team is shown the confidential layer; `as_role` says why they may."""
    viewing = Viewing.objects.create(
        entry=entry, attachment=attachment, by=by, as_role=as_role, at=at
    )
    data = {"attachment": attachment.pk} if attachment else {}
    journal.write(
        "submissions.confidential_viewed", about=entry, by=by, at=at, role=as_role, **data
    )
    return viewing


def note_reading(*, entry: Entry, by: User, as_role: str, at: datetime) -> Viewing:
    """The same for people who work on an entry and load its page again and again: once an hour."""
    lately = Viewing.objects.filter(
        entry=entry, attachment=None, by=by, as_role=as_role, at__gt=at - timedelta(hours=1)
    )
    return lately.first() or note_viewing(entry=entry, by=by, as_role=as_role, at=at)


def _touch(entry: Entry, at: datetime) -> None:
    entry.changed_at = at
    entry.save(update_fields=["changed_at"])
