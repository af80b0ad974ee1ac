"""A name was printed wrongly: asked, accepted or refused, printed anew."""

from copy import deepcopy
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.contests.models import Contest
from leitai.rooms.people.models import User
from leitai.rooms.standings import notices, queries
from leitai.rooms.standings.models import Correction, Publication
from leitai.rooms.standings.rules import corrections as rules
from leitai.rooms.standings.rules.corrections import (
    CORRECTION_MOVES,
    CorrectionState,
    PrintedName,
)
from leitai.rooms.submissions.models import Entry
from leitai.values.verdict import no

REASON = "名称更正 Spelling corrected"


@transaction.atomic
def ask_correction(
    *, publication: Publication, entry: Entry, field: str, after: str, by: User, at: datetime
) -> Correction:
    """The team says how a name of its own should be printed."""
    hold(entry)
    row = queries.printed_row(publication, entry.code)
    part, language = PrintedName(field).place
    before = row[part].get(language, "") if row else ""
    require(
        rules.may_correct(
            before=before, after=after, is_printed=row is not None,
            closes_at=publication.notice_until, at=at,
        )
    )  # fmt: skip
    if entry.corrections.filter(field=field, state=CorrectionState.ASKED).exists():
        raise NotPossible(no("asked_already", _("You have asked for this already.")))
    correction = Correction.objects.create(
        publication=publication, entry=entry, field=field, before=before, after=after.strip(),
        by=by, at=at,
    )  # fmt: skip
    journal.write("standings.correction_asked", about=correction, by=by, at=at, field=field)
    return correction


@transaction.atomic
def decide_correction(
    *, correction: Correction, is_accepted: bool, reply: str = "", by: User, at: datetime
) -> Correction:
    """Accepted it waits for the next printing; refused the team reads why."""
    hold(correction)
    if not is_accepted and not reply.strip():
        raise NotPossible(no("no_reason", _("Please say why; the team reads it.")))
    to = CorrectionState.ACCEPTED if is_accepted else CorrectionState.REFUSED
    move(correction, to, moves=CORRECTION_MOVES)
    correction.reply, correction.decided_by, correction.decided_at = reply.strip(), by, at
    correction.save(update_fields=["reply", "decided_by", "decided_at"])
    journal.write(f"standings.correction_{to.value}", about=correction, by=by, at=at)
    if not is_accepted:
        notices.correction_told(correction, at=at)
    return correction


@transaction.atomic
def print_corrections(*, contest: Contest, by: User, at: datetime) -> Publication:
    """A new version of the notice with the names as corrected: the same standing, the same places,
    the same end of the notice."""
    hold(contest)
    last = queries.last_publication(contest)
    accepted = list(queries.to_print(contest))
    if last is None or not accepted:
        raise NotPossible(no("nothing_to_print", _("No correction is waiting to be printed.")))
    body = deepcopy(last.body)
    notices.spell(body, [(c.entry, c.field, c.after) for c in accepted], contest=contest)
    publication = Publication.objects.create(
        contest=contest, standing=last.standing, number=last.number + 1, reason=REASON,
        notice_from=last.notice_from, notice_until=last.notice_until, body=body, by=by, at=at,
    )  # fmt: skip
    journal.write(
        "standings.standing_published", about=publication, by=by, at=at,
        number=publication.number, standing=last.standing_id,
    )  # fmt: skip
    for correction in accepted:
        move(correction, CorrectionState.PRINTED, moves=CORRECTION_MOVES)
        correction.printed_in = publication
        correction.save(update_fields=["printed_in"])
        notices.correction_told(correction, at=at)
    return publication
