"""Everybody gets feedback: comments are read before they go out, and one deed tells all."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import jobs, journal
from leitai.foundation.models import Job
from leitai.foundation.refusals import NotPossible
from leitai.foundation.states import hold
from leitai.rooms.jury.models import Sheet
from leitai.rooms.people.models import User
from leitai.rooms.standings import notices, queries
from leitai.rooms.standings.models import Feedback, HeldComment, Publication, ReleasedComment
from leitai.rooms.standings.rules import feedback as rules
from leitai.values.verdict import no

BATCH = 100


@transaction.atomic
def release_masked(
    *, publication: Publication, sheet: Sheet, words: Sequence[str], by: User, at: datetime
) -> ReleasedComment:
    """Let a comment through with some words hidden; the sheet keeps them."""
    hold(publication)
    hold(sheet)
    stage = publication.standing.stage
    if not queries.queue(stage, state="waiting").filter(pk=sheet.pk).exists():
        raise NotPossible(no("not_waiting", _("This comment is not waiting.")))
    text = rules.masked(sheet.comment, words=words)
    if text == sheet.comment:
        raise NotPossible(no("nothing_hidden", _("None of these words stands in the comment.")))
    comment = ReleasedComment.objects.create(
        sheet=sheet, publication=publication, text=text, by=by, at=at
    )
    journal.write("standings.comment_released", about=comment, by=by, at=at, masked=len(words))
    return comment


@transaction.atomic
def hold_back(
    *, publication: Publication, sheets: Sequence[Sheet], reason: str, by: User, at: datetime
) -> int:
    """The team will not read these; the sheets keep them, and the reason is on record."""
    hold(publication)
    if not reason.strip():
        raise NotPossible(no("no_reason", _("Please say why; the record keeps it.")))
    waiting = queries.queue(publication.standing.stage, state="waiting")
    held = [
        HeldComment(sheet=s, reason=reason.strip()[:300], by=by, at=at)
        for s in waiting.filter(pk__in=[sheet.pk for sheet in sheets])
    ]
    HeldComment.objects.bulk_create(held, batch_size=1000)
    lines = [journal.compose("standings.comment_held", about=h, by=by, at=at) for h in held]
    if lines:
        journal.append(lines[0].book, lines)
    return len(held)


@transaction.atomic
def free_comment(*, held: HeldComment, by: User, at: datetime) -> None:
    """It waits again."""
    hold(held)
    journal.write("standings.comment_freed", about=held, by=by, at=at)
    held.delete()


@transaction.atomic
def release_feedback(*, publication: Publication, by: User, at: datetime) -> int:
    """Bands and means for every entry that was marked, in one deed; how many they are. Letters
    follow in the background."""
    hold(publication)
    if queries.last_publication(publication.contest) != publication:
        raise NotPossible(no("replaced", _("This version was replaced; release for the newest.")))
    if publication.feedback.exists():
        raise NotPossible(no("released", _("Feedback of this version is released already.")))
    rows = [
        Feedback(publication=publication, entry_id=entry, body=body, by=by, at=at)
        for entry, body in queries.bodies(publication).items()
    ]
    if not rows:
        raise NotPossible(no("nobody", _("No entry of this version was marked.")))
    Feedback.objects.bulk_create(rows, batch_size=1000)
    journal.write("standings.feedback_released", about=publication, by=by, at=at, teams=len(rows))
    _ask_to_tell(publication, by=by, at=at)
    return len(rows)


def _ask_to_tell(publication: Publication, *, by: User, at: datetime) -> Job:
    return jobs.ask(
        "standings.feedback", by=by, at=at, lock=f"feedback-{publication.pk}",
        publication_id=publication.pk,
    )  # fmt: skip


@transaction.atomic
def tell_some(*, publication: Publication, by: User | None, at: datetime) -> int:
    """Write to the next hundred teams, each once; how many they were. A worker that dies leaves
    whole hundreds."""
    waiting = publication.feedback.filter(told_at=None).select_related("entry__contest")
    rows = list(waiting.order_by("pk").select_for_update(of=("self",), no_key=True)[:BATCH])
    for row in rows:
        notices.feedback_ready(row, at=at)
    Feedback.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=at)
    return len(rows)
