"""Teams object to jurors; organisers say whether that holds."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.jury import queries, rules
from leitai.rooms.jury.actions.conflicts import object_to_juror
from leitai.rooms.jury.models import Juror, Objection
from leitai.rooms.jury.rules import ConflictGround, ObjectionState
from leitai.rooms.submissions.models import Entry
from leitai.values.verdict import no


@transaction.atomic
def raise_objection(*, entry: Entry, juror: Juror, why: str, by: Any, at: datetime) -> Objection:
    """Says nothing of who marks the entry; the juror does not hear of it."""
    hold(entry)
    require(queries.may_object(entry))
    if juror.contest_id != entry.contest_id:
        raise NotPossible(no("not_here", _("This entry is not in the juror's contest.")))
    if not why.strip():
        raise NotPossible(no("reason_missing", _("Say why this juror should not mark you.")))
    if entry.objections_to_jurors.filter(juror=juror).exists():
        raise NotPossible(no("objected_already", _("Your team has objected to this juror.")))
    objection = Objection.objects.create(
        entry=entry, juror=juror, why=why.strip()[:500], by=by, at=at
    )
    journal.write("jury.objection_raised", about=objection, by=by, at=at)
    return objection


@transaction.atomic
def decide_objection(
    *, objection: Objection, is_upheld: bool, answer: str, by: Any, at: datetime
) -> Objection:
    """Upheld it becomes a conflict like any other; the team reads the answer either way."""
    hold(objection)
    if not answer.strip():
        raise NotPossible(no("answer_missing", _("The team reads your answer; write one.")))
    to = ObjectionState.UPHELD if is_upheld else ObjectionState.REFUSED
    move(objection, to, moves=rules.OBJECTION_MOVES)
    objection.answer, objection.decided_by, objection.decided_at = answer.strip()[:500], by, at
    objection.save(update_fields=["answer", "decided_by", "decided_at"])
    if is_upheld:
        object_to_juror(
            juror=objection.juror, entry=objection.entry, ground=ConflictGround.OTHER,
            note=objection.why[:300], by=by, at=at,
        )  # fmt: skip
    journal.write(f"jury.objection_{to.value}", about=objection, by=by, at=at)
    return objection
